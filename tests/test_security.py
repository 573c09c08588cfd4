"""What every page is sent with, and how the staff's door is kept."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Site

pytestmark = pytest.mark.django_db

PASSWORD = "an-invented-long-password"
PUBLIC = ["/report-a-child-death/", "/no-such-page/", "/health/live"]
FOREIGN = re.compile(r"""(?:src|srcset|href|action|poster)=["']\s*(?:https?:)?//(?!localhost)[^"']*""")
# Links that a person follows are no requests; a stylesheet, picture, script or frame is.
FETCHED = re.compile(r"<(?:link|script|img|iframe|source|video|audio|object|embed|form)\b[^>]*>", re.IGNORECASE)


def policy(response) -> dict[str, list[str]]:
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


def fetched_from_elsewhere(html: str) -> list[str]:
    return [found for tag in FETCHED.findall(html) for found in FOREIGN.findall(tag)]


@pytest.fixture
def administrator(person) -> User:
    user = person("Administrator")
    user.is_superuser = True
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_allow_nothing_inline_and_nobody_else(client, notification_form, address):
    response = client.get(address)
    allowed = policy(response)
    assert allowed["default-src"] == ["'self'"]
    assert allowed["object-src"] == ["'none'"]
    assert allowed["frame-ancestors"] == ["'self'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & {source for sources in allowed.values() for source in sources}
    assert not [source for sources in allowed.values() for source in sources if "." in source or source == "*"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ["/", "/report-a-child-death/", "/no-such-page/"])
def test_public_pages_fetch_nothing_from_elsewhere_and_run_nothing_inline(client, notification_form, address):
    html = client.get(address).content.decode()
    assert fetched_from_elsewhere(html) == []
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", html)


def test_the_admin_may_use_inline_code_of_its_own_and_still_nobody_elses(client, administrator):
    client.force_login(administrator)
    for address in ("/admin/", "/admin/cases/", "/admin/account/", "/admin/users/", "/admin/reports/site-history/"):
        response = client.get(address)
        assert response.status_code == 200, address
        allowed = policy(response)
        assert allowed["script-src"] == allowed["style-src"] == ["'self'", "'unsafe-inline'"]
        assert allowed["default-src"] == ["'self'"]
        assert fetched_from_elsewhere(response.content.decode()) == []


def test_a_document_cannot_run_anything(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = Document.objects.create(title="Leaflet", file=ContentFile(b"<script>1</script>", name="leaflet.txt"))
    response = client.get(document.url)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_with_answers_are_kept_by_no_browser_and_no_proxy(client, notification_form):
    question = client.post("/report-a-child-death/").headers["Location"]
    for address in (question, "/admin/login/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def log_in(client, username: str, password: str):
    return client.post("/admin/login/", {"username": username, "password": password})


@pytest.fixture
def limited(settings):
    settings.AXES_ENABLED = True
    return settings.AXES_FAILURE_LIMIT


def test_ten_wrong_passwords_lock_an_account_for_a_while(client, administrator, limited):
    for _ in range(limited - 1):
        assert log_in(client, administrator.username, "wrong").status_code == 200
    locked = log_in(client, administrator.username, "wrong")
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert log_in(client, administrator.username, PASSWORD).status_code == 429


def test_a_lock_ends_by_itself_and_further_guesses_do_not_prolong_it(client, administrator, limited, settings):
    for _ in range(limited + 1):
        log_in(client, administrator.username, "wrong")
    from axes.models import AccessAttempt

    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= settings.AXES_COOLOFF_TIME
        attempt.save()
    assert log_in(client, administrator.username, PASSWORD).headers["Location"] == "/admin/"


def test_the_lock_of_one_account_leaves_the_others_alone(client, administrator, person, limited):
    for _ in range(limited + 1):
        log_in(client, "somebody-else", "wrong")
    assert log_in(client, administrator.username, PASSWORD).status_code == 302


def test_no_password_is_kept_from_a_wrong_guess(client, administrator, limited):
    log_in(client, administrator.username, "nearly-my-password")
    from axes.models import AccessAttempt

    attempt = AccessAttempt.objects.get()
    assert "nearly-my-password" not in str(vars(attempt))


def test_a_log_in_lasts_a_working_day_at_most(client, administrator, settings):
    client.post("/admin/login/", {"username": administrator.username, "password": PASSWORD, "remember": "on"})
    assert 0 < client.session.get_expiry_age() <= 12 * 60 * 60


@pytest.mark.parametrize("password", ["short", "password1234", "administrator-1"])
def test_weak_passwords_are_refused(client, administrator, password):
    client.force_login(administrator)
    response = client.post(
        "/admin/users/new/",
        {
            "username": "administrator-1x",
            "email": "new@invented.example",
            "first_name": "New",
            "last_name": "Person",
            "password1": password,
            "password2": password,
        },
    )
    assert response.status_code == 200
    assert not User.objects.filter(username="administrator-1x").exists()


def test_staff_only_pages_send_a_stranger_to_the_door(client):
    assert Site.objects.exists()
    for address in ("/admin/", "/admin/cases/", "/admin/users/"):
        assert client.get(address).headers["Location"].startswith("/admin/login/")

"""Production refuses to start on anything guessable, and names the variable but never its value."""

import pytest
from django.core.management import CommandError, call_command

from cdop.auth import DEMO_EMAIL_DOMAIN, no_demo_accounts
from tests.deploy_check import SOUND
from tests.processes import run

UNSOUND = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "only-for-tests"),
    ("SECRET_KEY", "x" * 60),
    ("SECRET_KEY", "django-insecure-kX2v9Qm4Zr7Lw1Tn8Bs5Yd3Hf6Jg0Pc_eRaUiOqWzX"),
    ("SEALING_KEYS", ""),
    ("SEALING_KEYS", "not-a-key"),
    ("SEALING_KEYS", f"{SOUND['SEALING_KEYS']},c2hvcnQ="),
    ("SEALING_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
    ("LOOKUP_KEY", "a" * 40),
    ("LOOKUP_KEY", ""),
    ("LOOKUP_KEY", "short-lookup-key"),
    ("AUDIT_KEYS", ""),
    ("AUDIT_KEYS", "short-audit-key"),
    ("AUDIT_KEYS", f"{SOUND['AUDIT_KEYS']},{'a' * 40}"),
    ("ALLOWED_HOSTS", ""),
    ("ALLOWED_HOSTS", "*"),
    ("ALLOWED_HOSTS", "cdop.example, *"),
    ("DEBUG", "1"),
    ("DEBUG", "True"),
    ("DEBUG", "perhaps"),
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "elephant://cdop"),
    ("BASE_URL", ""),
    ("BASE_URL", "http://cdop.example"),
    ("EMAIL_PORT", "twenty-five"),
]


def test_sound_settings_pass_djangos_own_deployment_check():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SOUND)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("variable", "value"), UNSOUND, ids=[f"{name}-{number}" for number, (name, _) in enumerate(UNSOUND)]
)
def test_an_unsound_setting_is_refused_by_name(variable, value):
    refused = run("-c", "import cdop.settings.production", **(SOUND | {variable: value}))
    assert refused.returncode != 0
    last = refused.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert variable in last
    assert not value or len(value) < 6 or value not in last


def test_the_server_process_does_not_come_up_on_unsound_settings():
    environment = SOUND | {"SECRET_KEY": "changeme"}
    del environment["DJANGO_SETTINGS_MODULE"]
    refused = run("-c", "import cdop.wsgi", **environment)
    assert refused.returncode != 0
    assert "SECRET_KEY" in refused.stderr


def test_demo_data_cannot_be_made_with_production_settings():
    refused = run("manage.py", "demo", **SOUND)
    assert refused.returncode != 0
    assert "never made in production" in refused.stderr


@pytest.mark.django_db
def test_a_database_with_demo_accounts_cannot_be_prepared_for_production(person, settings):
    user = person("Coordinator")
    settings.DEMO = False
    assert no_demo_accounts(databases=["default"]) == []
    user.email = f"coordinator@{DEMO_EMAIL_DOMAIN}"
    user.save()
    [error] = no_demo_accounts(databases=["default"])
    assert error.id == "cdop.E001"
    with pytest.raises(CommandError, match="1 demo accounts"):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)


@pytest.mark.django_db
def test_a_demo_account_that_is_logged_in_is_put_out(roles, client, settings):
    call_command("demo", cases=0)
    settings.AUTHENTICATION_BACKENDS = ["cdop.auth.NoDemoAccounts"]
    assert not client.login(username="administrator", password="demonstration")
    from django.contrib.auth.models import User

    client.force_login(User.objects.get(username="administrator"))
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")

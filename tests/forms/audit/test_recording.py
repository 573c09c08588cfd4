"""What comes into the audit log by itself, and what of a person never does."""

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, isolate_apps
from wagtail.log_actions import log

from forms.audit.lines import Line
from forms.audit.listening import STRANGERS_NOTED
from forms.audit.services import link, record
from forms.audit.words import about_in_words, what_in_words, who_in_words
from forms.models import ApiClient, AuditEntry, AuditLink
from forms.models.append_only import AppendOnly
from workflow.models import StateChange

pytestmark = pytest.mark.django_db
WRITTEN_ONCE = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


@pytest.fixture
def somebody(db):
    user = User.objects.create_user("invented", password="an invented password", first_name="Invented")
    user.groups.add(Group.objects.create(name="Zeta"), Group.objects.create(name="Alpha"))
    return user


def newest():
    return AuditEntry.objects.first()


@pytest.mark.parametrize("model", WRITTEN_ONCE, ids=lambda model: model.__name__)
def test_whatever_is_written_once_says_what_the_audit_log_tells_of_it(model):
    assert callable(model.audited)


def test_a_row_that_is_written_once_is_a_line(case):
    [opened] = AuditEntry.objects.filter(what="case.move.notify")
    assert (opened.about_type, opened.about, opened.via) == ("case", case.reference, "system")
    assert case.state_changes.count() == 1


def test_rows_that_are_written_in_bulk_are_lines_too(case):
    before = AuditEntry.objects.count()
    StateChange.objects.bulk_create(
        StateChange(case=case, transition="defer", source="a", target="b") for _ in range(3)
    )
    assert AuditEntry.objects.filter(what="case.move.defer").count() == AuditEntry.objects.count() - before == 3


def test_a_line_is_undone_with_what_it_is_about(case):
    before = AuditEntry.objects.count()
    with transaction.atomic():
        StateChange.objects.create(case=case, transition="accept", source="a", target="b")
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == before


def test_the_roles_are_those_of_that_moment(somebody):
    record(Line("case.read", by=somebody))
    assert newest().role == "Alpha, Zeta"
    somebody.groups.clear()
    record(Line("case.read", by=User.objects.get(pk=somebody.pk)))
    assert [entry.role for entry in AuditEntry.objects.all()[:2]] == ["", "Alpha, Zeta"]


def test_a_line_costs_one_query_and_the_roles_one_more_for_each_request(somebody):
    user = User.objects.get(pk=somebody.pk)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            record(Line("case.read", by=user))
        counts.append(len(queries))
    assert counts == [2, 1]


def test_a_log_in_and_a_log_out_are_lines(client, somebody):
    client.login(username="invented", password="an invented password")
    assert (newest().what, newest().outcome, newest().by) == ("login", "done", somebody)
    client.logout()
    assert (newest().what, newest().by) == ("logout", somebody)


def test_a_failed_log_in_says_which_account_was_tried_and_not_what_was_typed(somebody):
    request = RequestFactory().post("/")
    authenticate(request, username="invented", password="my secret guess")
    assert (newest().what, newest().outcome, newest().about, newest().by) == (
        "login", "refused", str(somebody.pk), None,
    )  # fmt: skip
    authenticate(request, username="hunter2-typed-into-the-wrong-field", password="x")
    assert newest().about == ""
    assert not AuditEntry.objects.filter(about__contains="hunter2").exists()


def test_a_flood_of_failed_log_ins_from_one_address_does_not_fill_the_disk(somebody):
    request = RequestFactory().post("/")
    for _ in range(STRANGERS_NOTED.most + 5):
        authenticate(request, username="invented", password="wrong")
    assert AuditEntry.objects.count() == STRANGERS_NOTED.most


def test_what_wagtail_notes_of_settings_and_accounts_is_a_line(somebody):
    log(instance=somebody, action="wagtail.edit", user=somebody, title="Invented words")
    entry = newest()
    assert (entry.what, entry.about_type, entry.about) == ("wagtail.edit", "auth.user", str(somebody.pk))
    assert "Invented words" not in str(entry.parts())


def test_two_equal_lines_have_different_signatures():
    one, other = record(Line("case.read")), record(Line("case.read"))
    assert one.signature != other.signature


def test_what_is_too_long_is_cut_and_still_whole():
    entry = record(Line("w" * 300, "t" * 300, "a" * 300))
    assert AuditEntry.objects.get(pk=entry.pk).is_whole


def test_linking_twice_links_once():
    record(Line("case.read"))
    assert (link(), link()) == (1, 0)
    assert AuditLink.objects.count() == 1


def test_a_line_that_a_stopped_process_left_behind_gets_its_place_with_the_next():
    left = record(Line("case.read"))
    later = record(Line("case.identity"))
    AuditLink.objects.all()
    link()
    assert list(AuditLink.objects.values_list("entry", flat=True)) == [left.pk, later.pk]


def test_a_transaction_asks_for_its_place_in_the_chain_once_however_much_it_wrote(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for _ in range(5):
            record(Line("case.read"))
    assert callbacks == [link]
    assert AuditLink.objects.count() == 5


def test_an_account_that_is_gone_stays_a_number_and_its_lines_whole(somebody):
    entry = record(Line("case.read", by=somebody))
    number = somebody.pk
    somebody.delete()
    entry = AuditEntry.objects.select_related("by").get(pk=entry.pk)
    assert who_in_words(entry) == f"Account {number} (gone)"
    assert entry.is_whole


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line("case.identity", "case", "2026-0001"), ("Saw who the child is", "case 2026-0001")),
        (Line("case.move.accept", "case", "2026-0001"), ("Case: move: accept", "case 2026-0001")),
        (Line("wagtail.edit", "auth.user", 3), ("Edit", "user 3")),
        (Line("GET cases:family_letter", "screen", "2026-0001"), ("Open the screen “family letter”", "2026-0001")),
        (Line("POST cases:move", "screen", "2026-0001"), ("Use the screen “move”", "2026-0001")),
    ],
)
def test_a_line_is_told_in_words(line, words):
    entry = record(line)
    assert (what_in_words(entry), about_in_words(entry)) == words


def test_who_it_was_is_told_in_words(somebody):
    system = ApiClient.objects.create(name="Invented system")
    told = [
        who_in_words(record(line))
        for line in (Line("x", by=somebody), Line("x", client=system), Line("x", via="link"), Line("x", via="shell"))
    ]
    assert told == ["Invented", "Invented system", "Somebody with a link", "An operator at the server"]


@isolate_apps("forms")
def test_a_model_that_is_written_once_and_says_no_line_keeps_the_product_from_starting():
    class Silent(AppendOnly):
        class Meta:
            app_label = "cdop_forms"

    assert [found.id for found in Silent.check()] == ["cdop_forms.E001"]

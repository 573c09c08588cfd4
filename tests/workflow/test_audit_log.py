"""The audit log of the whole product: what staff, links and strangers do, and the screen that shows it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exports.extract import Extract
from exports.services import ExportRefused, export
from forms.audit.lines import Line
from forms.audit.services import record
from forms.models import AuditEntry
from tests.notifying import invented_answers
from tests.workflow.packs.preparing import finished, prepared
from tests.workflow.reviewing import review, triage
from workflow import services
from workflow.models import CaseView

pytestmark = pytest.mark.django_db
LOG = "/admin/reports/audit-log/"


def lines(what=None, **wanted):
    found = AuditEntry.objects.order_by("pk").filter(**wanted)
    return found.filter(what=what) if what else found


def screen(case, name, *more):
    return reverse(f"cases:{name}", args=[case.reference, *more])


@pytest.fixture
def coordinator(client, person):
    user = person("Coordinator")
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", ["case", "record", "pack_prepare"])
def test_every_look_at_who_the_child_is_is_a_line_even_within_the_hour(client, case, coordinator, name):
    for _ in range(3):
        client.get(screen(case, name))
    assert lines("case.identity", about=case.reference, by=coordinator, role="Coordinator").count() == 3
    assert CaseView.objects.count() == 1


def test_who_reads_a_case_without_learning_who_the_child_is_has_another_line(client, case, person):
    client.force_login(person("Panel chair"))
    client.get(screen(case, "case"))
    assert (lines("case.read").count(), lines("case.identity").count()) == (1, 0)


def test_answers_that_came_back_on_a_request_count_as_a_look_at_the_child(client, case, coordinator, notification):
    from tests.workflow.asking import ask, publish_forms

    triage(case, coordinator)
    services.move(case, "accept", coordinator)
    publish_forms()
    asked = ask(case, coordinator)
    client.get(screen(case, "request", asked.pk))
    assert lines("case.identity", about=case.reference, by=coordinator).count() == 1


def test_a_move_a_decision_and_a_note_are_lines_of_who_made_them(case, person):
    coordinator = person("Coordinator")
    triage(case, coordinator)
    services.move(case, "accept", coordinator)
    services.add_note(case, coordinator, "Invented words about Invented Child")
    told = list(lines(by=coordinator, about=case.reference).values_list("what", flat=True))
    assert {"case.move.accept", "case.scope", "case.jar", "case.noted"} <= set(told)
    assert told.count("case.move.accept") == 1


def test_opening_a_pack_is_a_line(client, case, person):
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    client.force_login(person("Panel chair"))
    client.get(screen(case, "pack"))
    [line] = lines("pack.screen")
    assert (line.about, line.by, line.role) == (case.reference, person("Panel chair"), "Panel chair")


def test_looking_for_an_nhs_number_is_a_line_without_the_number(client, coordinator, case):
    client.post("/admin/cases/find/", {"nhs_number": "999 000 0018"})
    [line] = lines("case.find_by_number")
    assert (line.about, line.by) == ("", coordinator)


def test_beginning_an_export_and_how_it_ended_are_lines(person, case):
    analyst = person("Analyst")
    b"".join(export(an_extract("cases"), "Invented reason", by=analyst))
    assert list(lines(by=analyst).values_list("what", "about")) == [
        ("export.begun", "cases"),
        ("export.finished", "cases"),
    ]
    b"".join(export(an_extract("cases"), "Invented reason", operator="root"))
    assert set(lines(what__startswith="export.", via="shell").values_list("about", flat=True)) == {"cases"}


def an_extract(name):
    from exports.datasets import all_datasets
    from exports.formats import FORMATS

    return Extract(all_datasets()[name], FORMATS["csv"])


@pytest.mark.parametrize("role", ["Site editor", "Analyst", "Panel member"])
def test_what_a_role_may_not_see_and_tried_is_a_line(client, person, case, role):
    client.force_login(person(role))
    client.get(screen(case, "case"))
    [line] = lines(outcome="refused")
    assert (line.what, line.about, line.role) == ("GET cases:case", case.reference, role)


def test_a_refused_line_is_kept_although_what_was_tried_is_undone(client, case, coordinator):
    client.post(screen(case, "move", "accept"), {})
    [line] = lines(outcome="refused")
    assert (line.what, line.about, line.by) == ("POST cases:move", case.reference, coordinator)
    assert case.state_changes.count() == 1


def test_an_export_that_is_refused_is_a_line(client, person, case):
    client.force_login(person("Panel chair"))
    client.get("/admin/exports/datasets/cases/")
    client.force_login(person("Analyst"))
    client.post("/admin/exports/datasets/audit/", {"format": "csv", "why": "Invented"})
    assert list(lines(outcome="refused").values_list("what", "role")) == [
        ("GET exports:dataset", "Panel chair"),
        ("POST exports:dataset", "Analyst"),
    ]


def test_outside_a_request_a_refusal_is_told_to_whoever_asked_and_to_nobody_else(person, case):
    with pytest.raises(ExportRefused):
        export(an_extract("cases"), " ", by=person("Analyst"))
    assert not lines(outcome="refused").exists()


def test_a_link_that_opens_nothing_is_a_line_without_the_link(client, db):
    client.get("/requests/an-invented-token-that-somebody-guessed/")
    [line] = lines()
    assert (line.what, line.via, line.about, line.outcome) == ("GET respond:request", "link", "", "refused")


def test_what_somebody_typed_into_an_address_is_not_kept(client, person):
    client.force_login(person("Coordinator"))
    client.get("/admin/cases/invented-child-of-invented-street/")
    assert not lines(about__contains="invented").exists()
    assert lines(outcome="refused").count() == 1


def test_pages_that_anybody_may_read_and_screens_that_open_are_no_lines(client, person, notification):
    client.get("/")
    client.get("/nothing-here/")
    client.force_login(person("Coordinator"))
    before = lines().count()
    client.get("/admin/")
    client.get("/admin/cases/")
    assert lines().count() == before


def test_a_request_that_was_forged_is_a_line(person, case):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person("Coordinator"))
    client.post(screen(case, "note"), {"text": "Invented"})
    assert [line.what for line in lines(outcome="refused")] == ["POST cases:note"]


def test_no_line_tells_anything_of_the_child_or_of_what_people_wrote(client, case, person):
    coordinator = person("Coordinator")
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    client.force_login(coordinator)
    client.get(screen(case, "case"))
    pack = prepared(case, coordinator) if not case.packs.exists() else None
    if pack:
        finished(pack, coordinator)
    everything = " ".join(str(entry.parts()) for entry in lines())
    words = {word for value in invented_answers().values() for word in re.findall(r"[A-Z][a-z]{4,}", str(value))}
    assert lines().count() > 20
    assert not {word for word in words - {"Coordinator"} if re.search(rf"\b{word}\b", everything)}


@pytest.fixture
def watcher(client, person):
    user = person("Information governance")
    client.force_login(user)
    return user


def shown(client, query=""):
    return [entry.what for entry in client.get(f"{LOG}?{query}").context["object_list"]]


def test_the_screen_shows_who_did_what_newest_first(client, person, case, watcher):
    services.record_view(case, person("Coordinator"))
    page = client.get(LOG).content.decode()
    assert "Coordinator No 1" in page
    assert "Saw who the child is" in page
    assert case.reference in page
    assert page.index("Saw who the child is") < page.index("Case: move: notify")


def test_the_screen_is_searched_and_filtered(client, person, case, watcher):
    AuditEntry.objects.all()
    record(Line("case.read", "case", "1999-0001", by=person("Coordinator")))
    record(Line("GET cases:case", "screen", "1999-0002", by=person("Analyst"), refused=True))
    for query, found in (
        ("q=1999", ["GET cases:case", "case.read"]),
        ("q=1999-0001", ["case.read"]),
        (f"by={person('Analyst').pk}", ["GET cases:case"]),
        ("outcome=refused", ["GET cases:case"]),
        ("what=case.&q=1999", ["case.read"]),
        ("via=link", []),
        ("at_from=2099-01-01", []),
    ):
        assert shown(client, query) == found, query


def test_looking_at_the_log_is_a_line_of_it(client, watcher):
    client.get(LOG)
    client.get(LOG)
    assert lines("audit.read", by=watcher).count() == 2


def test_a_name_that_somebody_chose_for_themselves_runs_nothing(client, person, watcher):
    coordinator = person("Coordinator")
    coordinator.first_name = "<script>alert(1)</script>"
    coordinator.save()
    record(Line("case.read", by=coordinator))
    assert "<script>alert(1)" not in client.get(LOG).content.decode()


def test_the_log_is_paged(client, watcher):
    for _ in range(60):
        record(Line("case.read"))
    assert len(shown(client)) == 50
    assert len(shown(client, "p=2")) > 10


def test_the_screen_costs_the_same_for_five_and_for_fifty_lines(client, person, watcher):
    counts = []
    for more in (5, 45):
        for number in range(more):
            record(Line("case.read", by=person("Coordinator", number)))
        client.get(LOG)
        with CaptureQueriesContext(connection) as queries:
            client.get(LOG)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_log_is_taken_out_as_a_dataset_by_those_who_may_read_it(person, case):
    services.record_view(case, person("Coordinator"))
    text = b"".join(export(an_extract("audit_log"), "Invented", by=person("Information governance"))).decode()
    assert f",coordinator-1,Coordinator,case.identity,case,{case.reference},done" in text

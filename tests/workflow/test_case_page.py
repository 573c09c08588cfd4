"""One case on one screen, as each role reads it."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from content.models import AreaSettings
from forms.services import receive
from tests.notifying import days_ago, invented_answers
from tests.workflow.asking import ask, publish_forms
from tests.workflow.reviewing import hold_panel, review, triage
from workflow import services
from workflow.models import Case
from workflow.states import BY_NAME

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def read(client, user, case):
    client.force_login(user)
    response = client.get(reverse("cases:case", args=[case.reference]))
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def main(page):
    return page[page.index("<main") :]


@pytest.mark.parametrize(
    ("sender", "source", "beware"),
    [
        ("registrar@nhs.net", "web", False),
        ("registrar@invented.NHS.uk", "web", False),
        ("registrar@fakenhs.net", "web", True),
        ("registrar@nhs.net.invented.example", "web", True),
        ("registrar@invented.example", "web", True),
        ("registrar@invented.example", "phone", False),
    ],
)
def test_who_writes_from_no_known_work_address_is_rung_back(client, coordinator, notification, sender, source, beware):
    answers = invented_answers(notifier_email=sender)
    case = Case.objects.get(submissions__submission=receive(notification, answers, source))
    page = read(client, coordinator, case)
    assert (f"It came from {sender}, which is no work address" in page) == beware


def test_only_who_may_know_the_child_reads_the_address_of_the_sender(client, person, notification):
    case = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    review(case, person("Coordinator"), person("Panel chair"), until="schedule_panel")
    for role in ("Information governance", "Panel member"):
        assert "invented.example" not in read(client, person(role), case)


def test_an_area_that_lists_no_domain_is_told_of_nobody(client, coordinator, case):
    area = AreaSettings.for_site(Site.objects.get(is_default_site=True))
    area.work_domains = " \n"
    area.save()
    assert "no work address" not in read(client, coordinator, case)


def test_it_leads_with_what_happens_next(client, coordinator, case):
    page = read(client, coordinator, case)
    assert "Read the notification, decide scope" in page
    triage(case, coordinator)
    assert f"/admin/cases/{case.reference}/move/accept/" in read(client, coordinator, case)


def test_asking_the_agencies_comes_before_going_on_without_them(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="accept")
    page = read(client, coordinator, case)
    assert page.index(f"/admin/cases/{case.reference}/ask/") < page.index("/move/information_complete/")
    assert f"/admin/cases/{case.reference}/ask/" not in read(client, person("Information governance"), case)

    publish_forms()
    ask(case, coordinator)
    page = main(read(client, coordinator, case))
    assert page.index("Enough information for the CDRM") < page.index(f"/admin/cases/{case.reference}/ask/")


@pytest.mark.parametrize(
    ("done", "role", "onward"),
    [("check_quality", "Designated doctor", "quality_checked"), ("sign_off", "Panel chair", "finalise")],
)
def test_what_was_just_confirmed_is_no_longer_the_next_thing_to_do(client, case, person, done, role, onward):
    review(case, person("Coordinator"), person("Panel chair"), until=done)
    ahead, _, aside = main(read(client, person(role), case)).partition("Something else")
    assert f"/move/{done}/" not in ahead
    assert BY_NAME[onward].label in ahead
    assert f"/move/{done}/" in aside


def test_a_move_that_is_blocked_says_why_and_leads_to_the_screen_that_mends_it(client, coordinator, notification):
    answers = invented_answers(nhs_number="")
    case = Case.objects.get(submissions__submission=receive(notification, answers))
    page = read(client, coordinator, case)
    for sentence, screen in (
        ("Record the scope decision first.", "scope"),
        ("Record whether a Joint Agency Response is needed.", "jar"),
        ("Record the NHS number, or why there is none.", "nhs-number"),
    ):
        assert re.search(rf'{re.escape(sentence)} <a href="/admin/cases/{case.reference}/{screen}/"', page), sentence
    assert "/move/accept/" not in page


def test_a_hold_that_blocks_leads_to_the_holds(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="quality_checked")
    services.hold(case, coordinator, "coroner", ["panel"], days_ago(1))
    page = read(client, coordinator, case)
    assert "On hold: Coroner’s investigation or inquest. End the hold first." in page
    assert f'href="/admin/cases/{case.reference}/#holds-section"' in page
    assert 'id="holds-section"' in page


def test_what_somebody_else_must_do_says_who(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="schedule_panel")
    page = read(client, coordinator, case)
    assert "Record the panel’s review: for the panel chair." in page
    assert "/move/record_panel/" not in page
    waits = read(client, person("Panel chair"), case)
    assert "Record first that this meeting was held" in waits
    assert "/move/record_panel/" not in waits
    hold_panel(case, coordinator)
    assert "/move/record_panel/" in read(client, person("Panel chair"), case)


def test_the_notification_is_shown_page_by_page_with_what_was_not_answered(client, coordinator, case):
    page = main(read(client, coordinator, case))
    assert re.search(r"<summary>[^<]+ <span[^>]*>1 answered", page)
    assert "Hospital – intensive care" in page
    assert "Not answered: " in page
    assert "No answers on: " in page


def test_pages_are_open_while_the_notification_is_new_and_folded_later(client, coordinator, case):
    assert re.search(r'<details class="cdop-page" open>', read(client, coordinator, case))
    triage(case, coordinator)
    services.move(case, "accept", coordinator)
    assert not re.search(r'<details class="cdop-page" open>', read(client, coordinator, case))


def test_a_long_answer_keeps_its_lines_and_is_never_run(client, coordinator, notification):
    told = "First line.\nSecond <script>alert(1)</script> line.\n" + "word " * 800
    case = Case.objects.get(submissions__submission=receive(notification, invented_answers(circumstances=told.strip())))
    client.force_login(coordinator)
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert "First line.<br>Second &lt;script&gt;" in page
    assert "<script>alert(1)" not in page


def test_decisions_show_who_when_and_why(client, coordinator, case, person):
    services.decide_scope(case, coordinator, in_scope=False, reason_code="termination", text="As the midwife said")
    services.decide_jar(case, coordinator, "no", ["sudden_no_cause"], "Consultant", "Cause found at once")
    page = read(client, person("Designated doctor"), case)
    for words in (
        "Out of scope: Live birth after a lawful planned termination",
        "Waits for a second person.",
        "As the midwife said",
        "Consultant, ",
        "Cause found at once",
        "Confirm that it is out of scope",
    ):
        assert words in page
    assert "Confirm that it is out of scope" not in read(client, coordinator, case)


def test_what_the_moves_recorded_is_in_words(client, coordinator, case, person):
    review(case, coordinator, person("Panel chair"), until="record_panel")
    page = main(read(client, coordinator, case))
    for words in ("Consultant paediatrician", "5. Acute medical or surgical condition", f"{days_ago(1):%-d %B %Y}"):
        assert words in page
    assert not re.search(r"\d{4}-\d{2}-\d{2}", page)


def test_the_timeline_runs_newest_first_and_folds_what_is_old(client, coordinator, case):
    for number in range(15):
        services.add_note(case, coordinator, f"Invented note {number:02}")
    page = read(client, coordinator, case)
    assert page.index("Invented note 14") < page.index("Earlier (4)") < page.index("Invented note 02")


def test_a_duplicate_leads_to_the_case_that_is_kept(client, coordinator, case, notification):
    second = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    services.move(second, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    assert f'Duplicate of <a href="/admin/cases/{case.reference}/"' in read(client, coordinator, second)


def test_nothing_is_offered_on_an_ended_case_but_a_note(client, coordinator, case, person):
    services.decide_scope(case, coordinator, in_scope=False, reason_code="termination")
    services.confirm_scope(case, person("Designated doctor"))
    services.move(case, "rule_out", coordinator)
    page = read(client, coordinator, case)
    assert f"/admin/cases/{case.reference}/note/" in page
    for screen in ("scope/", "jar/", "hold/", "urgency/", "nhs-number/", "move/"):
        assert f"/admin/cases/{case.reference}/{screen}" not in page


def test_the_chair_reads_what_happened_without_the_words_people_wrote(client, coordinator, case, person):
    services.add_note(case, coordinator, "Spoke to Invented Parent")
    services.hold(case, coordinator, "coroner", ["panel"], days_ago(1), reason="Said Invented Coroner")
    services.decide_scope(case, coordinator, in_scope=True, text="Says Invented Parent")
    page = main(read(client, person("Panel chair"), case))
    assert "Written words are not shown to your role." in page
    assert "Invented P" not in page
    assert "Invented C" not in page
    assert "Spoke to Invented Parent" in read(client, coordinator, case)


@pytest.fixture
def before_the_panel(case, coordinator, person):
    services.add_note(case, coordinator, "Spoke to Invented Parent")
    return review(case, coordinator, person("Panel chair"), until="record_panel")


def test_a_panel_member_reads_an_anonymised_case(client, person, before_the_panel):
    page = main(read(client, person("Panel member"), before_the_panel))
    for shown in ("5–9 years", "Hospital – intensive care", "5. Acute medical or surgical condition"):
        assert shown in page
    for hidden in ("Invented", "Timeline", "Time limits", "Holds", "Spoke to", "What happens next", "Decisions"):
        assert hidden not in page, hidden


def test_a_panel_member_reads_no_day(client, person, before_the_panel):
    page = main(read(client, person("Panel member"), before_the_panel)).replace(before_the_panel.reference, "")
    assert not re.search(r"\b(19|20)\d\d\b", page)
    assert not re.search(r"\b\d{1,2}:\d{2}\b", page)


@pytest.mark.parametrize("role", ["Panel member", "Panel chair", "Information governance"])
def test_no_query_of_list_or_case_touches_identity_for_those_who_may_not_see_it(client, person, before_the_panel, role):
    client.force_login(person(role))
    with CaptureQueriesContext(connection) as queries:
        for address in ("/admin/", "/admin/cases/", reverse("cases:case", args=[before_the_panel.reference])):
            assert client.get(address).status_code == 200
    asked = " ".join(query["sql"] for query in queries)
    assert "cdop_workflow_caseidentity" not in asked
    assert '"cdop_forms_submission"."sealed"' not in asked


def test_those_who_may_see_identity_do(client, coordinator, before_the_panel):
    page = read(client, coordinator, before_the_panel)
    assert "Test Invented" in page
    assert "999 000 0018" in page


def test_names_are_in_no_title_and_no_address(client, coordinator, case):
    page = read(client, coordinator, case)
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Invented" not in title
    assert not re.search(r'href="[^"]*Invented', page)


def test_it_costs_the_same_however_much_has_happened(client, coordinator, case):
    triage(case, coordinator)
    counts = []
    for more in (1, 30):
        for _ in range(more):
            services.add_note(case, coordinator, "Invented")
            services.hold(case, coordinator, "ledr", [], days_ago(1))
        read(client, coordinator, case)
        with CaptureQueriesContext(connection) as queries:
            read(client, coordinator, case)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_case_that_is_not_there_is_not_found(client, coordinator):
    client.force_login(coordinator)
    assert client.get("/admin/cases/1999-0001/").status_code == 404


def test_time_limits_say_how_long_is_left_and_how_late_it_is(client, coordinator, notification, roles):
    died = days_ago(200)
    answers = invented_answers(died=died, born=days_ago(2000))
    case = Case.objects.get(submissions__submission=receive(notification, answers))
    case.clocks.filter(rule__code="T2").update(met_at=timezone.now())
    page = main(read(client, coordinator, case))
    assert re.search(r"Done \d+ \w+ \d{4}, 198 days late", page)
    assert re.search(r"cdop-clock--overdue\">Was due \d+ \w+ \d{4}, \d+ days ago", page)
    case.clocks.filter(rule__code="T8").update(
        due_at=timezone.now() + dt.timedelta(days=3), warn_at=timezone.now() - dt.timedelta(days=1)
    )
    assert re.search(r"cdop-clock--soon\">Due \d+ \w+ \d{4}, in 3 days", main(read(client, coordinator, case)))

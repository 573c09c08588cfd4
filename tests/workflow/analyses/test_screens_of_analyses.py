"""The screens of analyses, as coordinators, doctors, chairs and members use them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms.journey import questions_on
from forms.models import Draft
from tests.forms.filling import date_raw
from tests.notifying import days_ago
from tests.workflow.analyses.writing import ANOTHER, FACTOR, SAYS, facts, now, written
from tests.workflow.reviewing import somebody
from workflow.analyses import services
from workflow.analyses.signing import sign
from workflow.meetings import services as meetings
from workflow.meetings.selectors import item_of
from workflow.models import Action, Analysis, Case, CaseView, Interest
from workflow.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BLOCKED = 'class="button" disabled'
READ = {"Coordinator", "Designated doctor", "Panel chair", "Information governance", "Administrator"}


def address(name, case, *args):
    return reverse(f"cases:{name}", args=[case.reference, *args])


def text(response):
    return response.content.decode()


def page_of(client, case):
    return text(client.get(address("case", case)))


def post(client, name, case, *args, **data):
    return text(client.post(address(name, case, *args), data, follow=True))


@pytest.fixture
def signed_case(final, chair):
    sign(final, chair)
    return Case.objects.get(pk=final.case.pk)


def answer(question):
    """What a browser posts for a question of the shipped form, for what SAYS says."""
    said = SAYS.get(question.key)
    if question.kind == "date":
        return date_raw(question.key, days_ago(1))
    if question.kind == "checkboxes":
        return {question.key: said or []}
    return {question.key: said} if isinstance(said, str) else {}


def walk(client, location):
    """Every page of the form as a browser would; the address of the check page."""
    while not location.endswith("/check/"):
        draft = Draft.objects.get(submission=None)
        page = draft.definition.page(location.rstrip("/").rsplit("/", 1)[-1])
        if page.group and not draft.answers.get(page.group.key) and page.group.key in SAYS:
            item = SAYS[page.group.key][0]
            parts = {part.key: item.get(part.key, "") for part in page.group.questions if part.kind != "date"}
            assert client.post(f"{location}new/", parts | {"token": "abc1"}).status_code == 302
        asked = [each for each in questions_on(page, draft.answers, days_ago(0)) if each.key not in draft.fixed]
        posted = {name: value for each in asked for name, value in answer(each).items()}
        known = draft.answers
        posted |= {
            each.key: known[each.key]
            for each in asked
            if each.key in known and each.key not in posted and isinstance(known[each.key], str | int)
        }
        response = client.post(location, posted)
        assert response.status_code == 302, (page.key, [field.error for field in response.context["errors"]])
        location = response.headers["Location"]
    return location


def test_from_the_case_through_the_form_and_back(client, discussed, coordinator):
    client.force_login(coordinator)
    begin = address("analysis_begin", discussed, "cdrm")
    assert begin in page_of(client, discussed)
    assert "It begins empty, but for what is known" in text(client.get(begin))
    journey = client.post(begin).headers["Location"]
    assert "/answer/" in journey
    page = page_of(client, discussed)
    assert "Draft 1 is being filled in" in page
    assert begin not in page
    assert "Go on with it" in page
    first = client.post(address("analysis_go_on", discussed, Analysis.objects.get().pk)).headers["Location"]
    check = walk(client, client.get(first).headers["Location"])
    receipt = client.post(check, {"declaration": "yes"}, follow=True)
    assert address("case", discussed) in text(receipt)
    assert "Back to the request" not in text(receipt)
    analysis = now(Analysis.objects.get())
    assert (analysis.state, analysis.submission.answers["category_primary"]) == ("complete", "5")
    page = page_of(client, discussed)
    assert analysis.get_absolute_url() in page
    assert "Change the draft analysis" in page


def test_it_can_be_saved_and_gone_on_with_in_another_browser(client, discussed, coordinator, doctor):
    analysis = services.begin(discussed, "cdrm", coordinator)
    client.force_login(doctor)
    resume = client.post(address("analysis_go_on", discussed, analysis.pk)).headers["Location"]
    assert client.get(resume, follow=True).status_code == 200
    assert now(analysis).written_by == doctor


def test_what_cannot_be_gone_on_with_says_so(client, discussed, coordinator):
    analysis = written(discussed, "cdrm", coordinator)
    client.force_login(coordinator)
    assert "Draft 1 is now “Complete”" in post(client, "analysis_go_on", discussed, analysis.pk)
    assert client.get(address("analysis_go_on", discussed, analysis.pk)).status_code == 302


def test_it_says_with_what_it_begins_and_that_the_version_before_stays(client, discussed, coordinator):
    written(discussed, "cdrm", coordinator)
    client.force_login(coordinator)
    page = text(client.get(address("analysis_begin", discussed, "cdrm")))
    assert "It begins with the answers of draft 1" in page
    assert "That version stays as it is" in page


def test_what_stands_in_the_way_is_said_and_nothing_can_be_begun(client, discussed, coordinator):
    client.force_login(coordinator)
    page = text(client.get(address("analysis_begin", discussed, "panel")))
    assert "once the case is before its panel" in page
    assert BLOCKED in page
    assert "once the case is before its panel" in post(client, "analysis_begin", discussed, "panel")
    assert address("analysis_begin", discussed, "panel") not in page_of(client, discussed)
    assert client.get(address("analysis_begin", discussed, "nonsense")).status_code == 404


def test_it_is_given_up(client, discussed, coordinator):
    analysis = services.begin(discussed, "cdrm", coordinator)
    client.force_login(coordinator)
    assert "Given up." in post(client, "analysis_give_up", discussed, analysis.pk)
    assert "Draft 1" not in page_of(client, discussed)


def test_an_analysis_is_read_as_it_was_sent_and_that_is_recorded(client, discussed, coordinator, chair):
    analysis = written(discussed, "cdrm", coordinator)
    client.force_login(chair)
    page = text(client.get(analysis.get_absolute_url()))
    assert "5 – Acute medical or surgical condition" in page
    assert FACTOR["description"] in page
    assert "Role of the chair" not in page
    assert CaseView.objects.filter(by=chair, case=discussed).exists()
    client.force_login(coordinator)
    assert "Role of the chair" in text(client.get(analysis.get_absolute_url()))


def test_who_may_know_the_child_is_told_whom_it_may_still_name(client, discussed, coordinator, chair):
    said = {"case_summary": "Seen by Dr Invented Registrar on the ward."}
    analysis = written(discussed, "cdrm", coordinator, **said)
    client.force_login(coordinator)
    assert "It may still say who somebody is" in text(client.get(analysis.get_absolute_url()))
    client.force_login(chair)
    assert "It may still say" not in text(client.get(analysis.get_absolute_url()))


def test_the_draft_stands_beside_the_final_one_with_what_is_different_in_words(client, before_panel, coordinator):
    written(before_panel, "panel", coordinator, factors=[FACTOR | {"level": "1"}, ANOTHER], category_primary="3",
            modifiability="none_identified", agencies_present=["gp"])  # fmt: skip
    client.force_login(coordinator)
    assert address("analyses_compare", before_panel) in page_of(client, before_panel)
    page = text(client.get(address("analyses_compare", before_panel)))
    assert "graded otherwise, from" in page
    assert "D – Communication" in page
    assert "Category: from “5 – Acute medical or surgical condition” to “3 – Trauma" in page
    assert "Did the meeting identify modifiable factors? From" in page
    assert "Graded otherwise</span>" in page
    assert "Recommendations: left out" in page
    assert "The same in both: The child; What happened; Findings in each domain; Learning points" in page


def test_where_nothing_changed_it_says_so(client, before_panel, coordinator):
    written(before_panel, "panel", coordinator, agencies_present=["gp"])
    client.force_login(coordinator)
    page = text(client.get(address("analyses_compare", before_panel)))
    assert "Nothing has changed:" in page
    assert "cdop-differs" not in page


def test_any_two_versions_can_be_compared(client, discussed, coordinator):
    client.force_login(coordinator)
    assert "not yet two analyses" in text(client.get(address("analyses_compare", discussed)))
    first = written(discussed, "cdrm", coordinator)
    written(discussed, "cdrm", coordinator, category_primary="7")
    third = written(discussed, "cdrm", coordinator, category_primary="6")
    page = text(client.get(address("analyses_compare", discussed), {"before": first.pk, "after": third.pk}))
    assert "What is different in Draft 3" in page
    assert "to “6 – Chronic medical condition”" in page
    for wrong in ("", "nonsense", "999999"):
        same = client.get(address("analyses_compare", discussed), {"before": wrong, "after": wrong})
        assert same.status_code == 200


def test_the_chair_reads_what_will_be_recorded_and_signs(client, final, chair):
    client.force_login(chair)
    case = final.case
    assert "Final 1 waits for your signature" in page_of(client, case)
    page = text(client.get(address("analysis_sign", case, final.pk)))
    assert "5. Acute medical or surgical condition" in page
    assert BLOCKED not in page
    assert "This field is required" in post(client, "analysis_sign", case, final.pk)
    page = post(client, "analysis_sign", case, final.pk, agreed="on")
    assert "Signed. The panel’s findings are recorded." in page
    assert "Signed by the chair" in page
    assert facts(case)["category"] == "5"
    page = post(client, "analysis_sign", case, final.pk, agreed="on")
    assert "Final 1 is now “Signed by the chair”" in page


def test_who_chairs_another_panel_reads_why_they_cannot_sign(client, final, person):
    client.force_login(person("Panel chair", 2))
    assert "waits for your signature" not in page_of(client, final.case)
    page = text(client.get(address("analysis_sign", final.case, final.pk)))
    assert "Only the chair of that panel signs" in page
    assert BLOCKED in page
    assert "Only the chair of that panel signs" in post(client, "analysis_sign", final.case, final.pk, agreed="on")
    assert now(final).state == "complete"


def test_the_screen_of_the_case_says_why_nothing_can_be_typed(client, final, chair):
    client.force_login(chair)
    assert "The final analysis is not signed: waits for the chair’s signature." in page_of(client, final.case)


def test_a_signed_one_is_changed_only_with_a_reason(client, signed_case, coordinator):
    client.force_login(coordinator)
    assert "Change the final analysis" in page_of(client, signed_case)
    assert "This field is required" in post(client, "analysis_begin", signed_case, "panel")
    response = client.post(address("analysis_begin", signed_case, "panel"), {"reason": "Late toxicology"})
    assert "/answer/" in response.headers["Location"]
    assert "The final analysis is not signed: being filled in." in page_of(client, signed_case)


def test_what_is_recommended_is_taken_over_with_one_button_and_once(client, signed_case, coordinator):
    client.force_login(coordinator)
    assert "Take over 2 recommendations or actions" in page_of(client, signed_case)
    page = text(client.get(address("analyses_take_over", signed_case)))
    assert "Letters go out within a day." in page
    due = {"due_on": f"{days_ago(-60):%d/%m/%Y}"}
    assert "Taken over: 2." in post(client, "analyses_take_over", signed_case, **due)
    post(client, "analyses_take_over", signed_case, **due)
    assert Action.objects.count() == 2
    page = text(client.get(address("analyses_take_over", signed_case)))
    assert "nothing to take over" in page
    assert "due_on" not in page
    assert "Take over 2" not in page_of(client, signed_case)


def shared(case, coordinator):
    """The case on a shared agenda of the first panel member."""
    meeting = item_of(case).meeting
    if meeting.state == "planned":
        meetings.move(meeting, "share", coordinator)
    return meeting.seats.get(user=somebody("Panel member"))


def test_a_member_reads_the_final_one_of_their_agenda_and_nothing_else_of_it(client, final, coordinator, person):
    client.force_login(person("Panel member"))
    draft = Analysis.objects.get(stage="cdrm", state="complete")
    page = page_of(client, final.case)
    assert final.get_absolute_url() in page
    assert draft.get_absolute_url() not in page
    page = text(client.get(final.get_absolute_url()))
    assert FACTOR["description"] in page
    assert "Role of the chair" not in page
    assert "Date of the meeting" not in page
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(address("analyses_compare", final.case)).status_code in (302, 403)


def test_a_member_reads_neither_what_is_unfinished_nor_what_was_replaced(client, final, coordinator, chair, person):
    newer = written(final.case, "panel", coordinator, factors=[ANOTHER])
    unfinished = services.begin(final.case, "panel", coordinator)
    client.force_login(person("Panel member"))
    page = page_of(client, final.case)
    assert newer.get_absolute_url() in page
    for hidden in (now(final), unfinished):
        assert hidden.get_absolute_url() not in page
        assert client.get(hidden.get_absolute_url()).status_code == 404


def test_a_member_who_declared_an_interest_reads_nothing(client, final, person):
    member = person("Panel member")
    item = item_of(final.case)
    Interest.objects.create(item=item, seat=item.meeting.seats.get(user=member), kind="care", declared_by=member)
    client.force_login(member)
    assert client.get(final.get_absolute_url()).status_code == 404


def test_a_member_of_another_panel_reads_nothing(client, final, person):
    client.force_login(person("Panel member", 2))
    assert client.get(final.get_absolute_url()).status_code == 404


def test_one_that_names_the_child_is_shown_to_those_who_may_know_the_child(
    client, before_panel, coordinator, chair, person
):
    final = written(before_panel, "panel", coordinator, agencies_present=["gp"], case_summary="Test was ill.")
    for role, status in (("Coordinator", 200), ("Designated doctor", 200), ("Panel chair", 404), ("Panel member", 404)):
        client.force_login(person(role))
        assert client.get(final.get_absolute_url()).status_code == status, role
    client.force_login(chair)
    page = page_of(client, before_panel)
    assert "names the child, so it is not shown to your role" in page
    client.force_login(coordinator)
    assert "The child is named in it" in page_of(client, before_panel)


def test_the_reason_for_a_change_is_for_those_who_may_know_the_child(client, signed_case, coordinator, chair):
    newer = written(signed_case, "panel", coordinator, "Late toxicology of Test", factors=[ANOTHER])
    client.force_login(coordinator)
    assert "Late toxicology" in text(client.get(newer.get_absolute_url()))
    client.force_login(chair)
    assert "Late toxicology" not in text(client.get(newer.get_absolute_url()))


WRITE_FINAL, WRITE_DRAFT = {"Coordinator", "Panel chair", "Administrator"}, {"Coordinator", "Designated doctor",
                                                                             "Administrator"}  # fmt: skip
OPENED_BY = {
    "read": READ | {"Panel member"},
    "read draft": READ,
    "compare": READ,
    "begin draft": WRITE_DRAFT,
    "begin final": WRITE_FINAL,
    "give up": WRITE_FINAL,
    "sign": {"Panel chair"},
    "take over": WRITE_FINAL,
}


@pytest.mark.parametrize("screen", OPENED_BY)
def test_a_screen_opens_for_the_roles_that_need_it(client, person, final, screen):
    case = final.case
    draft = Analysis.objects.get(stage="cdrm", state="complete")
    addresses = {
        "read": final.get_absolute_url(),
        "read draft": draft.get_absolute_url(),
        "compare": address("analyses_compare", case),
        "begin draft": address("analysis_begin", case, "cdrm"),
        "begin final": address("analysis_begin", case, "panel"),
        "give up": address("analysis_give_up", case, final.pk),
        "sign": address("analysis_sign", case, final.pk),
        "take over": address("analyses_take_over", case),
    }
    opened = set()
    for role in ROLES:
        client.force_login(person(role))
        opened |= {role} if client.get(addresses[screen]).status_code == 200 else set()
    assert opened == OPENED_BY[screen]


def test_an_analysis_of_another_case_is_not_found_here(client, final, coordinator, notification):
    from forms.services import receive
    from tests.notifying import invented_answers

    other = Case.objects.get(submissions__submission=receive(notification, invented_answers()))
    client.force_login(coordinator)
    assert client.get(address("analysis", other, final.pk)).status_code == 404
    assert client.post(address("analysis_go_on", other, final.pk)).status_code == 404


def counted(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_case_and_the_comparison_ask_as_often_for_many_versions_as_for_few(client, discussed, coordinator):
    client.force_login(coordinator)
    counts = []
    for more in (2, 4):
        for _ in range(more):
            written(discussed, "cdrm", coordinator)
        counts.append([counted(client, address(name, discussed)) for name in ("case", "analyses_compare")])
    assert counts[0] == counts[1]

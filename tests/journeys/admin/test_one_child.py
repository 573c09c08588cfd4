"""One child's review, told from the notification to the end, by everybody who has a part in it.

Of five agencies one is late and one contradicts another; a coroner's investigation holds up the panel alone; the panel
defers once; somebody suspects neglect; the family asks a question.
"""

import re

import pytest

from tests.forms.making import page as page_of
from tests.journeys.accessibility import WAGTAILS_OWN, does_not_fit, violations
from tests.journeys.admin.test_analyses import ONWARD, walk
from tests.journeys.admin.test_review import hold_todays_panel, prepare_pack, shown_state
from tests.journeys.mailbox import mail_to
from tests.journeys.publishing import publish_on
from tests.journeys.staff import act, case_of, decide, make
from tests.journeys.walking import press_send, send, walk_to_check
from tests.notifying import days_ago

pytestmark = [pytest.mark.journey, pytest.mark.any_database]
KNOWN = {"kind": "long_text", "key": "known", "label": "What do you know?", "required": "mandatory"}
SMOKES = {"kind": "yes_no", "key": "smoked", "label": "Did anybody smoke at home?", "required": "mandatory"}
FORM = "journey-agencies"
SAYS = {"surgery": "no", "hospital": "yes", "school": "not_known", "police": "no", "health-visitors": "no"}
LATE = "police"
QUESTION = "Why did nobody ring us back on Friday?"
# Time goes by, and the hourly job comes round.
THREE_WEEKS_LATER = """
import datetime as dt
from django.core.management import call_command
from workflow.models import Case, InformationRequest
late = InformationRequest.objects.filter(case__reference={case!r}, agency__name__endswith={agency!r})
late.update(due_on=dt.date.today() - dt.timedelta(days=8))
call_command("run_due", verbosity=0)
"""
# Filled in page by page in test_analyses.py.
DRAFT = """
from django.contrib.auth.models import User
from tests.workflow.analyses.writing import written
from workflow.models import Case
says = {{"cspr_referral": "already_known", "cspr_referral_on": {today!r}}}
written(Case.objects.get(reference={case!r}), "cdrm", User.objects.get(username="designated-doctor"), **says)
"""

# Of its own: another journey finds the demo’s panels as they were.
PANEL = """
import datetime as dt
from django.contrib.auth.models import User
from cdop.demo.panels import panel_on
staff = {group.name: user for user in User.objects.all() for group in user.groups.all()}
print(panel_on(dt.date.today() + dt.timedelta(days=60), "journey", staff).pk)
"""


def address_of(agency: str, case: str) -> str:
    return f"{agency}-{case}@invented.example"


def sound(page) -> None:
    assert violations(page, within="main", ignore=WAGTAILS_OWN) + does_not_fit(page) == []


def test_one_child_from_the_notification_to_the_end(server, plain_page, open_page, staff_page, watch):
    publish_on(server, FORM, "What agencies know", page_of("known", KNOWN, SMOKES))
    walk_to_check(plain_page)
    reference = send(plain_page)
    coordinator, doctor, chair = (staff_page(who) for who in ("coordinator", "designated-doctor", "panel-chair"))
    case = case_of(coordinator, reference)

    decide(coordinator, case, "scope", in_scope="yes")
    decide(coordinator, case, "jar", required="no", decider_role="Designated doctor")
    make(coordinator, case, "accept")
    decide(coordinator, case, "hold", kind="coroner", blocks="panel")
    assert "On hold" in coordinator.locator("main").inner_text()

    ask_five(coordinator, case)
    pages = [answer(open_page(320), server, agency, case) for agency in SAYS if agency != LATE]
    for page in pages:
        give_back(page)
    the_late_one_is_reminded(server, coordinator, case)
    give_back(answer(open_page(320), server, LATE, case, look=sound))
    settle_what_they_contradict(coordinator, case)

    suspect_neglect(coordinator, case)
    hear_the_family(coordinator, case)
    make(coordinator, case, "information_complete", returns="returned")
    meet_those_who_cared(server, coordinator, doctor, case)
    the_hold_stops_the_panel_until_it_ends(coordinator, case)

    prepare_pack(coordinator, case)
    panel = server.manage("shell", "-c", PANEL).split()[-1]
    make(coordinator, case, "schedule_panel", meeting=panel)
    make(chair, case, "defer", deferred_for="more_information")
    assert "Ready for panel" in shown_state(chair)
    make(coordinator, case, "schedule_panel", meeting=panel)
    hold_todays_panel(coordinator, case)
    the_chair_signs(coordinator, chair, case)

    make(coordinator, case, "finalise")
    not_closed_while_a_referral_is_unanswered(coordinator, case)
    tell_the_family(coordinator, case)
    make(coordinator, case, "close", ncmd_receipt="INVENTED-1")
    assert "Closed" in shown_state(coordinator)
    the_whole_story_is_told(coordinator, case)


def ask_five(coordinator, case: str) -> None:
    """The one whom the notification names and two more; then another two."""
    waiting = list(SAYS)
    for lines in ([0, 1, 2], [1, 2]):
        coordinator.goto(f"/admin/cases/{case}/ask/")
        for line in coordinator.locator(".cdop-asked").all():
            line.locator("[name$=-include]").uncheck()
        for number in lines:
            fill_in_line(coordinator.locator(".cdop-asked").nth(number), waiting.pop(0), case)
        coordinator.get_by_role("button", name="Send the requests").press("Enter")
        coordinator.get_by_text(f"{len(lines)} requests sent.").wait_for()
    assert coordinator.locator(".cdop-requests tbody tr").count() == len(SAYS)
    coordinator.goto(f"/admin/cases/{case}/ask/")
    sound(coordinator)


def fill_in_line(line, agency: str, case: str) -> None:
    line.locator("[name$=-include]").check()
    line.locator("[name$=-organisation]").fill(f"Journey {agency}")
    line.locator("[name$=-email]").fill(address_of(agency, case))
    line.locator("summary").press("Enter")
    for box in line.locator("[name$=-forms]").all():
        box.set_checked(box.get_attribute("value") == FORM)


def answer(page, server, agency: str, case: str, look=lambda page: None):
    """By link and code, as somebody of that agency would; the page on which they check what they have said."""
    address = address_of(agency, case)
    page.goto(re.search(rf"{server.url}(/requests/\S+)", mail_to(server, address))[1])
    look(page)
    press(page, "Send me a code")
    page.get_by_label("code").fill(re.search(r"code is (\d{6})", mail_to(server, address))[1])
    press(page, "Continue")
    page.get_by_text("Journey Madeup").wait_for()
    look(page)
    press(page, "Answer")
    page.fill("[name=known]", f"Invented facts from the {agency}.")
    page.check(f"[name=smoked][value={SAYS[agency]}]")
    look(page)
    press(page, "Save and continue")
    return page


def give_back(page) -> None:
    press_send(page)
    page.get_by_role("button", name="Back to the request").click()
    press(page, "Return to the team")
    page.get_by_text("You have returned this. Thank you.").wait_for()


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def the_late_one_is_reminded(server, coordinator, case: str) -> None:
    server.manage("shell", "-c", THREE_WEEKS_LATER.format(case=case, agency=LATE))
    assert "was due on" in mail_to(server, address_of(LATE, case))
    coordinator.goto("/admin/work/everybody/")
    sound(coordinator)
    line = coordinator.locator("main li", has_text=case).filter(has_text=f"Journey {LATE}")
    assert line.locator(".cdop-late").count() == 1
    make_is_stopped(coordinator, case, "information_complete", f"Not yet answered: Journey {LATE}")


def make_is_stopped(staff, case: str, move: str, why: str) -> None:
    staff.goto(f"/admin/cases/{case}/move/{move}/")
    staff.get_by_text(why).first.wait_for()
    assert staff.locator("main form button[type=submit]").first.is_disabled()


def settle_what_they_contradict(coordinator, case: str) -> None:
    """The hospital saw what the others did not."""
    coordinator.goto(f"/admin/cases/{case}/record/?show=choose&q=smoke")
    sound(coordinator)
    with coordinator.expect_navigation():
        coordinator.get_by_role("link", name=re.compile("Settle Did anybody smoke")).first.press("Enter")
    sound(coordinator)
    coordinator.get_by_label("Yes – Journey hospital").press("Space")
    coordinator.locator("[name=reason]").fill("The ward saw a parent smoke.")
    coordinator.get_by_role("button", name="Go by this answer").press("Enter")
    coordinator.wait_for_url("**/record/")
    coordinator.goto(f"/admin/cases/{case}/record/?show=agreed")
    coordinator.get_by_text("Did anybody smoke at home?").first.wait_for()


def suspect_neglect(coordinator, case: str) -> None:
    """Everybody is told the same day."""
    home = f"/admin/cases/{case}/safeguarding/"
    coordinator.goto(f"{home}suspect/")
    sound(coordinator)
    act(coordinator, home, f"{home}suspect/", basis="Invented: weight not followed up.")
    for address in moves_on_referrals(coordinator, home, "send"):
        act(coordinator, home, address, how="By secure e-mail")


def moves_on_referrals(staff, home: str, move: str) -> list[str]:
    staff.goto(home)
    sound(staff)
    found = [link.get_attribute("href") for link in staff.locator(f"main a[href$='/{move}/']").all()]
    assert len(found) == 3
    return found


def hear_the_family(coordinator, case: str) -> None:
    home = f"/admin/cases/{case}/family/"
    act(coordinator, home, f"{home}key-worker/", name="Invented Key Worker", contact="01632 960 001")
    act(coordinator, home, f"{home}told/", told_on=days_ago(0).isoformat(), guide_on=days_ago(0).isoformat())
    act(coordinator, home, f"{home}said/", kind="question", text=QUESTION, who="Mother")
    coordinator.goto(home)
    sound(coordinator)


def meet_those_who_cared(server, coordinator, doctor, case: str) -> None:
    """The CDRM has the family's question before it; the hold does not concern it."""
    today = days_ago(0).isoformat()
    make(coordinator, case, "schedule_cdrm", cdrm_on=today)
    coordinator.locator("#meetings-section a").last.click()
    coordinator.get_by_text(QUESTION).first.wait_for()
    sound(coordinator)
    make_is_stopped(coordinator, case, "record_cdrm", "draft analysis")
    server.manage("shell", "-c", DRAFT.format(case=case, today=today))
    make(coordinator, case, "record_cdrm", cdrm_kind="cdrm", cdrm_held_on=today)
    family = f"/admin/cases/{case}/family/"
    act(coordinator, family, f"{family}brought/")
    coordinator.get_by_text("Brought to:").wait_for()
    make(doctor, case, "check_quality")


def the_hold_stops_the_panel_until_it_ends(coordinator, case: str) -> None:
    make_is_stopped(coordinator, case, "quality_checked", "On hold: ")
    coordinator.goto(f"/admin/cases/{case}/")
    end = coordinator.locator("#holds-section a[href$='/end/']").get_attribute("href")
    act(coordinator, f"/admin/cases/{case}/", end)
    make(coordinator, case, "quality_checked")


def the_chair_signs(coordinator, chair, case: str) -> None:
    """What the panel found is a copy of the draft; the signature records and signs off its review."""
    coordinator.goto(f"/admin/cases/{case}/analyses/begin/panel/")
    with coordinator.expect_navigation():
        coordinator.get_by_role("button", name="Go to the form").press("Enter")
    coordinator.locator(ONWARD).click()
    coordinator.check("[name=agencies_present][value=police]")
    walk(coordinator)
    chair.goto(f"/admin/cases/{case}/")
    chair.get_by_role("link", name="Read and sign it").press("Enter")
    chair.locator("[name=agreed]").press("Space")
    chair.get_by_role("button", name="Sign it").press("Enter")
    chair.get_by_text("Signed. The panel’s findings are recorded.").wait_for()
    assert "Reviewed by panel" in shown_state(chair)


def not_closed_while_a_referral_is_unanswered(coordinator, case: str) -> None:
    make_is_stopped(coordinator, case, "close", "Safeguarding referrals without an answer")
    home = f"/admin/cases/{case}/safeguarding/"
    for address in moves_on_referrals(coordinator, home, "answer"):
        act(coordinator, home, address)


def tell_the_family(coordinator, case: str) -> None:
    home = f"/admin/cases/{case}/family/"
    act(coordinator, home, f"{home}feedback/", given_by="Invented Key Worker", text="Invented: what was found.")
    assert "what was found" in coordinator.locator("main").inner_text()


def the_whole_story_is_told(coordinator, case: str) -> None:
    coordinator.goto(f"/admin/cases/{case}/timeline/")
    sound(coordinator)
    told = coordinator.locator("main").inner_text()
    for words in ("On hold: ", "Hold ended", "Abuse or neglect is suspected.", "Defer", "Journey police: returned."):
        assert words in told

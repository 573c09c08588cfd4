"""What is left of a review that another panel has: who the child was, and where it went and why."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from forms.models import AuditEntry
from forms.rotating import sealed_columns
from forms.sealing import seal, unseal
from tests.forms.test_uploads import PDF
from tests.notifying import days_ago
from tests.workflow.family.hearing import hear
from tests.workflow.safeguarding.referring import AUTHORITY, PANEL, PARTNERS, make, suspect, to
from workflow import services
from workflow.attachments.services import attach
from workflow.collating.selectors import record_of
from workflow.collating.services import agree
from workflow.family import services as family
from workflow.letters.shipped import load_letters
from workflow.matching.selectors import newest_decision
from workflow.matching.services import decide_apart
from workflow.models import Case, Family, Task
from workflow.models.attachments import PMRT_REPORT
from workflow.models.case import CaseIdentity
from workflow.models.history import StateChange, TimelineEntry
from workflow.safeguarding.services import keep_letter
from workflow.safeguarding.shipped import load_recipients
from workflow.services import MoveRefused
from workflow.services.forgetting import WRITTEN
from workflow.worklist.desk import Days, Desk
from workflow.worklist.items import items
from workflow.worklist.services import give, tell

pytestmark = pytest.mark.django_db
CLINICAL = "Invented: found without breath in the morning"
MOVES = ("offer_transfer", "transfer_accepted")


def fill(case, by) -> None:
    """Everything that can be written about a child before anybody has taken the review on."""
    services.add_note(case, by, CLINICAL)
    services.add_note(case, by, CLINICAL, "phone")
    give(case, CLINICAL, by, by, days_ago(0))
    tell(case, CLINICAL, [by], by)
    services.decide_jar(case, by, "no", ["sudden_no_cause"], "Invented role", CLINICAL)
    services.set_urgent(case, by, True, CLINICAL)
    held = {"kind": "post_mortem", "blocks": [], "started_on": days_ago(1), "expected_end": None, "review_on": None}
    services.hold(case, by, **held, reason=CLINICAL)
    said = hear(case, by, text=CLINICAL)
    family.answer(said, by=by, text=CLINICAL, answered_on=days_ago(0))
    family.give_feedback(case, by, given_on=days_ago(0), given_by="Invented nurse", text=CLINICAL)
    family.name_key_worker(case, by, name=CLINICAL, role="Nurse", contact="")
    Family.objects.filter(case=case).update(sealed_wishes=seal(CLINICAL), sealed_language=seal(CLINICAL))
    attach(case, by, SimpleUploadedFile(f"{CLINICAL}.pdf", PDF), PMRT_REPORT, days_ago(1), CLINICAL)
    tell_partners(case, by)
    item = next(each for each in record_of(case, by) if not each.identifies)
    agree(case, by, item.name, {told.submission for told in item.told}, CLINICAL, item.told[0].submission)


def tell_partners(case, by) -> None:
    """Abuse was suspected, and everybody who must know it has been told."""
    load_letters()
    load_recipients()
    suspect(case, by, basis=CLINICAL, said_by=CLINICAL)
    keep_letter(to(case, AUTHORITY), by, CLINICAL)
    make(to(case, AUTHORITY), "send", by, how=CLINICAL, reference="LA-1")
    for recipient in (PARTNERS, PANEL):
        make(to(case, recipient), "not_needed", by, words=CLINICAL)


def give_away(case, by):
    case = services.move(case, "offer_transfer", by, details={"receiving_area": "Invented CDOP"})
    return services.move(case, "transfer_accepted", by, details={"transfer_acknowledgement": "Their doctor, by phone"})


def still_readable() -> list[str]:
    """Which sealed columns of the whole product still hold the words."""
    found = []
    for model, column in sealed_columns():
        tokens = model._base_manager.exclude(**{column: ""}).values_list(column, flat=True)
        if any(CLINICAL in str(unseal(token)) for token in tokens):
            found.append(f"{model.__name__}.{column}")
    return found


def test_no_word_about_the_child_is_left_anywhere(case, coordinator):
    fill(case, coordinator)
    assert len(still_readable()) >= 18
    give_away(case, coordinator)
    assert still_readable() == []


def test_the_history_says_that_it_was_erased_by_whom_and_when(case, coordinator):
    fill(case, coordinator)
    lines = case.timeline.count()
    case = give_away(case, coordinator)
    assert case.timeline.count() == lines + len(MOVES) + 1
    erased = case.timeline.get(kind="erased")
    moved = StateChange.objects.get(transition="transfer_accepted")
    assert (erased.by, erased.at) == (coordinator, moved.at)
    assert AuditEntry.objects.filter(what="case.erased", about=case.reference, by=coordinator).count() == 1


def test_that_something_was_noted_and_by_whom_stays(case, coordinator, client):
    fill(case, coordinator)
    case = give_away(case, coordinator)
    assert case.timeline.filter(kind="noted", by=coordinator).exists()
    assert case.agreed_values.get().details == {}
    client.force_login(coordinator)
    for screen in ("case", "timeline", "record", "family", "safeguarding"):
        page = client.get(reverse(f"cases:{screen}", args=[case.reference])).content.decode()
        assert CLINICAL not in page
    assert (
        "Erased, because another panel has the review"
        in client.get(reverse("cases:timeline", args=[case.reference])).content.decode()
    )


def test_that_a_referral_was_made_stays_without_its_words(case, coordinator, client):
    fill(case, coordinator)
    case = give_away(case, coordinator)
    referral = to(case, AUTHORITY)
    assert (referral.state, referral.reference, referral.sent_at is None) == ("sent", "LA-1", False)
    assert (referral.suspicion.basis, referral.letter, referral.suspicion.known_on) == ("", "", days_ago(0))
    assert make(referral, "answer", coordinator).outcome
    client.force_login(coordinator)
    page = client.get(reverse("cases:safeguarding", args=[case.reference])).content.decode()
    assert "Erased: another panel has the review." in page
    assert "Read the letter" not in page


def test_a_review_is_not_given_away_before_its_referrals_are_sent(case, coordinator, notify):
    other = notify()
    load_letters()
    load_recipients()
    suspect(other, coordinator)
    services.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    with pytest.raises(MoveRefused, match=r"Safeguarding referrals to be sent: .*Send them first"):
        give_away(case, coordinator)
    for recipient in (AUTHORITY, PARTNERS, PANEL):
        make(to(other, recipient), "send", coordinator)
    services.move(case, "transfer_accepted", coordinator, details={"transfer_acknowledgement": "By phone"})


def test_whether_the_family_wants_no_contact_stays(case, coordinator):
    fill(case, coordinator)
    Family.objects.filter(case=case).update(no_contact=True)
    give_away(case, coordinator)
    assert Family.objects.get(case=case).no_contact


def test_a_stub_says_nothing_of_an_age_it_does_not_hold(case, coordinator, client):
    client.force_login(coordinator)
    address = reverse("cases:case", args=[case.reference])
    assert "Age at death" in client.get(address).content.decode()
    give_away(case, coordinator)
    assert "Age at death" not in client.get(address).content.decode()


def test_who_the_child_was_and_why_it_went_stay(case, coordinator):
    fill(case, coordinator)
    case = services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    case = services.move(case, "transfer_declined", coordinator, "They say that the child lived here")
    case = give_away(case, coordinator)
    assert CaseIdentity.objects.get(case=case).details["family_name"]
    assert StateChange.objects.get(transition="transfer_declined").reason == "They say that the child lived here"
    assert case.timeline.get(text__startswith="Record that they declined").words == "They say that the child lived here"


def test_nothing_is_erased_while_the_transfer_is_only_offered(case, coordinator):
    fill(case, coordinator)
    before = still_readable()
    case = services.move(case, "offer_transfer", coordinator, details={"receiving_area": "Invented CDOP"})
    assert still_readable() == before
    services.move(case, "transfer_declined", coordinator, "Theirs is too")
    assert still_readable() == before
    assert not case.timeline.filter(kind="erased").exists()


def test_what_was_still_to_be_done_is_on_nobodys_list_any_more(case, coordinator):
    fill(case, coordinator)
    give_away(case, coordinator)
    assert not Task.objects.filter(done_at=None).exists()
    assert items(Desk(coordinator, "everybody"), Days()) == []


def test_what_was_merged_into_it_is_erased_with_it(case, coordinator, notify):
    other = notify()
    fill(other, coordinator)
    services.move(other, "mark_duplicate", coordinator, details={"duplicate_of": case.reference})
    give_away(case, coordinator)
    assert still_readable() == []
    assert Case.objects.get(pk=other.pk).timeline.filter(kind="erased").exists()


def test_another_case_keeps_every_word(case, coordinator, notify):
    other = notify()
    fill(other, coordinator)
    before = still_readable()
    give_away(case, coordinator)
    assert still_readable() == before


@pytest.mark.parametrize("first", [True, False])
def test_why_it_was_not_the_same_child_goes_on_both_sides_and_that_it_was_decided_stays(
    case, coordinator, notify, first
):
    earlier, later = (case, notify()) if first else (notify(), case)
    services.add_note(later if first else earlier, coordinator, "A word about the other child alone.")
    decide_apart(earlier, later, coordinator, True, CLINICAL)
    assert set(still_readable()) == {"MatchDecision.sealed_reason", "TimelineEntry.sealed_words"}
    give_away(case, coordinator)
    assert still_readable() == []
    other = later if first else earlier
    assert newest_decision(case, other).apart
    assert other.timeline.filter(kind="decided", text=f"Not the same child as {case.reference}.").exists()
    assert other.timeline.get(kind="noted").words == "A word about the other child alone."


def test_the_lines_themselves_cannot_be_taken_away_or_changed(case, coordinator):
    case = give_away(case, coordinator)
    with pytest.raises(ValidationError):
        case.timeline.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TimelineEntry._meta.db_table} SET text = 'x' WHERE kind = 'erased'")


# Who the child is, and why it went where.
STAYS = {"CaseIdentity", "StateChange", "OutboxMessage"}
# Begun only by a panel that has taken the review on, or that had ended it in another system.
LATER = {"Action", "Analysis", "HistoryRow", "InformationRequest", "Pack"}


def _is_about_a_case(model) -> bool:
    """By a column of whatever name: what compares two cases is about each of them."""
    return any(each.related_model is Case for each in model._meta.fields)


def test_of_every_kind_of_words_about_a_case_it_is_said_whether_they_stay():
    erased = {model.__name__ for model, _, _ in WRITTEN} | {"TimelineEntry"}
    about = {model.__name__ for model, _ in sealed_columns() if _is_about_a_case(model)}
    assert about - erased == STAYS | LATER

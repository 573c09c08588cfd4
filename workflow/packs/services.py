"""The only place that writes packs."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from forms.kinds.base import storable
from forms.models import Submission
from forms.sealing import seal
from workflow.collating.selectors import record_of
from workflow.intake import NOTIFICATION
from workflow.models import Case, Pack, PackOpening, PackPassage
from workflow.packs.building import Line, Setting, lines
from workflow.packs.family import family_lines
from workflow.packs.forms import digest
from workflow.packs.heading import heading_of
from workflow.packs.known import Known
from workflow.packs.people import known_of
from workflow.packs.scanning import Span, scan, suggested
from workflow.packs.selectors import (
    counted,
    may_prepare,
    newest_agreed,
    newest_decision,
    pack_in_hand,
    received_now,
    still_open,
)
from workflow.services.refusing import MoveRefused, locked, locked_open, require
from workflow.services.telling import note, record_view

Decision, State = PackPassage.Decision, Pack.State
KEPT = 60


@transaction.atomic
def make_pack(case: Case, by: User) -> Pack:
    """Begin a pack from what is known now. What was decided on a passage before holds while its words are the same."""
    require(may_prepare(by))
    current = locked_open(case)
    known, before = known_of(current), _decided_before(current)
    setting = Setting(known.born, known.died, _roles(current).__getitem__)
    found = [*lines(record_of(current, by), setting), *family_lines(current, setting)]
    if not found:
        raise MoveRefused(["Nothing is known yet that a panel could read."])
    Pack.objects.filter(case=current, state=State.PREPARING).update(state=State.REPLACED)
    pack = Pack.objects.create(
        case=current,
        number=current.packs.count() + 1,
        sealed_heading=seal(heading_of(current, known)),
        submissions=received_now(current),
        newest_agreed=newest_agreed(current),
        made_by=by,
    )
    passages = [_passage(pack, place, line, known) for place, line in enumerate(found)]
    for passage, line in zip(passages, found, strict=True):
        _decide_as_before(passage, line, before, known)
    PackPassage.objects.bulk_create(passages)
    note(current, by, "noted", f"Began anonymised pack {pack.number}.")
    return pack


def _passage(pack: Pack, place: int, line: Line, known: Known) -> PackPassage:
    shown = suggested(line.text, scan(line.text, known)) if line.written else line.text
    return PackPassage(
        pack=pack,
        place=place,
        section=line.section,
        label=line.label,
        source=line.source,
        item=line.item,
        submission_id=line.submission,
        sealed_original=seal(line.text),
        sealed_shown=seal(shown),
        decision=Decision.OPEN if line.written else Decision.CODED,
    )


def _decided_before(case: Case) -> dict[tuple[str, int | None, str], PackPassage]:
    """By item, submission and words, what was typed into or decided on the passages of the newest pack."""
    newest = case.packs.order_by("-number").first()
    decided = newest.passages.exclude(decision=Decision.CODED) if newest else []
    return {(each.item, each.submission_id, each.original): each for each in decided}


def _decide_as_before(passage: PackPassage, line: Line, before: dict, known: Known) -> None:
    """Unless somebody has become known since whom the words that were confirmed name."""
    old = before.get((line.item, line.submission, line.text))
    if old is None or not line.written:
        return
    if old.decision != Decision.LEFT_OUT and (found := certain(old.shown, known)):
        passage.sealed_shown = seal(suggested(old.shown, found))
        return
    passage.sealed_shown = old.sealed_shown
    passage.decision, passage.decided_by_id, passage.decided_at = old.decision, old.decided_by_id, old.decided_at


def _roles(case: Case) -> dict[int, str]:
    """Who sent a submission, by the kind of the agency."""
    received = case.submissions.select_related(
        "submission__version__form", "submission__form_return__requested__request__agency"
    )
    return {row.submission_id: _role(row.submission) for row in received}


def _role(submission: Submission) -> str:
    if not hasattr(submission, "form_return"):
        return "Notification" if submission.version.form.slug == NOTIFICATION else submission.definition.title
    agency = submission.form_return.requested.request.agency
    return agency.kind_label if agency.kind and agency.kind != "other" else "Another agency"


def certain(text: str, known: Known) -> list[Span]:
    """What a text still says of who somebody is, beyond doubt."""
    return [span for span in scan(text, known) if span.sure]


@transaction.atomic
def confirm_passage(
    passage: PackPassage, by: User, text: str, kept: bool = False, seen: str | None = None
) -> PackPassage:
    """Let a passage into the pack as `text`; `kept` says that what the scan still finds in it may stand.

    `seen` is the `newest_decision` on the screen where the person decided.

    Raises:
        MoveRefused: there is no text, it still names somebody, or somebody else was first.
    """
    current = _to_decide(passage, by, seen)
    text = storable(text).strip()
    if not text:
        raise MoveRefused(["Write what the panel should read, or leave the passage out."])
    if not kept and (found := certain(text, known_of(current.pack.case))):
        raise MoveRefused([_still_says(text, found)])
    current.sealed_shown = seal(text)
    return _decided(current, by, Decision.CONFIRMED)


def _still_says(text: str, found: Iterable[Span]) -> str:
    said = ", ".join(f"“{text[span.start : span.end][:KEPT]}” ({span.label.lower()})" for span in found)
    return f"This still stands in the text: {said}. Take it out, or tick that it may stay."


@transaction.atomic
def leave_out(passage: PackPassage, by: User, seen: str | None = None) -> PackPassage:
    """Keep a passage out of the pack."""
    return _decided(_to_decide(passage, by, seen), by, Decision.LEFT_OUT)


def _to_decide(passage: PackPassage, by: User, seen: str | None) -> PackPassage:
    require(may_prepare(by))
    locked_open(passage.pack.case)
    current = PackPassage.objects.select_related("pack__case").get(pk=passage.pk)
    if current.pack.state != State.PREPARING:
        raise MoveRefused([f"This pack is “{current.pack.get_state_display()}”. Nothing in it can be changed."])
    if current.decision == Decision.CODED:
        raise MoveRefused(["This answer was chosen from a list and goes in as it is."])
    if seen is not None and seen != newest_decision(current) and current.decided_by:
        raise MoveRefused([_already_decided(current, current.decided_by)])
    return current


def _already_decided(passage: PackPassage, by: User) -> str:
    who = by.get_full_name() or by.username
    done = f"has confirmed this passage meanwhile as “{passage.shown}”." if passage.goes_in else "has left it out."
    return f"{who} {done} Decide once more to put yours in its place."


def _decided(passage: PackPassage, by: User, decision: str) -> PackPassage:
    passage.decision, passage.decided_by, passage.decided_at = decision, by, timezone.now()
    passage.save(update_fields=["sealed_shown", "decision", "decided_by", "decided_at"])
    return passage


@transaction.atomic
def keep_typed(case: Case, by: User, sent: Iterable[tuple[int, str, str]]) -> tuple[int, dict[int, tuple[str, str]]]:
    """Keep what was typed into passages that were not decided with it: how many. What a colleague
    changed meanwhile is not written over: by passage, what was typed and what stands there now.

    Each is open afterwards, even one that was decided before: nothing goes in that nobody confirmed.
    """
    require(may_prepare(by))
    pack = pack_in_hand(locked_open(case))
    changed = {pk: (seen, text) for pk, seen, text in sent if text and digest(text) != seen}
    passages = pack.passages.exclude(decision=Decision.CODED).filter(pk__in=changed) if pack else []
    kept, clashes = 0, {}
    for passage in passages:
        seen, text = changed[passage.pk]
        now = digest(passage.shown)
        if now == digest(text):
            continue
        if now != seen:
            clashes[passage.pk] = (text, passage.shown)
            continue
        passage.sealed_shown = seal(storable(text))
        passage.decision, passage.decided_by, passage.decided_at = Decision.OPEN, None, None
        passage.save(update_fields=["sealed_shown", "decision", "decided_by", "decided_at"])
        kept += 1
    return kept, clashes


@transaction.atomic
def finish(case: Case, by: User, as_pdf: bool = False) -> Pack:
    """Freeze the pack that is being prepared: from now on it is the one that is read.

    Raises:
        MoveRefused: there is none, or a passage in it is open.
    """
    require(may_prepare(by))
    current = locked_open(case)
    pack = pack_in_hand(current)
    if pack is None:
        raise MoveRefused(["No pack is being prepared."])
    if number := counted(pack)["open"]:
        raise MoveRefused([still_open(number)])
    Pack.objects.filter(case=current, state=State.FINISHED).update(state=State.REPLACED)
    pack.state, pack.finished_by, pack.finished_at, pack.as_pdf = State.FINISHED, by, timezone.now(), as_pdf
    pack.save()
    note(current, by, "noted", f"Finished anonymised pack {pack.number}: the panel can read it.")
    return pack


@transaction.atomic
def withdraw(case: Case, by: User, reason: str) -> None:
    """Nobody can read the finished pack any more, whether the review is open or not."""
    require(may_prepare(by))
    current = locked(case)
    pack = current.packs.filter(state=State.FINISHED).first()
    if pack is None:
        raise MoveRefused(["There is no finished pack to withdraw."])
    pack.state = State.WITHDRAWN
    pack.save(update_fields=["state"])
    note(current, by, "noted", f"Withdrew anonymised pack {pack.number}.", reason)


def record_opening(pack: Pack, by: User, how: str) -> PackOpening:
    """Remember that somebody read a pack: every time, and on the report of who opened which case."""
    record_view(pack.case, by)
    return PackOpening.objects.create(pack=pack, by=by, how=how)

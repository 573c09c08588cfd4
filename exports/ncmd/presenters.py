"""One case's return in words: a panel for each stage, what is missing there, and what can be done."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from exports.models import NcmdReturn, NcmdReturnChange, NcmdSending
from exports.ncmd.dictionary import Content, ncmd
from exports.ncmd.evidence import Evidence, evidence_about
from exports.ncmd.gateways import GATEWAYS
from exports.ncmd.permissions import user_can_send_returns
from exports.ncmd.rules import Missing, missing
from exports.ncmd.sheet import sheet, values
from exports.ncmd.states import DONE, LABELS, ON_ITS_WAY, STAGES, TO_SEND, ReturnMove, ReturnState, Stage, moves_from
from workflow.models import Case
from workflow.permissions import Person, user_can_work_cases
from workflow.presenters import case_url
from workflow.states import BY_NAME

ON_THEIR_WAY = Prefetch(
    "sendings",
    NcmdSending.objects.filter(state__in=ON_ITS_WAY).select_related("batch").defer("sealed"),
    to_attr="on_their_way",
)


@dataclass(frozen=True)
class ToMend:
    """What is missing, and the address where this person can mend it (empty when they cannot)."""

    text: str
    stops: bool
    url: str


@dataclass(frozen=True)
class StagePanel:
    content: Content
    title: str
    state: str
    label: str
    one: NcmdReturn | None
    changes: list[NcmdReturnChange]
    to_mend: list[ToMend]
    moves: list[ReturnMove]
    differs: list[str]
    unasked: bool
    sending: NcmdSending | None = None

    @property
    def possible(self) -> list[ReturnMove]:
        """The moves that nothing stands in the way of."""
        stopped = any(each.stops for each in self.to_mend)
        return [move for move in self.moves if move.name != "send" or not (stopped or self.sending)]

    @property
    def for_interface(self) -> bool:
        """Whether it could be handed to NCMD's interface now."""
        return GATEWAYS["api"].is_open and any(move.name == "send" for move in self.possible)

    @property
    def when(self) -> str:
        """After which move it is due, where it is not yet."""
        return BY_NAME[self.content.due_after].label


def to_mend(found: list[Missing], case: Case, user: Person) -> list[ToMend]:
    return [ToMend(each.text, each.stops, _where(each, case, user)) for each in found]


def _where(found: Missing, case: Case, user: Person) -> str:
    if not user_can_work_cases(user):
        return ""
    if found.mend:
        return f"{case_url(case)}{found.mend}" if found.mend.startswith("#") else case_url(case, found.mend)
    if found.item:
        return reverse("cases:agree", args=[case.reference, found.item])
    return ""


def stages_of(case: Case, user: Person) -> list[StagePanel]:
    known = evidence_about([case])[case.pk]
    returns = {one.stage: one for one in case.ncmd_returns.prefetch_related("changes__by", ON_THEIR_WAY)}
    return [_panel(content, returns.get(stage), known, user) for stage, content in ncmd().contents.items()]


def panel_of(one: NcmdReturn, known: Evidence, user: Person) -> StagePanel:
    prefetch_related_objects([one], ON_THEIR_WAY)
    return _panel(ncmd().contents[Stage(one.stage)], one, known, user)


def _panel(content: Content, one: NcmdReturn | None, known: Evidence, user: Person) -> StagePanel:
    state = ReturnState(one.state) if one else ReturnState.NOT_DUE
    found = missing(content.stage, known) if state in TO_SEND else []
    may = one is not None and user_can_send_returns(user)
    changes = list(one.changes.all()) if one else []
    return StagePanel(
        content=content,
        title=STAGES[Stage(content.stage)],
        state=str(state),
        label=LABELS[state],
        one=one,
        changes=changes,
        to_mend=to_mend(found, known.case, user),
        moves=moves_from(state) if may else [],
        differs=_since_sent(changes, known, content) if may and state in DONE | {ReturnState.SENT} else [],
        sending=next(iter(getattr(one, "on_their_way", ())), None),
        unasked=one is None and not content.concerns(known.case.record),
    )


def _since_sent(changes: list[NcmdReturnChange], known: Evidence, content: Content) -> list[str]:
    """The labels of the items that say something else now than when they were sent."""
    before = next((change.sent["values"] for change in reversed(changes) if change.sent), None)
    if before is None:
        return []
    now = values(sheet(known, content.stage))
    return [item.label for item in content.items if before.get(item.name, "") != now.get(item.name, "")]

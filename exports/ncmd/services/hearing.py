"""What NCMD says about a sending, from wherever it comes: said twice it is heard once, and it may change its mind."""

from django.contrib.auth.models import User
from django.db import transaction

from exports.models import NcmdSending
from exports.ncmd.gateways import Answer, Outcome
from exports.ncmd.services.changing import accept, change, held
from exports.ncmd.services.sending import went
from exports.ncmd.states import TO_SEND, ReturnState, SendingState

S = ReturnState
# By what the return is, and what NCMD says: the move. Anything else changes nothing here.
MOVES = {
    (S.SENT, Outcome.ACCEPTED): "accept",
    (S.SENT, Outcome.REJECTED): "reject",
    (S.REJECTED, Outcome.ACCEPTED): "accept_after_all",
    (S.ACCEPTED, Outcome.REJECTED): "reject_after_all",
    (S.FINALISED, Outcome.REJECTED): "reject_after_all",
}
NO_REASONS = "NCMD gave no reasons."
MOST_WORDS, MOST_REFERENCE = 10_000, 120


@transaction.atomic
def hear(sending: NcmdSending, answer: Answer, by: User | None = None) -> bool:
    """Record an answer; whether it was news. `by` is who read it in, where a person did.

    An answer about what has been sent anew since, or is on its way anew, comes too late and changes nothing.
    """
    current = held(sending.ncmd_return)
    sending = NcmdSending.objects.select_for_update().get(pk=sending.pk)
    sending.ncmd_return = current
    if current.sendings.filter(revision__gt=sending.revision).exists():
        return False
    reference, news = _plain(answer.reference)[:MOST_REFERENCE], False
    if sending.state != SendingState.SENT:
        if current.state not in TO_SEND:
            return False
        went(sending, current, reference=reference)
        news = True
    if answer.outcome in (Outcome.RECEIVED, sending.outcome):
        return news
    sending.outcome = str(answer.outcome)
    sending.save(update_fields=["outcome"])
    name = MOVES.get((S(current.state), answer.outcome))
    if name is None:
        return news
    if answer.outcome == Outcome.ACCEPTED:
        accept(current, name, by, reference or current.reference or sending.key, finisher=by or sending.by)
    else:
        words = _plain(answer.reasons)[:MOST_WORDS] or NO_REASONS
        change(current, name, by, words=words, reference=reference)
    return True


def _plain(text: str) -> str:
    """Without what no screen shows and PostgreSQL does not keep, such as a null or half of a surrogate pair."""
    return "".join(each if each.isprintable() or each == "\n" else " " for each in text).strip()

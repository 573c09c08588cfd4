"""The rules that are more than one answered item. Each gives the sentence that says what is missing, or nothing."""

from collections.abc import Callable

from exports.ncmd.evidence import Evidence
from exports.ncmd.states import DONE, STAGES, Stage
from workflow.states import State


def agencies_answered(known: Evidence) -> str:
    return f"Not yet answered: {', '.join(known.waiting)}." if known.waiting else ""


def analysis_signed(known: Evidence) -> str:
    return "" if known.says else "The final analysis is not signed by the chair of the panel."


def factors_graded(known: Evidence) -> str:
    factors = known.says.get("factors") or []
    bare = sum(not factor.get("level") for factor in factors)
    if not known.says or not bare:
        return ""
    return f"{bare} of {len(factors)} factors have no grade. NCMD wants each factor graded."


def modifiability_chosen(known: Evidence) -> str:
    chosen = not known.says or known.says.get("modifiability")
    return "" if chosen else "It is not chosen whether modifiable factors were identified."


def category_chosen(known: Evidence) -> str:
    chosen = not known.says or known.says.get("category_primary")
    return "" if chosen else "No category of death is chosen."


def case_finalised(known: Evidence) -> str:
    final = known.case.state in (State.SUBMITTED, State.CLOSED)
    return "" if final else f"The case is “{known.case.get_state_display()}”. Finalise it first."


def earlier_stages_accepted(known: Evidence) -> str:
    waiting = [
        STAGES[Stage(stage)] for stage, state in known.states.items() if stage != Stage.FINALISE and state not in DONE
    ]
    return f"NCMD has not accepted these stages yet: {', '.join(waiting)}." if waiting else ""


CHECKS: dict[str, Callable[[Evidence], str]] = {
    check.__name__: check
    for check in (
        agencies_answered,
        analysis_signed,
        factors_graded,
        modifiability_chosen,
        category_chosen,
        case_finalised,
        earlier_stages_accepted,
    )
}

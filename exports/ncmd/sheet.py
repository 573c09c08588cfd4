"""What one stage of one case says, item by item in the order of the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exports.ncmd.dictionary import ncmd
from exports.ncmd.evidence import Evidence
from exports.ncmd.states import Stage
from forms.dictionary import Item
from forms.schema import Question
from forms.selectors import answer_sections, row_for
from workflow.collating.engine import Item as Known
from workflow.collating.engine import Told

Values = dict[str, str]
NOTIFIER = "notifier_"


@dataclass(frozen=True)
class Line:
    item: Item
    words: str
    to_choose: bool = False
    value: Any = None

    @property
    def label(self) -> str:
        """As the form asks it; what it asks the notifier as “you” says who is meant."""
        return f"Who notified: {self.item.label}" if self.item.name.startswith(NOTIFIER) else self.item.label


def sheet(known: Evidence, stage: str) -> list[Line]:
    """Every item; of a stage that is `only_answered`, those that somebody answered."""
    content = ncmd().contents[Stage(stage)]
    items = known.found if content.from_analysis else known.record
    senders = {} if content.from_analysis else _about_the_notifier(known)
    lines = [_line(item, items, senders) for item in content.items]
    return [line for line in lines if line.words] if content.only_answered else lines


def _line(item: Item, items: Mapping[str, Known], senders: Values) -> Line:
    found = items.get(item.name)
    if found is None:
        words = senders.get(item.name, "")
        return Line(item, words, value=words or None)
    if found.to_choose:
        return Line(item, "", True)
    return Line(item, _words(found), value=_value(found))


def _value(found: Known) -> Any:
    """The answer as it is stored, for a program; where several said what can stand side by side, a list of theirs."""
    if found.agreed:
        return found.agreed.value
    told = _telling(found)
    if len(told) > 1 and not found.words:
        return [each.value for each in told]
    return told[-1].value if told else None


def _words(found: Known) -> str:
    """What the record says; where several said what can stand side by side, each with who said it."""
    if found.agreed:
        return _in_full(found.question, found.agreed.value)
    told = _telling(found)
    if found.words or len(told) == 1:
        return _in_full(told[-1].question, told[-1].value)
    return "\n".join(f"{each.source}: {_in_full(each.question, each.value)}" for each in told)


def _telling(found: Known) -> list[Told]:
    """Those who know it; where nobody does, those who said so."""
    return [each for each in found.told if each.known] or [each for each in found.told if each.value is not None]


def _in_full(question: Question, value: Any) -> str:
    """An answer in words; of a repeat group a line for each item, because NCMD wants each factor for itself."""
    row = row_for(question, {question.key: value})
    if not row.items:
        return row.text
    return "\n".join("; ".join(f"{part.label}: {part.text}" for part in item if part.text) for item in row.items)


def _about_the_notifier(known: Evidence) -> Values:
    """Who notified first: the record leaves them out, because they say nothing about the child."""
    if known.notified_by is None:
        return {}
    rows = (row for section in answer_sections(known.notified_by, identity=True) for row in section.rows)
    return {row.key: row.text for row in rows if row.key.startswith(NOTIFIER)}


def values(lines: list[Line]) -> Values:
    return {line.item.name: line.words for line in lines if line.words}


def coded(lines: list[Line]) -> dict[str, Any]:
    """What a program reads of them: codes, numbers and ISO dates."""
    return {line.item.name: line.value for line in lines if line.value is not None}

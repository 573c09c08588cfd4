"""NCMD's answers as a file: a CSV file with a line for each return. Its form is ours until NCMD says what it sends."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from exports.ncmd.gateways import Answer, Outcome

COLUMNS = ("key", "outcome", "reference", "reasons")
ANSWERED = (Outcome.ACCEPTED, Outcome.REJECTED)
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class AnswerLine:
    key: str
    answer: Answer


class NotReadable(Exception):
    """`problems` are sentences for the person who chose the file. They repeat nothing that stands in it."""

    def __init__(self, problems: list[str]) -> None:
        more = [f"There are {len(problems) - MOST_PROBLEMS} more."] if len(problems) > MOST_PROBLEMS else []
        self.problems = problems[:MOST_PROBLEMS] + more
        super().__init__(" ".join(self.problems))


def read(content: bytes, keys: Collection[str]) -> list[AnswerLine]:
    """The answers to the returns with these keys.

    Raises:
        NotReadable: some line is not right; then none of them counts.
    """
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise NotReadable(["This is not a CSV file in UTF-8."]) from None
    if absent := [name for name in COLUMNS[:2] if name not in (reader.fieldnames or ())]:
        raise NotReadable([f"There is no column “{name}”." for name in absent])
    problems: list[str] = []
    found = [line for number, row in rows if (line := _line(number, row, keys, problems))]
    twice = len(found) - len({line.key for line in found})
    if twice:
        problems.append("Some return is answered on more than one line.")
    if not rows:
        problems.append("There is no line in it.")
    if problems:
        raise NotReadable(problems)
    return found


def _line(number: int, row: dict[str, str | None], keys: Collection[str], problems: list[str]) -> AnswerLine | None:
    key, outcome, reference, reasons = ((row.get(name) or "").strip() for name in COLUMNS)
    wrong = []
    if key not in keys:
        wrong.append("no return of this file has that key")
    if outcome.lower() not in ANSWERED:
        wrong.append("the outcome is neither “accepted” nor “rejected”")
    if outcome.lower() == Outcome.REJECTED and not reasons:
        wrong.append("there are no reasons")
    problems.extend(f"Line {number}: {each}." for each in wrong)
    return None if wrong else AnswerLine(key, Answer(Outcome(outcome.lower()), reference, reasons))

"""A form from a REDCap data dictionary."""

import csv
from io import StringIO
from typing import Any

from forms.exchange.canonical import canonical
from forms.exchange.findings import Finding, Understood, Unreadable, refuse
from forms.exchange.foreign import Names, slug_of
from forms.exchange.logic import branching
from forms.exchange.logic.tree import NotUnderstood
from forms.exchange.notes import Note, read_note, restore
from forms.exchange.pages import Pages
from forms.exchange.redcap.annotations import understand
from forms.exchange.redcap.fields import question_of
from forms.exchange.redcap.losses import RECORD, native
from forms.exchange.redcap.write import ANNOTATION, COLUMNS, FORM, LABEL, LOGIC, NAME, SECTION, TYPE
from forms.schema import Condition, FormSchema, Question

MOST_ROWS = 10_000
NEEDED = (NAME, FORM, TYPE, LABEL)
RECORDS = (RECORD, "study_id", "participant_id", "subject_id", "patient_id")


def read(data: bytes) -> Understood:
    """The form in a data dictionary, with a finding for every cell that has no counterpart here.

    Raises:
        Unreadable: no CSV, missing columns, a variable twice, or a choice field without choices.
    """
    rows = _rows(data)
    findings: list[Finding] = []
    reader = Reader(rows, findings)
    if not reader.built.pages:
        raise Unreadable(*findings, Finding("", "No field was understood."))
    slug = slug_of([rows[0][1][FORM]], findings)
    schema = canonical(FormSchema(slug=slug, title=slug, pages=reader.built.pages))
    restored, changed = restore(schema, [reader.form, *reader.built.notes], native)
    return Understood(canonical(restored), findings + changed)


def _rows(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every row with its line, such as "line 7"; its cells by column, without blanks around them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse("This is not text in UTF-8. Save it as “CSV UTF-8”.") from None
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    found = []
    try:
        header = [column.strip().strip('﻿"') for column in next(lines, [])]
        _check_header(header)
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"line {lines.line_num}"
            if len(cells) != len(header):
                raise refuse(f"It has {len(cells)} cells; the first line has {len(header)}.", where)
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            found.append((where, dict.fromkeys(COLUMNS, "") | row))
            if len(found) > MOST_ROWS:
                raise refuse(f"There are more than {MOST_ROWS:,} fields.", where)
    except csv.Error as error:
        raise refuse(f"This is not a CSV file: {error}.", f"line {lines.line_num}") from None
    if not found:
        raise refuse("There are no fields below the first line.")
    return found


def _check_header(header: list[str]) -> None:
    missing = [column for column in NEEDED if column not in header]
    if missing:
        raise refuse(f"This is not a REDCap data dictionary: there is no column “{missing[0]}”.", "line 1")
    for column in header:
        if column and header.count(column) > 1:
            raise refuse(f"The column “{column}” stands twice.", "line 1")


class Reader:
    """Goes through the fields once; afterwards `built` has the pages, `form` our note on the form."""

    def __init__(self, rows: list[tuple[str, dict[str, str]]], findings: list[Finding]) -> None:
        self.findings = findings
        self.built = Pages(findings)
        self.form: Note = {}
        self.keys = self._named(rows)
        before: dict[str, str] = {}
        for number, (where, row) in enumerate(rows):
            if number == 0 and self._is_record(where, row):
                continue
            self._field(where, row, before)
            before = row

    def _named(self, rows: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
        names, keys, wrong = Names(), {}, []
        for where, row in rows:
            if not row[NAME]:
                wrong.append(Finding(where, "The field has no variable name."))
            elif row[NAME] in keys:
                wrong.append(Finding(where, f"The variable “{row[NAME]}” stands twice."))
            else:
                keys[row[NAME]] = names.key(row[NAME], where, self.findings)
        if wrong:
            raise Unreadable(*wrong)
        self.names = names
        return keys

    def _is_record(self, where: str, row: dict[str, str]) -> bool:
        """Whether this is the record’s own number, which is no question here."""
        if row[NAME] not in RECORDS or row[TYPE] != "text":
            return False
        self.form = self._notes(row, where).get("form", {})
        if row[NAME] != RECORD:
            self.findings.append(Finding(where, f"“{row[NAME]}” numbers the records; a reference does that here."))
        return True

    def _field(self, where: str, row: dict[str, str], before: dict[str, str]) -> None:
        notes = self._notes(row, where)
        if row[SECTION] or row[FORM] != before.get(FORM):
            self._page(where, row, notes)
        if isinstance(notes.get("intro"), bool):
            self.built.introduce(row[LABEL])
            return
        if "group" in notes:
            self._open(row, where, notes["group"])
        question = question_of(row, self.keys[row[NAME]], where, self.findings)
        if question is not None:
            field = notes.get("field", {})
            told = [] if "show_if" in field else self.findings
            self.built.add(question.model_copy(update={"show_if": self._condition(row, where, told)}), field)

    def _page(self, where: str, row: dict[str, str], notes: dict[str, Any]) -> None:
        if self.built.repeat:
            self.built.close_repeat()
        title = row[SECTION] or row[FORM].replace("_", " ").capitalize()
        self.built.open_group(title, title, Condition(), "", notes.get("page", {}))
        self.built.shown.pop()

    def _open(self, row: dict[str, str], where: str, note: Note) -> None:
        title = self.built.here().part.title
        key = row[FORM] if row[FORM] not in self.names.taken else self.names.free(row[FORM])
        group = Question(kind="repeat", key=key, label=title, item_title=title, sensitivity="I")
        self.built.open_repeat(group, where, note)

    def _notes(self, row: dict[str, str], where: str) -> dict[str, Any]:
        found = read_note(understand(row[ANNOTATION]).note, where, self.findings)
        return {name: note for name, note in found.items() if isinstance(note, dict | bool)}

    def _condition(self, row: dict[str, str], where: str, told: list[Finding]) -> Condition:
        if not row[LOGIC]:
            return Condition()
        try:
            found = branching.read(row[LOGIC])
        except NotUnderstood as problem:
            message = f"The condition was left out, so this is always asked. {problem}: {row[LOGIC]}"
            told.append(Finding(where, message))
            return Condition()
        tests = [
            test.model_copy(update={"question": self._ours(test.question), "other": self._ours(test.other)})
            for test in found.tests
        ]
        return Condition(join=found.join, tests=tests)

    def _ours(self, name: str) -> str:
        return self.keys.get(name, name)

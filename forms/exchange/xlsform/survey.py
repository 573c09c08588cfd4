"""The survey sheet as pages: groups are pages, repeats are repeat groups on a page of their own."""

from forms.exchange.book import SheetRow
from forms.exchange.findings import Finding, Unreadable
from forms.exchange.foreign import Names
from forms.exchange.logic import xpath
from forms.exchange.logic.tree import NotUnderstood
from forms.exchange.notes import read_note
from forms.exchange.pages import Pages
from forms.exchange.xlsform import constraints
from forms.exchange.xlsform.questions import KINDS, Lists, label_of, question_of, split_type
from forms.schema import Condition, Question, Rule

BEGIN = ("begin", "begin_group", "begin_repeat")
END = ("end", "end_group", "end_repeat")


class Survey:
    """Reads the rows once for the names, then once for what they say.

    Afterwards: `pages`, `rules`, and `notes` in the order of `notes.parts_of`, less the form's own.
    """

    def __init__(self, rows: list[SheetRow], lists: Lists, language: str, findings: list[Finding]) -> None:
        self.lists, self.language, self.findings = lists, language, findings
        self.rules: list[Rule] = []
        self.kinds: dict[str, str] = {}
        self.keys = self._named(rows)
        self.built = Pages(findings)
        self.open: list[tuple[str, SheetRow]] = []
        for row in rows:
            self._read(row)
        if self.open:
            raise Unreadable(*(Finding(row.where, "This group is not closed.") for _, row in self.open))
        self.pages, self.notes = self.built.pages, self.built.notes

    def _tell(self, where: str, message: str) -> None:
        self.findings.append(Finding(where, message))

    def _named(self, rows: list[SheetRow]) -> dict[str, str]:
        """Our key for every name; Unreadable for names that stand twice."""
        names = Names()
        keys: dict[str, str] = {}
        seen: dict[str, int] = {}
        wrong = []
        for row in rows:
            head, name = split_type(row)[0], row.get("name")
            if not name or (head in (*BEGIN, *END) and "repeat" not in row.get("type")):
                continue
            if name in seen:
                wrong.append(Finding(row.where, f"The name “{name}” is already used in row {seen[name]}."))
                continue
            seen[name] = row.number
            keys[name] = names.key(name, row.where, self.findings)
            self.kinds[keys[name]] = KINDS.get(head, "")
        if wrong:
            raise Unreadable(*wrong)
        self.names = names
        return keys

    def _read(self, row: SheetRow) -> None:
        head = split_type(row)[0]
        word = row.get("type").replace("_", " ").lower()
        if head in BEGIN:
            self._begin(row, "repeat" if "repeat" in word else "group")
        elif head in END:
            self._end(row, "repeat" if "repeat" in word else "group")
        elif head:
            self._question(row)

    def _begin(self, row: SheetRow, what: str) -> None:
        self.open.append((what, row))
        condition = self._condition(row)
        title = label_of(row, self.language) or row.get("name")
        note = read_note(row.get("cdop"), row.where, self.findings)
        if what == "group":
            self.built.open_group(row.get("name"), title, condition, row.where, note)
        else:
            key = self.keys.get(row.get("name")) or self.names.free("items")
            group = Question(kind="repeat", key=key, label=title, item_title=title, sensitivity="I", show_if=condition)
            self.built.open_repeat(group, row.where, note)

    def _end(self, row: SheetRow, what: str) -> None:
        if not self.open or self.open[-1][0] != what:
            raise Unreadable(Finding(row.where, f"This {what} was not begun, or another is still open."))
        self.open.pop()
        if what == "group":
            self.built.close_group()
        elif not any(kind == "repeat" for kind, _ in self.open):
            self.built.close_repeat()

    def _question(self, row: SheetRow) -> None:
        note = read_note(row.get("cdop"), row.where, self.findings)
        if isinstance(note.get("intro"), bool):
            self.built.introduce(label_of(row, self.language) if note["intro"] else "")
            return
        name = row.get("name")
        key = self.keys[name] if name else self.names.free("question")
        question = question_of(row, key, self.lists, self.language, self.findings)
        if question is None:
            return
        question = question.model_copy(update={"show_if": self._condition(row)})
        self.built.add(self._constrained(row, question), note)

    def _constrained(self, row: SheetRow, question: Question) -> Question:
        expression = row.get("constraint")
        if not expression:
            return question
        try:
            found = constraints.understand(self._ours(expression), question.key, self.kinds)
        except NotUnderstood as problem:
            self._tell(row.where, f"The constraint was left out. {problem}: {expression}")
            return question
        if found.refuse_if and self.built.repeat:
            self._tell(row.where, "The constraint was left out. Rules look at whole forms, not at items.")
        elif found.refuse_if:
            message = label_of(row, self.language, "constraint_message") or f"Check the answer to “{question.label}”"
            self.rules.append(Rule(question=question.key, message=message, refuse_if=found.refuse_if))
        return question.model_copy(update=found.limits)

    def _condition(self, row: SheetRow) -> Condition:
        expression = row.get("relevant") or row.get("relevance")
        if not expression:
            return Condition()
        try:
            return xpath.read(self._ours(expression), self.kinds)
        except NotUnderstood as problem:
            self._tell(row.where, f"The condition was left out, so this is always asked. {problem}: {expression}")
            return Condition()

    def _ours(self, expression: str) -> str:
        """The expression with our keys for its names, longest first so that none is taken for part of another."""
        for name, key in sorted(self.keys.items(), key=lambda pair: -len(pair[0])):
            if name != key:
                expression = expression.replace(f"${{{name}}}", f"${{{key}}}")
        return expression

"""The survey sheet as pages: groups are pages, repeats are repeat groups on a page of their own."""

from dataclasses import dataclass, field

from forms.exchange.book import SheetRow
from forms.exchange.findings import Finding, Unreadable
from forms.exchange.foreign import Names, page_names
from forms.exchange.logic import xpath
from forms.exchange.logic.tree import NotUnderstood
from forms.exchange.notes import Note, read_note
from forms.exchange.richtext import paragraphs
from forms.exchange.xlsform import constraints
from forms.exchange.xlsform.questions import KINDS, Lists, label_of, question_of, split_type
from forms.schema import Condition, Page, Question, Rule

BEGIN = ("begin", "begin_group", "begin_repeat")
END = ("end", "end_group", "end_repeat")
PREFIX = "page-"


@dataclass
class Draft:
    """A page or repeat group that is being read: what it will be, and its parts with their notes."""

    part: Page | Question
    note: Note
    children: list["Draft"] = field(default_factory=list)
    meant: bool = False


class Survey:
    """Reads the rows once for the names, then once for what they say.

    Afterwards: `pages`, `rules`, and `notes` in the order of `notes.parts_of`, less the form's own.
    """

    def __init__(self, rows: list[SheetRow], lists: Lists, language: str, findings: list[Finding]) -> None:
        self.lists, self.language, self.findings = lists, language, findings
        self.rules: list[Rule] = []
        self.page_names = page_names()
        self.kinds: dict[str, str] = {}
        self.keys = self._named(rows)
        self.drafts: list[Draft] = []
        self.page: Draft | None = None
        self.repeat: Draft | None = None
        self.open: list[tuple[str, SheetRow]] = []
        self.shown: list[Condition] = []
        for row in rows:
            self._read(row)
        if self.open:
            raise Unreadable(*(Finding(row.where, "This group is not closed.") for _, row in self.open))
        self.drafts = [draft for draft in self.drafts if draft.children or draft.meant]
        self.pages = [self._page(draft) for draft in self.drafts]
        self.notes = [note for draft in self.drafts for note in _notes(draft)]

    def _tell(self, where: str, message: str) -> None:
        self.findings.append(Finding(where, message))

    def _named(self, rows: list[SheetRow]) -> dict[str, str]:
        """Our key for every name; Unreadable for names that stand twice."""
        names, keys, seen = Names(), {}, {}
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
            self.shown.append(condition)
            if self.repeat:
                self._tell(row.where, "A group inside a repeat: its questions are asked, its title is left out.")
            else:
                self._new_page(row.get("name"), title, row.where, note)
        elif self.repeat:
            self._tell(row.where, "A repeat inside a repeat: its questions are asked once for each item.")
        else:
            self._alone(row)
            key = self.keys.get(row.get("name")) or self.names.free("items")
            group = Question(kind="repeat", key=key, label=title, item_title=title, sensitivity="I", show_if=condition)
            self.repeat = Draft(group, note)
            self._here().children.append(self.repeat)

    def _end(self, row: SheetRow, what: str) -> None:
        if not self.open or self.open[-1][0] != what:
            raise Unreadable(Finding(row.where, f"This {what} was not begun, or another is still open."))
        self.open.pop()
        if what == "group":
            self.shown.pop()
            if not self.repeat:
                self.page = None
        elif not any(kind == "repeat" for kind, _ in self.open):
            self.repeat = None

    def _question(self, row: SheetRow) -> None:
        note = read_note(row.get("cdop"), row.where, self.findings)
        if isinstance(note.get("intro"), bool):
            self._intro(row, note["intro"])
            return
        name = row.get("name")
        key = self.keys[name] if name else self.names.free("question")
        question = question_of(row, key, self.lists, self.language, self.findings)
        if question is None:
            return
        question = question.model_copy(update={"show_if": self._condition(row)})
        home = self.repeat or self._alone_unless_information(row, question)
        home.children.append(Draft(self._constrained(row, question), note))

    def _intro(self, row: SheetRow, worded: bool) -> None:
        """A note of ours that holds the page open: its introduction, if it is `worded`."""
        page = self._here()
        page.meant = True
        if worded:
            page.part = page.part.model_copy(update={"intro": paragraphs(label_of(row, self.language))})

    def _constrained(self, row: SheetRow, question: Question) -> Question:
        expression = row.get("constraint")
        if not expression:
            return question
        try:
            found = constraints.understand(self._ours(expression), question.key, self.kinds)
        except NotUnderstood as problem:
            self._tell(row.where, f"The constraint was left out. {problem}: {expression}")
            return question
        if found.refuse_if and self.repeat:
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

    def _here(self) -> Draft:
        """The page that is being read; a new one for rows that stand in no group."""
        if self.page is None:
            self._new_page("page", "Questions", "", {})
        assert self.page is not None  # noqa: S101
        return self.page

    def _new_page(self, name: str, title: str, where: str, note: Note) -> None:
        name = name.removeprefix(PREFIX)
        taken = name in self.page_names.taken
        key = self.page_names.key(name, where, self.findings if where and not taken else [])
        self.page = Draft(Page(key=key, title=title or key, show_if=self._shown_here(where)), note)
        self.drafts.append(self.page)

    def _shown_here(self, where: str) -> Condition:
        """The conditions of all open groups as one."""
        tests = [condition for condition in self.shown if condition.tests]
        if len(tests) <= 1:
            return tests[0] if tests else Condition()
        if any(condition.join == "any" and len(condition.tests) > 1 for condition in tests):
            self._tell(where, "The conditions of groups in groups do not join; the innermost is used.")
            return tests[-1]
        return Condition(tests=[test for condition in tests for test in condition.tests])

    def _alone(self, row: SheetRow) -> Draft:
        """A page without questions for the next thing, which wants a page of its own."""
        page = self._here()
        if any(isinstance(child.part, Question) and child.part.kind != "information" for child in page.children):
            title = page.part.title if isinstance(page.part, Page) else ""
            self._new_page(page.part.key, title, "", {})
        return self._here()

    def _alone_unless_information(self, row: SheetRow, question: Question) -> Draft:
        page = self._here()
        has_group = any(isinstance(child.part, Question) and child.part.kind == "repeat" for child in page.children)
        return self._alone(row) if has_group and question.kind != "information" else page

    def _page(self, draft: Draft) -> Page:
        questions = [_question(child) for child in draft.children]
        assert isinstance(draft.part, Page)  # noqa: S101
        return draft.part.model_copy(update={"questions": questions})


def _question(draft: Draft) -> Question:
    assert isinstance(draft.part, Question)  # noqa: S101
    return draft.part.model_copy(update={"questions": [_question(child) for child in draft.children]})


def _notes(draft: Draft) -> list[Note]:
    return [draft.note, *(note for child in draft.children for note in _notes(child))]

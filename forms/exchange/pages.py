"""Puts what a reader finds, in order, on pages: a group is a page, a repeat has a page of its own."""

from dataclasses import dataclass, field

from forms.exchange.findings import Finding
from forms.exchange.foreign import page_names
from forms.exchange.notes import Note
from forms.exchange.richtext import paragraphs
from forms.schema import Condition, Page, Question

PREFIX = "page-"


@dataclass
class Draft:
    """A question that is being read, with our note on it; a repeat group has members."""

    part: Question
    note: Note
    members: list["Draft"] = field(default_factory=list)

    @property
    def question(self) -> Question:
        return self.part.model_copy(update={"questions": [member.part for member in self.members]})


@dataclass
class DraftPage:
    """A page that is being read. One without questions is kept when it was `meant` to be there."""

    part: Page
    note: Note
    drafts: list[Draft] = field(default_factory=list)
    meant: bool = False

    def holds(self, *kinds: str) -> bool:
        """Whether one of these kinds is here; any kind that asks something when none is named."""
        return any(d.part.kind in kinds if kinds else d.part.kind != "information" for d in self.drafts)


class Pages:
    """Open and close groups and repeats, and add questions; then take `pages` and `notes`."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.names = page_names()
        self.found: list[DraftPage] = []
        self.page: DraftPage | None = None
        self.repeat: Draft | None = None
        self.shown: list[Condition] = []

    @property
    def pages(self) -> list[Page]:
        return [
            page.part.model_copy(update={"questions": [draft.question for draft in page.drafts]})
            for page in self.found
            if page.drafts or page.meant
        ]

    @property
    def notes(self) -> list[Note]:
        """The notes of pages, questions and members, in the order of `notes.parts_of`."""
        found: list[Note] = []
        for page in self.found:
            if page.drafts or page.meant:
                found.append(page.note)
                for draft in page.drafts:
                    found += [draft.note, *(member.note for member in draft.members)]
        return found

    def open_group(self, name: str, title: str, condition: Condition, where: str, note: Note) -> None:
        self.shown.append(condition)
        if self.repeat:
            self._tell(where, "A group inside a repeat: its questions are asked, its title is left out.")
        else:
            self._new_page(name, title, where, note)

    def close_group(self) -> None:
        self.shown.pop()
        if not self.repeat:
            self.page = None

    def open_repeat(self, group: Question, where: str, note: Note) -> bool:
        """Whether this is a repeat of its own; one inside another is told and joined to it."""
        if self.repeat:
            self._tell(where, "A repeat inside a repeat: its questions are asked once for each item.")
            return False
        page = self._without_questions()
        self.repeat = Draft(group, note)
        page.drafts.append(self.repeat)
        return True

    def close_repeat(self) -> None:
        self.repeat = None

    def add(self, question: Question, note: Note) -> None:
        if self.repeat:
            self.repeat.members.append(Draft(question, note))
            return
        page = self.here()
        if page.holds("repeat") and question.kind != "information":
            page = self._without_questions()
        page.drafts.append(Draft(question, note))

    def introduce(self, words: str) -> None:
        """Keep this page even without questions, with the words as its introduction if there are any."""
        page = self.here()
        page.meant = True
        page.part = page.part.model_copy(update={"intro": paragraphs(words)})

    def here(self) -> DraftPage:
        """The page that is being read; a new one for what stands in no group."""
        return self.page or self._new_page("page", "Questions", "", {})

    def _new_page(self, name: str, title: str, where: str, note: Note) -> DraftPage:
        name = name.removeprefix(PREFIX)
        told = self.findings if where and name not in self.names.taken else []
        key = self.names.key(name, where, told)
        self.page = DraftPage(Page(key=key, title=title or key, show_if=self._shown_here(where)), note)
        self.found.append(self.page)
        return self.page

    def _without_questions(self) -> DraftPage:
        """A page for the next thing, which wants a page of its own."""
        page = self.here()
        return self._new_page(page.part.key, page.part.title, "", {}) if page.holds() else page

    def _shown_here(self, where: str) -> Condition:
        """The conditions of all open groups as one."""
        stated = [condition for condition in self.shown if condition.tests]
        if len(stated) <= 1:
            return stated[0] if stated else Condition()
        if any(condition.join == "any" and len(condition.tests) > 1 for condition in stated):
            self._tell(where, "The conditions of groups in groups do not join; the innermost is used.")
            return stated[-1]
        return Condition(tests=[test for condition in stated for test in condition.tests])

    def _tell(self, where: str, message: str) -> None:
        self.findings.append(Finding(where, message))

"""What a published form is: pages of questions, conditions and rules, as validated data.

Plain pydantic, no Django: a schema is frozen in a FormVersion as JSON and read back from there for ever.
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

KEY = r"^[a-z][a-z0-9_]{0,59}$"
PAGE_KEY = r"^[a-z][a-z0-9-]{0,59}$"
# Stand in the place of a page's key in the addresses of a journey (forms/urls.py).
NO_PAGE_KEYS = frozenset({"check", "later", "resume", "sent"})

Comparison = Literal[
    "is",
    "is_not",
    "any_of",
    "answered",
    "not_answered",
    "at_least",
    "at_most",
    "before",
    "after",
    "age_at_least",
    "age_under",
]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Test(Strict):
    """One comparison of an answer with a value, with another answer (`other`), or with today (`value: today`).

    `age_at_least` and `age_under` count whole `unit`s from the date in `question` to the date in `other`.
    """

    __test__ = False

    question: str
    comparison: Comparison = "is"
    value: str = ""
    other: str = ""
    unit: Literal["", "days", "years"] = ""

    @property
    def values(self) -> list[str]:
        """`value` as the list that `any_of` compares with."""
        return [part.strip() for part in self.value.split(",")]


class Condition(Strict):
    """Tests joined by all or any; no tests means always true."""

    join: Literal["all", "any"] = "all"
    tests: list[Test] = []


class Choice(Strict):
    """One answer to choose, offered while `show_if` holds, which reads answers of earlier pages."""

    code: str = Field(min_length=1, max_length=80)
    label: str = Field(min_length=1)
    hint: str = ""
    show_if: Condition = Condition()


class Calculation(Strict):
    """What is worked out, from the answers to which earlier questions.

    A count is `of` one repeat group, and of those of its items `where` a condition on their own answers holds.
    """

    operation: Literal["age_in_years", "age_in_days", "days_between", "sum", "count"] = "sum"
    of: list[str] = []
    where: Condition = Condition()


class Question(Strict):
    """One question. Options a kind does not use stay at their default.

    One that is `inside` stands within the answer, on the same page, that it is asked for. `initial` is what a hidden
    value is where nothing else is known of it.
    """

    kind: str
    key: str = Field(pattern=KEY)
    label: str = ""
    help_text: str = ""
    required: Literal["mandatory", "warn", "optional"] = "optional"
    error: str = ""
    sensitivity: Literal["I", "S", "P", "N"] = "N"
    item: str = ""
    show_if: Condition = Condition()
    inside: bool = False
    choices: list[Choice] = []
    rows: list[Choice] = []
    calculation: Calculation | None = None
    prefill: Literal["", "offer", "fixed"] = ""
    initial: str = ""
    unknown: list[Literal["not_known", "not_applicable"]] = []
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    decimal_places: int = 0
    unit: str = ""
    partial: bool = False
    autocomplete: str = ""
    body: str = ""
    item_title: str = ""
    min_items: int = 0
    max_items: int = 50
    file_types: list[str] = []
    max_files: int = 5
    max_megabytes: int = 10
    questions: list["Question"] = []


class Page(Strict):
    key: str = Field(pattern=PAGE_KEY)
    title: str = Field(min_length=1)
    intro: str = ""
    show_if: Condition = Condition()
    questions: list[Question] = []

    @property
    def group(self) -> Question | None:
        """The repeat group this page is about, if it is about one."""
        return next((question for question in self.questions if question.kind == "repeat"), None)


class Rule(Strict):
    """Refuses answers when `refuse_if` holds; the message stands at `question`."""

    question: str
    message: str
    refuse_if: Condition


class FormSchema(Strict):
    """A form. Any of `triggers` proposes it for a child; they read answers to other forms."""

    slug: str
    title: str
    declaration: str = ""
    acknowledge: str = ""
    confirmation: str = ""
    pages: list[Page] = []
    rules: list[Rule] = []
    triggers: list[Condition] = []

    def questions(self) -> Iterator[Question]:
        """Every question in order, those inside repeat groups not included."""
        for page in self.pages:
            yield from page.questions

    def page(self, key: str) -> Page | None:
        return next((page for page in self.pages if page.key == key), None)


Answers = dict[str, Any]

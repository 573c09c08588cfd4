"""What a REDCap data dictionary cannot carry."""

from forms.exchange import foreign_losses as foreign
from forms.exchange.canonical import canonical, each_page, each_question
from forms.exchange.foreign import Names, page_names
from forms.exchange.logic import branching
from forms.exchange.losses import (
    Loss,
    catch_all,
    of_choices,
    of_conditions,
    of_groups,
    of_questions,
    project,
    rest_of_form,
)
from forms.exchange.redcap.instruments import instruments, safe_key
from forms.exchange.renaming import of_codes, of_keys
from forms.kinds.choices import YES_NO_NOT_KNOWN
from forms.schema import Choice, Condition, FormSchema, Page, Question, Test

RECORD = "record_id"
NATIVE = foreign.NATIVE | {"email"}
CARRIED = (*foreign.CARRIED, "decimal_places")
MOST_PLACES = 4


def tidy(text: str) -> str:
    """Text as REDCap shows it as it is: `[name]` would be replaced by an answer."""
    return foreign.printable(text).replace("[", "(").replace("]", ")")


def joined(*conditions: Condition) -> Condition:
    """All of the conditions as one; one that always holds where ours cannot join them."""
    stated = [condition for condition in conditions if condition.tests]
    if len(stated) == 1:
        return stated[0]
    parts = [_any_of(condition) for condition in stated]
    if any(condition.join == "any" for condition in parts):
        return Condition()
    return Condition(tests=[test for condition in parts for test in condition.tests])


def _any_of(condition: Condition) -> Condition:
    """“Is a or is b” about one question as one test, “any of a, b”."""
    keys = {(test.question, test.comparison) for test in condition.tests}
    if (
        condition.join != "any"
        or len(keys) != 1
        or any(test.comparison != "is" or test.other for test in condition.tests)
    ):
        return condition
    question = condition.tests[0].question
    values = ",".join(test.value for test in condition.tests)
    return Condition(tests=[Test(question=question, comparison="any_of", value=values)])


def _at_each_question(page: Page) -> Page:
    def ask(question: Question, *outer: Condition) -> Question:
        if question.kind != "repeat":
            return question.model_copy(update={"show_if": joined(*outer, question.show_if)})
        parts = [ask(part, *outer, question.show_if) for part in question.questions]
        return question.model_copy(update={"show_if": Condition(), "questions": parts})

    asked = [ask(question, page.show_if) for question in page.questions]
    return page.model_copy(update={"show_if": Condition(), "questions": asked})


def _named_by_title(schema: FormSchema) -> FormSchema:
    names = page_names()
    return each_page(schema, lambda page: page.model_copy(update={"key": names.key(page.title, "", [])}))


def _group_by_title(page: Page) -> Page:
    def ask(question: Question) -> Question:
        words = {"label": page.title, "item_title": page.title}
        return question.model_copy(update=words) if question.kind == "repeat" else question

    return page.model_copy(update={"questions": [ask(question) for question in page.questions]})


def _chosen(question: Question) -> Question:
    """Yes, no or not known as three answers; a declaration as one box."""
    if question.kind == "declaration":
        return question.model_copy(update={"kind": "checkboxes", "choices": [Choice(code="yes", label="Yes")]})
    if question.kind != "yes_no":
        return question
    extra = [("not_applicable", "Not applicable")] if question.unknown else []
    choices = [Choice(code=code, label=label) for code, label in (*YES_NO_NOT_KNOWN, *extra)]
    return question.model_copy(update={"kind": "radios", "choices": choices})


def _whole_bar(choice: Choice) -> str:
    return choice.label.replace("|", "¦")


def one_kind_of_quotes(question: Question) -> str:
    """The value of a hidden question as it can stand between quotation marks of the other kind."""
    text = question.initial
    return text.replace('"', "'") if "'" in text else text


def _places(question: Question) -> int:
    few = question.kind == "decimal_number" and question.decimal_places <= MOST_PLACES
    return question.decimal_places if few else 0


def _known_by_instrument(schema: FormSchema) -> FormSchema:
    first = instruments(schema)[0]
    return schema.model_copy(update={"slug": first, "title": first})


BEFORE = [
    *foreign.head(
        "Unprintable characters and square brackets in texts",
        "left out or round",
        tidy,
        of_keys("Keys with doubled underscores, or that another question has", "made unlike", safe_key, {RECORD}),
        of_codes("Signs in codes", "underscores", r"[^A-Za-z0-9_.-]"),
    ),
    of_choices("An upright line in an answer to choose", "a broken one", label=_whole_bar),
    of_questions(
        "Double quotation marks in a hidden value that has single ones too", "single ones", initial=one_kind_of_quotes
    ),
    foreign.HEADINGS,
    foreign.EMPTY_PAGES,
    Loss("Yes/no questions and declarations", "answers to choose", lambda schema: each_question(schema, _chosen)),
    foreign.plain_kinds("Names, phone, postcode, NHS number", NATIVE),
    of_conditions("A condition that branching logic cannot state", "always asked", branching.can_write),
]
LOSSES = [
    *BEFORE,
    Loss(
        "The condition of a page or a group",
        "stands at each of its questions",
        lambda schema: each_page(schema, _at_each_question),
    ),
    Loss("The key of a page", "made from its title", _named_by_title),
    foreign.REMINDERS,
    of_questions(
        "How sensitive an answer is",
        "identifying or not",
        sensitivity=lambda q: "I" if q.sensitivity in ("I", "P") else "S",
    ),
    of_questions("More than four decimal places", "any number of places", decimal_places=_places),
    foreign.HINTS_OF_CHOICES,
    Loss("The words of a repeat group", "the title of its page", lambda schema: each_page(schema, _group_by_title)),
    of_groups(
        "Anything else of a repeat group",
        "REDCap must be told that its instrument repeats",
        required="optional",
        help_text="",
        sensitivity="I",
    ),
    rest_of_form(
        "Rules, triggers, the declaration, what happens next, and whom to acknowledge to",
        "left out",
        ("slug", "title", "pages"),
    ),
    catch_all(
        "Messages, limits of texts, units, data items, “not known” beside a question, parts of dates, and the rest",
        "left out",
        CARRIED,
    ),
    Loss("The key and the title of the form", "the name of its first instrument", _known_by_instrument),
]


def before_conditions_move(schema: FormSchema) -> FormSchema:
    """The form with keys and codes as REDCap has them, its conditions still where they were."""
    return project(BEFORE, canonical(schema))


def native(schema: FormSchema) -> FormSchema:
    """The form as a data dictionary carries it, page for page and question for question."""
    return canonical(project(LOSSES, canonical(schema)))


def intro_keys(schema: FormSchema) -> dict[str, str]:
    """The variable of the text that stands for a page’s introduction, by page key."""
    names = Names()
    names.taken |= {RECORD} | {question.key for question in schema.questions()}
    names.taken |= {part.key for question in schema.questions() for part in question.questions}
    pages = [page for page in schema.pages if page.intro]
    return {page.key: names.free(safe_key(f"{page.key.replace('-', '_')[:50]}_intro")) for page in pages}


def as_others_see_it(schema: FormSchema) -> FormSchema:
    """The form as it comes back without our notes: introductions are texts, and groups are asked once."""
    carried = native(schema)
    keys = intro_keys(carried)

    def opened(page: Page) -> Page:
        questions = [part for question in page.questions for part in (question.questions or [question])]
        if page.intro:
            questions = [Question(kind="information", key=keys[page.key], body=page.intro, sensitivity="N"), *questions]
        return page.model_copy(update={"intro": "", "questions": questions})

    return each_page(carried, opened)

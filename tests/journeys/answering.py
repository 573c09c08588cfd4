"""The example of a front end: each question answered as a person would, with what is stored of it."""

from playwright.sync_api import Locator, Page

from forms.kinds.choices import YES_NO_NOT_KNOWN
from forms.kinds.editing import UNKNOWN_LABELS
from forms.kinds.text import ADDRESS_PARTS
from forms.schema import Answers, FormSchema, Question

BOXES = ("Day", "Month", "Year")


def options_of(question: Question) -> dict[str, str]:
    known = dict(YES_NO_NOT_KNOWN) | UNKNOWN_LABELS if question.kind == "yes_no" else {}
    return known | {choice.code: choice.label for choice in question.choices}


def place_of(within: Page | Locator, key: str) -> Locator:
    return within.locator(f"[data-key={key}]").first


def boxes_of(question: Question, value: object) -> dict[str, str]:
    """What a person types, by the label of the box."""
    if question.kind == "address":
        return {words: value[part] for part, (words, _) in ADDRESS_PARTS.items() if part in value}
    day, _, time = value.partition("T")
    parts = zip(reversed(BOXES), day.split("-"), strict=False)
    return {name: str(int(part)) for name, part in parts} | ({"Time, like 14:05": time} if time else {})


def answer(within: Page | Locator, question: Question, value: object) -> None:
    """Answer one question as a person would."""
    place = place_of(within, question.key)
    if value in question.unknown and question.kind != "yes_no":
        place.get_by_label(UNKNOWN_LABELS[value]).check()
    else:
        ANSWER.get(question.kind, write)(place, question, value)


def write(place: Locator, question: Question, value: object) -> None:
    place.locator("input, textarea").first.fill(str(value))


def write_in_boxes(place: Locator, question: Question, value: object) -> None:
    for label, typed in boxes_of(question, value).items():
        place.get_by_label(label, exact=True).fill(typed)


def tick(place: Locator, question: Question, value: object) -> None:
    for code in value if isinstance(value, list) else [value]:
        place.get_by_label(options_of(question)[code], exact=True).check()


def choose_in_rows(place: Locator, question: Question, value: dict[str, str]) -> None:
    for row, code in value.items():
        place.get_by_label(row, exact=True).select_option(code)


def add_items(place: Locator, question: Question, value: list[Answers]) -> None:
    for number, given in enumerate(value):
        if place.locator(".item").count() <= number:
            place.get_by_role("button", name="Add another").click()
        for part in question.questions:
            if part.key in given:
                answer(place.locator(".item").nth(number), part, given[part.key])


ANSWER = {
    "repeat": add_items,
    "grid": choose_in_rows,
    "declaration": lambda place, *_: place.get_by_role("checkbox").check(),
    **dict.fromkeys(("radios", "yes_no", "checkboxes"), tick),
    **dict.fromkeys(("select", "lookup"), lambda place, _, code: place.locator("select").select_option(code)),
    **dict.fromkeys(("address", "date", "month_year", "date_time"), write_in_boxes),
}


def answer_all(page: Page, schema: FormSchema, answers: Answers) -> None:
    for question in schema.questions():
        if answers.get(question.key) is not None:
            answer(page, question, answers[question.key])

"""Every statutory form, page by page on a small screen: empty, with errors and filled in."""

from urllib.parse import quote

import pytest

from forms.definitions import names, read
from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Question
from tests.forms.filling import filled, spoiled
from tests.forms.test_shipped_forms import MODIFIABLE, fitting
from tests.journeys.accessibility import does_not_fit, violations

pytestmark = [pytest.mark.journey, pytest.mark.any_database]

A_FILE = {"name": "invented.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%invented\n%%EOF\n"}
# A list that is searched is not seen itself: choosing in it is what its box does.
CHOOSE = "(list, code) => { list.value = code; list.dispatchEvent(new Event('input', { bubbles: true })); }"
# It has every kind of page: axe looks at its pages in every state, as at the notification’s in test_notify.
LONG = ("reporting",)


@pytest.fixture(scope="package")
def editors(chromium, server):
    """A form editor's phone, logged in once for all forms."""
    context = chromium.new_context(viewport={"width": 320, "height": 900}, base_url=server.url)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", "form-editor")
    page.fill("#id_password", "demonstration")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def enter(page, raw) -> None:
    """Put what a person would type and tick into a page."""
    for name, value in raw.items():
        field = page.locator(f"main [name='{name}']")
        kind = field.first.get_attribute("type")
        for given in value if isinstance(value, list) else [value]:
            if kind in ("radio", "checkbox"):
                page.check(f"main [name='{name}'][value='{given}']")
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.evaluate(CHOOSE, given)
            else:
                field.fill(given)


# What is the same in many forms, such as a page that they share, is looked at once in each state.
SHOWN = """() => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll("[type=hidden], .nhsuk-caption-l").forEach(part => part.remove());
    return main.innerHTML;
}"""
looked_at: set[tuple[str, str]] = set()


def wrong(page, state) -> list[str]:
    shown = (state.partition(" ")[2], page.evaluate(SHOWN))
    if shown in looked_at:
        return []
    looked_at.add(shown)
    return [f"{state}: {problem}" for problem in violations(page) + does_not_fit(page)]


@pytest.mark.parametrize("name", names())
def test_each_page_can_be_read_and_answered(editors, name):
    schema = FormSchema.model_validate(read(name))
    assert pages_passed(editors, schema, filled(schema, fitting("a child of six")))


def test_an_analysis_with_the_older_grades_can_be_read_and_answered(editors):
    schema = FormSchema.model_validate(read("analysis"))
    older = {"meeting_date": "2016-03-01", "level_scheme": "legacy", "modifiability": "none_identified"}
    answers = filled(schema, fitting("a child of six") | older | {"factors": [MODIFIABLE | {"level": "1*"}]})
    assert "grades" in pages_passed(editors, schema, answers)
    assert "1* – A factor was present" in editors.locator("main").inner_text()


def pages_passed(page, schema: FormSchema, answers: Answers) -> list[str]:
    """Go from the first page to the check page; the keys of the pages on the way."""
    page.goto(f"/admin/snippets/cdop_forms/form/?q={quote(schema.title)}")
    page.get_by_role("link", name=schema.title, exact=True).click()
    page.goto(page.url.replace("snippets/cdop_forms/form/edit", "forms") + "walk/")
    found, passed = [], []
    while page.locator("main [name=page]").count():
        passed.append(page.locator("main [name=page]").input_value())
        found += pass_page(page, schema, answers)
    assert found == []
    assert page.get_by_role("heading", name="Check your answers").count() == 1
    assert page.get_by_text("A person could not send this yet").count() == 0
    assert wrong(page, "check") == []
    return passed


def pass_page(page, schema: FormSchema, answers: Answers) -> list[str]:
    """Answer the page that is open and go on; what was wrong with it in any state."""
    onward = page.get_by_role("button", name="Continue")
    key = page.locator("main [name=page]").input_value()
    asked = [each for each in schema.page(key).questions if each.kind != "repeat" and kind_of(each).typed]
    found = wrong(page, f"{key} empty") if schema.slug in LONG else []
    always = [each for each in asked if not each.show_if.tests and answers.get(each.key) is not None]
    for question in always:
        enter(page, spoiled(question))
    group = schema.page(key).group
    too_few = group is not None and (group.min_items > 0 or group.required == "mandatory")
    refused = too_few or any(question.required == "mandatory" or spoiled(question) for question in always)
    if refused:
        with page.expect_navigation():
            onward.click()
        assert page.locator(".nhsuk-error-summary").count() == 1
        found += wrong(page, f"{key} with errors")
    answer(page, asked, answers)
    if group and answers.get(group.key):
        found += add_items(page, group, answers[group.key])
    found += does_not_fit(page) if refused and schema.slug not in LONG else wrong(page, f"{key} filled")
    with page.expect_navigation():
        onward.click()
    assert page.locator(".nhsuk-error-summary").count() == 0, page.locator(".nhsuk-error-summary").inner_text()
    return found


def answer(page, questions: list[Question], answers: Answers) -> None:
    """Answer the questions that are open; a file is chosen and added."""
    for question in questions:
        if answers.get(question.key) is None:
            continue
        if question.kind == "upload":
            page.locator(f"main input[type=file][name='{question.key}']").set_input_files(A_FILE)
            with page.expect_navigation():
                page.locator(f"main button[name=add_file][value='{question.key}']").click()
        else:
            enter(page, kind_of(question).raw(question, answers[question.key]))


def add_items(page, group: Question, items: list[Answers]) -> list[str]:
    """Add these items one by one; what was wrong with their screen, empty or filled in."""
    found = []
    for item in items:
        with page.expect_navigation():
            page.locator("main button[name=open_item][value=new]").click()
        found += does_not_fit(page)
        answer(page, [part for part in group.questions if kind_of(part).typed], item)
        found += wrong(page, f"{group.key} filled")
        with page.expect_navigation():
            page.get_by_role("button", name="Save", exact=True).click()
    return found

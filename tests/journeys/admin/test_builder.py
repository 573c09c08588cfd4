"""A coordinator who has never programmed makes a form from nothing, and changes it when people have answered."""

import re

import pytest

from tests.journeys.accessibility import does_not_fit, violations
from tests.journeys.staff import choose_kind, open_part

pytestmark = [pytest.mark.journey, pytest.mark.any_database]

WATER = ["Bath", "Swimming pool", "Other water"]
FIRST = "pages-0-value-questions-0-value"
SECOND = "pages-0-value-questions-1-value"
THIRD = "pages-0-value-questions-2-value"


def part(editor, name):
    return editor.locator(f"[name='{name}']")


def add(editor, kind, label, prefix):
    """Add a question at the end of the first page."""
    choose_kind(editor.locator("[data-streamfield-child]").first, kind)
    part(editor, f"{prefix}-label").fill(label)
    editor.keyboard.press("Tab")


def add_answer(editor, number, label):
    answers = part(editor, f"{FIRST}-choices-count").locator("xpath=..")
    answers.locator("button.c-sf-add-button").last.click()
    part(editor, f"{FIRST}-choices-{number}-value-label").fill(label)
    editor.keyboard.press("Tab")


def ask_only_if(editor, question, answer):
    """Show the second question inside an answer to the first, all from lists."""
    block = part(editor, f"{SECOND}-label").locator("xpath=ancestor::*[@data-streamfield-child][1]")
    open_part(block, "Ask only if")
    part(editor, f"{SECOND}-show_if-tests-count").locator("xpath=..").locator("button.c-sf-add-button").last.click()
    asked = part(editor, f"{SECOND}-show_if-tests-0-value-question")
    asked.focus()
    asked.select_option(label=question)
    editor.locator("select[aria-label=Value]").last.select_option(label=answer)
    open_part(block, "More settings")
    part(editor, f"{SECOND}-inside").check()


def publish(editor, leads_to):
    """When the draft has had the time to save itself, as it has when a person looks for the button."""
    editor.wait_for_timeout(4_000)
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    editor.wait_for_url(leads_to)


def make_form(editor):
    editor.goto("/admin/snippets/cdop_forms/form/add/")
    editor.fill("#id_title", "Water")
    editor.locator(".c-sf-add-button").first.click()
    part(editor, "pages-0-value-title").fill("Where it happened")
    add(editor, "Choose one", "What kind of water was it?", FIRST)
    for number, label in enumerate(WATER):
        add_answer(editor, number, label)
    add(editor, "Short text", "What other water?", SECOND)
    ask_only_if(editor, "What kind of water was it?", "Other water")
    add(editor, "Email address", "Where can we reach you?", THIRD)
    editor.locator("h2[data-panel-heading]", has_text="Sending").first.click()
    receipt = part(editor, "acknowledge")
    receipt.focus()
    receipt.select_option(label="Where can we reach you?")
    publish(editor, "**/cdop_forms/form/")


def make_page(editor):
    """A page of the site on which the form starts."""
    editor.goto("/admin/pages/")
    editor.goto(editor.get_by_role("link", name="When a child dies").first.get_attribute("href"))
    home = re.search(r"/pages/(\d+)/", editor.url)[1]
    editor.goto(f"/admin/pages/add/cdop_forms/formpage/{home}/")
    editor.fill("#id_title", "Water")
    editor.get_by_role("button", name="Choose a form").or_(editor.get_by_role("button", name="Choose form")).click()
    editor.locator(".modal").get_by_role("link", name="Water", exact=True).click()
    publish(editor, re.compile(rf"/pages/{home}/$"))


def answer(visitor):
    """Fill it in on a phone; the reference."""
    visitor.goto("/water/")
    visitor.get_by_role("button", name="Start now").click()
    visitor.get_by_label("What other water?").wait_for(state="hidden")
    visitor.get_by_role("radio", name="Other water").check()
    visitor.get_by_label("What other water?").fill("An invented bucket")
    assert violations(visitor) + does_not_fit(visitor) == []
    visitor.get_by_role("button", name="Save and continue").click()
    visitor.wait_for_timeout(6_000)  # who is faster is taken for a program
    visitor.get_by_role("button", name="Send").click()
    return visitor.locator(".cdop-reference").inner_text()


def test_a_form_is_made_answered_changed_and_the_old_answer_still_reads_as_it_was(staff_page, open_page, watch):
    editor = staff_page("coordinator")
    make_form(editor)
    make_page(editor)
    reference = answer(open_page(320))

    editor.goto("/admin/snippets/cdop_forms/form/?q=Water")
    editor.get_by_role("link", name="Water", exact=True).click()
    pk = re.search(r"/edit/(\d+)/", editor.url)[1]
    editor.locator("h2[data-panel-heading]", has_text="Where it happened").first.click()
    editor.locator("h2[data-panel-heading]", has_text="What kind of water").first.click()
    part(editor, f"{FIRST}-label").fill("Which kind of water was it?")
    add(editor, "Yes, no or not known", "Was there a barrier?", "pages-0-value-questions-3-value")
    publish(editor, "**/cdop_forms/form/")

    editor.goto(f"/admin/forms/{pk}/compare/?from=1&to=2")
    differences = editor.locator("main").inner_text()
    assert "“Was there a barrier?” on “Where it happened”" in differences
    assert "“What kind of water was it?” is now “Which kind of water was it?”" in differences

    editor.goto(f"/admin/answers/{reference}/")
    answers = editor.locator("main").inner_text()
    assert "What kind of water was it?" in answers
    assert "An invented bucket" in answers
    assert "barrier" not in answers

    for kind, suffix in (("xlsform", ".xlsx"), ("fhir", ".json")):
        editor.goto(f"/admin/form-exchange/{pk}/export/")
        editor.locator(f"input[value={kind}]").check()
        with editor.expect_download() as download:
            editor.get_by_role("button", name="Download").click()
        assert download.value.suggested_filename.endswith(suffix)
    # Wagtail answers 400 while a draft cannot be kept yet, and tries again.
    watch.complaints = [told for told in watch.complaints if "400 (Bad Request)" not in told]

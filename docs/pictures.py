"""Take the README's pictures again from a running demo: `make run`, then `make pictures` in another terminal."""

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.walking import begin, fill, key_of

FOLDER = Path(__file__).parent / "pictures"
COLOURS = 128
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 375, "height": 740}


def save(page: Page, name: str) -> None:
    """As a palette of few colours: a third of the size, and no eye can tell."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
    print(f"{name}.png  {(FOLDER / f'{name}.png').stat().st_size // 1024} kB")


def logged_in(page: Page, username: str) -> Page:
    page.goto("/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "demonstration")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def home(page: Page) -> None:
    page.goto("/")


def guidance(page: Page) -> None:
    page.goto("/families/what-happens/")


def question(page: Page) -> None:
    """A page of the notification form with an error, as it is on a phone."""
    begin(page)
    while key_of(page) != "child":
        fill(page, key_of(page))
        page.get_by_role("button", name="Save and continue").click()
    page.fill("[name=child_first_names]", "Aster")
    page.fill("[name=child_family_name]", "Madeup")
    page.fill("[name=nhs_number]", "999 000 0019")
    page.get_by_role("button", name="Save and continue").click()


def cases(page: Page) -> None:
    logged_in(page, "coordinator").goto("/admin/cases/")


def case(page: Page) -> None:
    logged_in(page, "coordinator").goto("/admin/cases/?state=information_gathering")
    page.locator("td.title a").first.click()


def editor(page: Page) -> None:
    """The notification form as its editor sees it."""
    logged_in(page, "form-editor").goto("/admin/snippets/cdop_forms/form/")
    page.locator("td.title a", has_text="Notify").first.click()


def dataset(page: Page) -> None:
    logged_in(page, "analyst").goto("/admin/exports/datasets/cases/")


PICTURES: list[tuple[Callable[[Page], None], dict[str, int]]] = [
    (home, DESKTOP),
    (guidance, PHONE),
    (question, PHONE),
    (cases, DESKTOP),
    (case, DESKTOP),
    (editor, DESKTOP),
    (dataset, DESKTOP),
]


def take(browser: Browser, address: str, only: list[str]) -> None:
    for draw, size in PICTURES:
        if not only or draw.__name__ in only:
            context = browser.new_context(viewport=size, base_url=address, device_scale_factor=1.5)
            page = context.new_page()
            draw(page)
            save(page, draw.__name__)
            context.close()


def main(only: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(browser, f"http://localhost:{os.environ.get('PORT', '8000')}", only)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

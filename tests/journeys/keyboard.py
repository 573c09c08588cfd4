"""A person who uses no mouse."""

MOST_STOPS = 120
LOOKS_DIFFERENT = """() => {
    const element = document.activeElement;
    const look = () => {
        const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(element);
        return [outlineStyle, outlineWidth, boxShadow, backgroundColor].join();
    };
    const focused = look();
    element.blur();
    const blurred = look();
    element.focus();
    return focused !== blurred;
}"""


def press_until(page, selector: str) -> None:
    """Press Tab until the focus is on what `selector` finds."""
    wanted = page.locator(selector).first.element_handle()
    for _ in range(MOST_STOPS):
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key never reached {selector} on {page.url}.")


def see_focus(page) -> None:
    """What has the focus looks different from what has not."""
    assert page.evaluate(LOOKS_DIFFERENT), f"On {page.url} one cannot see what has the focus."


def focused_in_order(page) -> list[str]:
    """The name, or the words, of everything the Tab key stops at, once round the page."""
    page.evaluate("document.activeElement.blur()")
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "document.activeElement === document.body ? '' :"
            " document.activeElement.name || document.activeElement.textContent.trim()"
        )
        if not stop or (stops and stop == stops[0]):
            break
        stops.append(stop)
    return stops


def answer(page, typed: dict[str, str], checked: dict[str, str], selected: dict[str, str]) -> None:
    """Answer one page: radios and lists by arrow keys, then the text, which may only be asked because of them.

    What can be searched is typed, as text is.
    """
    page.wait_for_load_state()
    for name, code in checked.items():
        _arrow_to(page, f"[name={name}]", f"document.querySelector('[name={name}][value={code}]').checked")
    searched = [name for name in selected if page.locator(f"select[name={name}]").is_hidden()]
    for name in searched:
        press_until(page, f"#id_{name}")
        page.keyboard.type(page.locator(f"select[name={name}] option[value={selected[name]}]").text_content())
    for name, code in ((name, code) for name, code in selected.items() if name not in searched):
        _arrow_to(page, f"[name={name}]", f"document.querySelector('[name={name}]').value === '{code}'")
    for name, text in typed.items():
        press_until(page, f"[name={name}]")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)


def _arrow_to(page, selector: str, reached: str) -> None:
    page.evaluate("document.activeElement.blur()")
    press_until(page, selector)
    if not page.evaluate("document.activeElement.matches('select')"):
        page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if page.evaluate(reached):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrow keys never reached the answer in {selector}.")

"""axe on a page, with the few exceptions that are not ours to mend, each with its reason."""

from axe_playwright_python.sync_playwright import Axe

# Wagtail's own listing header and editor have these until it mends them.
WAGTAILS_OWN = frozenset({"landmark-unique", "scrollable-region-focusable", "aria-input-field-name"})
# The NHS design system puts the back link before <main>, so that the skip link skips it.
BACK_LINK = ("region", "nhsuk-back-link")


# The frontend moves what does not fit its menu when it starts: until then links lie over one another.
STARTED = """() => {
  if (document.readyState !== "complete") return false;
  const supported = document.body.classList.contains("nhsuk-frontend-supported");
  const header = supported && document.querySelector("[data-module=nhsuk-header]");
  return !header || header.hasAttribute("data-nhsuk-header-init");
}"""
# It does so again a frame after each change of width, and the first showing is one.
DRAWN = """async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""


def violations(page, within: str | None = None, ignore: frozenset[str] = frozenset()) -> list[str]:
    """What axe finds wrong, as "rule: first element"; empty when all is well."""
    page.wait_for_function(STARTED)  # never an async function: its promise would count as true at once
    page.evaluate(DRAWN)
    results = Axe().run(page, context=within) if within else Axe().run(page)
    found = [(rule["id"], node["html"]) for rule in results.response["violations"] for node in rule["nodes"]]
    return [
        f"{rule}: {html[:200]}"
        for rule, html in found
        if rule not in ignore and not (rule == BACK_LINK[0] and BACK_LINK[1] in html)
    ]


# The rightmost edge of every text beside that of the block it stands in.
OVERFLOWING = """() => {
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode()) {
    const text = words.currentNode, range = document.createRange();
    let block = text.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    range.selectNodeContents(text);
    const place = block.getBoundingClientRect();
    if (place.width > 1 && range.getBoundingClientRect().right > place.right + 1) found.push(text.data.trim());
  }
  return found.filter(Boolean);
}"""


def does_not_fit(page) -> list[str]:
    """Text that is wider than its place, and a page that scrolls sideways; empty when all can be read."""
    sideways = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return ["scrolls sideways"] * sideways + [f"does not fit: {text}" for text in page.evaluate(OVERFLOWING)]

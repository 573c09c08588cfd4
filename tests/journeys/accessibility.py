"""axe on a page, with the few exceptions that are not ours to mend, each with its reason."""

from axe_playwright_python.sync_playwright import Axe

# Wagtail's own listing header and editor have these until it mends them.
WAGTAILS_OWN = frozenset({"landmark-unique", "scrollable-region-focusable", "aria-input-field-name"})
# The NHS design system puts the back link before <main>, so that the skip link skips it.
BACK_LINK = ("region", "nhsuk-back-link")


def violations(page, within: str | None = None, ignore: frozenset[str] = frozenset()) -> list[str]:
    """What axe finds wrong, as "rule: first element"; empty when all is well."""
    results = Axe().run(page, context=within) if within else Axe().run(page)
    found = [(rule["id"], node["html"]) for rule in results.response["violations"] for node in rule["nodes"]]
    return [
        f"{rule}: {html[:200]}"
        for rule, html in found
        if rule not in ignore and not (rule == BACK_LINK[0] and BACK_LINK[1] in html)
    ]


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

"""axe on a page, with the few exceptions that are not ours to mend, each with its reason."""

from axe_playwright_python.sync_playwright import Axe

# Wagtail's own listing header and editor have these until it mends them.
WAGTAILS_OWN = frozenset({"landmark-unique", "scrollable-region-focusable", "aria-input-field-name"})


def violations(page, within: str | None = None, ignore: frozenset[str] = frozenset()) -> list[str]:
    """What axe finds wrong, as "rule: first element"; empty when all is well."""
    results = Axe().run(page, context=within) if within else Axe().run(page)
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:200]}"
        for found in results.response["violations"]
        if found["id"] not in ignore
    ]


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

"""The plain text of a definition file as the rich text that Wagtail's editor keeps."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from wagtail.models import Page

MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "emphasis", "link", "newline"])
BLOCK_END = re.compile(r"(</?(?:p|h2|h3|ul|ol|li)>)\n")
PAGE_LINK = re.compile(r'<a href="page:([^"]+)">(.*?)</a>', re.DOTALL)


def rich_text(text: str, pages: Mapping[str, Page | None]) -> str:
    """Markdown as rich text. `[words](page:families/support)` links to a page; where that is gone the words remain."""
    html = BLOCK_END.sub(r"\1", MARKDOWN.render(text)).replace("\n", " ")
    html = html.replace("<strong>", "<b>").replace("</strong>", "</b>")
    return PAGE_LINK.sub(lambda found: _link(pages[found[1]], found[2]), html)


def _link(page: Page | None, words: str) -> str:
    return f'<a linktype="page" id="{page.pk}">{words}</a>' if page else words

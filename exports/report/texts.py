"""What a block says, read from the HTML that it is on screen: headings, paragraphs and lists."""

from html.parser import HTMLParser
from typing import Any


def texts_of(html: str) -> list[dict[str, Any]]:
    """What a block says, as headings, paragraphs and lists."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return [each for each in reader.found if each.get("items", True)]


class _Reader(HTMLParser):
    """Keeps the words and where they break. The address of a link stands behind its words.

    A heading within a list stands before the words of its line, as what they are about.
    """

    LEVELS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 3}
    LISTS = {"ul": "list", "ol": "steps"}
    BREAKS = ("p", "div", "br", "section", "details", "figcaption", "blockquote")
    UNSAID = ("script", "style", "svg")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self.words: list[str] = []
        self.kind = "text"
        self.level = 2
        self.lists: list[str] = []
        self.address = ""
        self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unsaid += tag in self.UNSAID
        if tag in self.LISTS or tag == "li":
            self.end()
        if tag in self.LISTS:
            self.lists.append(self.LISTS[tag])
            if len(self.lists) == 1:
                self.found.append({"kind": self.lists[0], "items": []})
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
        elif self.lists:
            self.words.append(" ")
        elif tag in self.LEVELS:
            self.end()
            self.kind, self.level = "heading", self.LEVELS[tag]
        elif tag in self.BREAKS and self.kind == "text":
            self.end()

    def handle_endtag(self, tag: str) -> None:
        self.unsaid -= tag in self.UNSAID
        if tag == "a" and self.address.startswith("http"):
            self.words.append(f" ({self.address})")
        if self.lists and tag in self.LEVELS:
            self.words.append(": ")
        elif tag in self.LISTS or tag == "li":
            self.end()
            if tag in self.LISTS:
                del self.lists[-1:]
        elif not self.lists and (tag in self.LEVELS or (tag in self.BREAKS and self.kind == "text")):
            self.end()

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.words.append(data)

    def end(self) -> None:
        words, kind = " ".join("".join(self.words).replace(" : ", ": ").split()), self.kind
        self.words, self.kind = [], "text"
        if not words:
            return
        if self.lists:
            self.found[-1]["items"].append(words.removesuffix(":"))
        elif kind == "heading":
            self.found.append({"kind": kind, "words": words, "level": self.level})
        else:
            self.found.append({"kind": kind, "words": words})

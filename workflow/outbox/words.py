"""The words in square brackets that a message template may use. None of them can name a child. Plain Python."""

import re
from collections.abc import Container, Mapping

WORDS = {
    "area": "the name of the area",
    "mailbox": "the team’s e-mail address",
    "phone": "the team’s phone number",
    "agency": "the agency that is asked",
    "link": "the link to answer by",
    "due": "the day by which an answer is due",
    "days late": "how many days an answer is late",
    "code": "the code to open the link with",
    "minutes": "how many minutes the code works",
    "meeting": "the kind of meeting",
    "when": "the day and time of a meeting",
    "place": "where a meeting is",
}
# What a preview puts in their place. The words of the area are its own.
EXAMPLES = {
    "agency": "Invented Surgery",
    "link": "https://cdop.example/requests/an-invented-link/",
    "due": "1 May 2026",
    "days late": "7",
    "code": "123456",
    "minutes": "15",
    "meeting": "Panel",
    "when": "Monday 4 May 2026, 10:00 to 12:00",
    "place": "Invented House",
}
IN_BRACKETS = re.compile(r"\[([a-z ]+)\]")


def unknown_words(text: str, known: Container[str] = WORDS) -> list[str]:
    """What stands in square brackets and is no known word, as it was written."""
    return [f"[{word}]" for word in IN_BRACKETS.findall(text) if word not in known]


def filled(text: str, words: Mapping[str, str], known: Container[str] = WORDS) -> str:
    """The text with each known word put in; a word that has no value here becomes nothing."""
    return IN_BRACKETS.sub(lambda found: words.get(found[1], "") if found[1] in known else found[0], text)

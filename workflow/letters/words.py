"""The words in square brackets that a letter may use, by what it is about. Plain Python."""

from collections.abc import Iterable

COMMON = {
    "area": "the name of the area",
    "mailbox": "the team’s e-mail address",
    "phone": "the team’s phone number",
    "today": "today’s date",
}
# A referral names the child: whom it goes to cannot act without.
REFERRAL = COMMON | {
    "recipient": "whom it is sent to",
    "reference": "our reference",
    "child": "the child’s name",
    "born": "the day of birth",
    "died": "the day of death",
    "nhs number": "the NHS number",
    "known on": "the day on which we learnt of it",
    "said by": "who says so",
    "basis": "why it is suspected",
    "role": "the role of whoever decided to refer",
}
FAMILY = COMMON | {
    "to": "how the family is addressed",
    "child": "the child’s first names",
    "key worker": "the name of the key worker",
    "key worker role": "the role of the key worker",
    "key worker contact": "how to reach the key worker",
    "reply by": "by when questions are wanted",
    "words": "your own words, typed on the screen of the letter",
    "reference": "our reference",
    "progress": "where the review is, in words for a family",
}
WORDS: dict[str, dict[str, str]] = {"safeguarding": REFERRAL, "family": FAMILY}
# What a preview puts in the place of what is recorded. The words of the area are its own.
EXAMPLES = {
    "today": "4 May 2026",
    "recipient": "Invented safeguarding partners",
    "reference": "2026-0000",
    "child": "Testy Invented",
    "born": "1 March 2021",
    "died": "2 April 2026",
    "nhs number": "999 000 0000",
    "known on": "3 April 2026",
    "said by": "An invented doctor",
    "basis": "Invented words on why it is suspected.",
    "role": "Designated doctor",
    "to": "Dear Ms Invented",
    "key worker": "Nora Invented",
    "key worker role": "Bereavement nurse",
    "key worker contact": "01234 000000",
    "reply by": "1 June 2026",
    "words": "Your own words stand here.",
    "progress": "We are asking everybody who cared for your child what they know.",
}
# A child is never called this where the family may read it.
FORBIDDEN = r"\bcases?\b"


def in_brackets(words: Iterable[str]) -> str:
    """The words as an editor writes them."""
    return ", ".join(f"[{word}]" for word in words)

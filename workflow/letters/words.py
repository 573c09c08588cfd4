"""The words in square brackets that a letter may use, by whom it is for. Plain Python."""

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
WORDS: dict[str, dict[str, str]] = {"safeguarding": REFERRAL}

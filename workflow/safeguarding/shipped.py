"""Loads the recipients of referrals that ship with the product: once, and never over an editor's work."""

from pathlib import Path

import yaml

from workflow.models import LetterTemplate, ReferralOutcome, ReferralRecipient

FILE = Path(__file__).with_name("shipped.yaml")


def load_recipients() -> int:
    """Add the recipients where there is none; how many."""
    if ReferralRecipient.objects.exists():
        return 0
    recipients = yaml.safe_load(FILE.read_text(encoding="utf-8"))["recipients"]
    for position, facts in enumerate(recipients):
        outcomes, letter = facts.pop("outcomes"), LetterTemplate.objects.get(code=facts.pop("letter"))
        recipient = ReferralRecipient.objects.create(**facts, letter=letter, position=position)
        for place, outcome in enumerate(outcomes):
            ReferralOutcome.objects.create(recipient=recipient, sort_order=place, **outcome)
    return len(recipients)

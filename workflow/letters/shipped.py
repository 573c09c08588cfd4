"""Loads the letters that ship with the product: once, and never over an editor's work."""

from pathlib import Path

import yaml

from workflow.models import LetterTemplate

FILE = Path(__file__).with_name("shipped.yaml")


def load_letters() -> int:
    """Add what is missing; how many. What is there is never changed."""
    letters = yaml.safe_load(FILE.read_text(encoding="utf-8"))["letters"]
    return sum(LetterTemplate.objects.get_or_create(code=code, defaults=words)[1] for code, words in letters.items())

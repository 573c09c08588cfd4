"""The words of letters, which coordinators edit."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel

from workflow.letters.words import EXAMPLES, FORBIDDEN, WORDS, in_brackets
from workflow.models.previewed import Previewed
from workflow.outbox.words import filled, unknown_words


class LetterTemplate(Previewed, models.Model):
    """A letter with words in square brackets. Letters are shown to copy or print, and never sent by e-mail."""

    examples = EXAMPLES

    code = models.SlugField(unique=True)
    about = models.CharField(max_length=20, help_text="What it is about, and so which words it may use.")
    title = models.CharField(max_length=120)
    body = models.TextField()

    panels = [
        HelpPanel(
            f"A referral may say: {in_brackets(WORDS['safeguarding'])}. A letter to a family: "
            f"{in_brackets(WORDS['family'])}."
        ),
        FieldPanel("title"),
        FieldPanel("body"),
    ]

    class Meta:
        ordering = ["about", "title"]
        verbose_name = "letter"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        known = WORDS.get(self.about, {})
        if unknown := unknown_words(self.body, known):
            sentence = f"Nothing is known as {', '.join(unknown)}. You may write: {in_brackets(known)}."
            raise ValidationError({"body": sentence})
        if self.about == "family" and re.search(FORBIDDEN, f"{self.title} {self.body}", re.IGNORECASE):
            raise ValidationError({"body": "A family reads this: write “your child”, never “case”."})

    def parts_in_full(self, words: Mapping[str, str]) -> dict[str, str]:
        """Without empty lines around it, and without blanks at the end of lines."""
        text = filled(self.body, words, WORDS[self.about])
        return {"body": "\n".join(line.rstrip() for line in text.splitlines()).strip()}

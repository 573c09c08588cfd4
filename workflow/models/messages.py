"""What is written to people: templates that coordinators edit, and an outbox that loses nothing."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from forms.sealing import SealedTextField, unseal
from workflow.models.case import Case
from workflow.models.previewed import Previewed
from workflow.outbox.words import EXAMPLES, WORDS, filled, unknown_words

STATES = [
    ("queued", "Waiting to be sent"),
    ("sent", "Sent"),
    ("failed", "Could not be sent"),
    ("delivered", "Delivered"),
    ("came_back", "Came back"),
]
# Somebody has to do something about these.
STUCK = ("failed", "came_back")
CAME_BACK = [
    ("no_address", "There is no such address or number"),
    ("not_now", "The mailbox could not take it"),
    ("technical", "It failed on the way"),
    ("away", "They are away"),
    ("left", "They no longer work there"),
    ("other", "Something else"),
]
RECIPIENTS = [("person", "The person asked"), ("lead", "The agency’s lead"), ("team", "The child death review team")]


class MessageTemplate(Previewed, models.Model):
    """The words of a message. It may never name a child: no word for one exists."""

    examples = EXAMPLES

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    subject = models.CharField(max_length=150)
    body = models.TextField(help_text=f"You may write: {', '.join(f'[{word}]' for word in WORDS)}.")

    panels = [FieldPanel("title"), FieldPanel("subject"), FieldPanel("body")]

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        for name in ("subject", "body"):
            if unknown := unknown_words(getattr(self, name)):
                raise ValidationError({name: f"Nothing is known as {', '.join(unknown)}. See the list of words."})

    def parts_in_full(self, words: Mapping[str, str]) -> dict[str, str]:
        return {"subject": filled(self.subject, words), "body": filled(self.body, words)}


class ReminderRule(models.Model):
    """When an unanswered request is mentioned again, to whom and in which words. Each rule once for a request."""

    days = models.IntegerField("days after the due date", help_text="Negative for days before it.")
    to = models.CharField("to", max_length=10, choices=RECIPIENTS, default="person")
    template = models.ForeignKey(MessageTemplate, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)

    panels = [FieldPanel("days"), FieldPanel("to"), FieldPanel("template"), FieldPanel("active")]

    class Meta:
        ordering = ["days", "pk"]
        verbose_name = "reminder"

    def __str__(self) -> str:
        when = f"{abs(self.days)} days {'before' if self.days < 0 else 'after'}" if self.days else "On"
        return f"{when} the due date: {self.template}"


class OutboxMessage(models.Model):
    """One message on its way. Address and words are sealed; what is shown is whether it has gone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    request = models.ForeignKey(
        "cdop_workflow.InformationRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    about = models.CharField(max_length=150, help_text="What staff read: never who or what it is about.")
    channel = models.CharField(max_length=10, default="email")
    sealed = SealedTextField()
    state = models.CharField(max_length=10, choices=STATES, default="queued", db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now, db_index=True)
    problem = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    carried_as = models.CharField(max_length=60, blank=True, help_text="Under what its carrier knows it.")
    why_back = models.CharField("why it came back", max_length=20, choices=CAME_BACK, blank=True)
    dealt_with_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.about

    @property
    def told(self) -> str:
        """What became of it, in one line."""
        state = self.get_state_display()
        return f"{state}: {self.get_why_back_display()}" if self.why_back else state

    @property
    def has_gone(self) -> bool:
        return self.state in ("sent", "delivered")

    @property
    def to_deal_with(self) -> bool:
        return self.state in STUCK and self.dealt_with_at is None

    @property
    def can_go_again(self) -> bool:
        """A request is sent again with a new link, and not the old words."""
        return self.state == "failed" or (self.state == "came_back" and self.request_id is None)

    @property
    def content(self) -> dict[str, Any]:
        """to, subject, body."""
        return unseal(self.sealed)

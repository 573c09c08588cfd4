"""What is asked while a pack is prepared."""

import hashlib
import re
from collections.abc import Iterator, Mapping

from django import forms as django_forms

LONGEST = 60_000
TEXT_OF = re.compile(r"text-(\d{1,18})-(\w*)")


def tidied(text: str) -> str:
    """A text as a browser sends it, without what the browser does to it."""
    return text.replace("\r\n", "\n").strip()


def digest(text: str) -> str:
    """By which it shows whether a text was changed on a screen."""
    return hashlib.blake2s(tidied(text).encode(), digest_size=6).hexdigest()


def texts_in(sent: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Each text that a screen sent: of which passage, the digest of what stood there, and what stands there now."""
    for name in sent:
        if found := TEXT_OF.fullmatch(name):
            yield int(found[1]), found[2], tidied(sent[name][:LONGEST])


class PassageForm(django_forms.Form):
    """One passage: its text, and whether what the scan still finds in it may stay."""

    text = django_forms.CharField(label="What the panel reads", required=False, max_length=LONGEST)
    kept = django_forms.BooleanField(required=False)
    decision = django_forms.ChoiceField(choices=[("confirm", "Confirm"), ("leave_out", "Leave out")])


class FinishForm(django_forms.Form):
    as_pdf = django_forms.BooleanField(
        label="Those who may read it may also take it away as a PDF",
        required=False,
        help_text="Each copy carries the name and role of its reader on every page. Leave this empty to have it read "
        "on screen only.",
    )


class WithdrawForm(django_forms.Form):
    reason = django_forms.CharField(
        label="Why",
        widget=django_forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text="Kept on the timeline. Only those who may know who the child is can read it.",
    )

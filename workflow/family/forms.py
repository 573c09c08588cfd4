"""What staff enter about a family."""

from typing import Any

from django import forms as django_forms
from django.utils import timezone

from workflow.action_forms import DayField
from workflow.family.letters import unfit
from workflow.family.selectors import words_of
from workflow.models import AgendaItem, Case, FamilyWords
from workflow.models.family import WORDS_KINDS


def _box(label: str, rows: int = 4, required: bool = True, help_text: str = "") -> django_forms.CharField:
    widget = django_forms.Textarea(attrs={"rows": rows})
    return django_forms.CharField(label=label, widget=widget, required=required, max_length=10_000, help_text=help_text)


class KeyWorkerForm(django_forms.Form):
    """The one person whom the family can turn to."""

    name = django_forms.CharField(label="Name", max_length=200)
    role = django_forms.CharField(label="Role", max_length=200, required=False, help_text="Such as: bereavement nurse.")
    contact = django_forms.CharField(
        label="How the family reaches them", max_length=300, help_text="Phone or e-mail. It stands in the letters."
    )


class ToldForm(django_forms.Form):
    """When the family was told, and given the guide."""

    told_on = DayField(label="On which day were they told about the review?", required=False)
    guide_on = DayField(
        label="On which day were they given the guide?",
        required=False,
        help_text="“When a child dies: a guide for families and carers”. Empty while it is to be done.",
    )


class WishesForm(django_forms.Form):
    """How the family wants to be spoken to."""

    no_contact = django_forms.BooleanField(label="They do not want to be contacted", required=False)
    interpreter = django_forms.BooleanField(label="They need an interpreter", required=False)
    language = django_forms.CharField(label="Language", max_length=100, required=False)
    wishes = _box("What else they wish", required=False, help_text="Such as whom to speak to, when, and in which way.")


class WordsForm(django_forms.Form):
    """A question, or what the family wants the review to know."""

    kind = django_forms.ChoiceField(label="What is it?", choices=WORDS_KINDS, widget=django_forms.RadioSelect)
    text = _box("In their own words", rows=6)
    who = django_forms.CharField(
        label="Who said it, in relation to the child?", max_length=100, help_text="Such as: mother. No name here."
    )
    name = django_forms.CharField(label="Their name", max_length=200, required=False)
    given_on = DayField(label="On which day?", initial=timezone.localdate)


class BroughtForm(django_forms.Form):
    """Which of it a meeting had before it."""

    item = django_forms.ModelChoiceField(
        label="Meeting", queryset=AgendaItem.objects.none(), widget=django_forms.RadioSelect, empty_label=None
    )
    words = django_forms.ModelMultipleChoiceField(
        label="What was brought", queryset=FamilyWords.objects.none(), widget=django_forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item, words = self.fields["item"], self.fields["words"]
        item.queryset = case.agenda_items.select_related("meeting").order_by("-pk")  # type: ignore[attr-defined]
        item.label_from_instance = lambda each: str(each.meeting)  # type: ignore[attr-defined]
        words.queryset = words_of(case)  # type: ignore[attr-defined]
        words.label_from_instance = lambda each: f"{each.get_kind_display()}: {each.text[:120]}"  # type: ignore[attr-defined]
        words.initial = [each.pk for each in words_of(case).filter(brought=None)]
        if not item.queryset:  # type: ignore[attr-defined]
            item.help_text = "This case has no meeting yet."


class AnswerForm(django_forms.Form):
    text = _box("What they were answered", rows=6)
    answered_on = DayField(label="On which day?", initial=timezone.localdate)


class FeedbackForm(django_forms.Form):
    """What the family was told of the review."""

    given_on = DayField(label="On which day?", initial=timezone.localdate)
    given_by = django_forms.CharField(
        label="Who told them?", max_length=200, help_text="As a rule the key worker. Name and role."
    )
    text = _box("What were they told?", rows=6)


class LetterForm(django_forms.Form):
    """What a letter needs that is not recorded. None of it is kept."""

    to = django_forms.CharField(label="Dear …", max_length=200, required=False, help_text="Such as: Ms Madeup.")
    by = DayField(label="Questions wanted by", required=False)
    words = _box("Your own words to this family", required=False, help_text="A paragraph that stands before the end.")

    def __init__(self, *args: Any, body: str, **kwargs: Any) -> None:
        """Asks what the `body` of the letter has a place for."""
        super().__init__(*args, **kwargs)
        for name, word in (("to", "[to]"), ("by", "[reply by]"), ("words", "[words]")):
            if word not in body:
                del self.fields[name]

    def clean_words(self) -> str:
        """Refused with a word in them that no family should read."""
        words: str = self.cleaned_data["words"]
        if found := unfit(words):
            raise django_forms.ValidationError(
                f"A family should not read this: {', '.join(found)}. Write “your child”, or the child’s name."
            )
        return words

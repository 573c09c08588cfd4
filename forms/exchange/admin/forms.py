"""What the exchange screens ask."""

from typing import Any

from django import forms

from forms.exchange.foreign import SLUG
from forms.exchange.formats import FORMATS
from forms.models import Form

DRAFT = "draft"


class ExportForm(forms.Form):
    version = forms.ChoiceField(label="Which version")
    format = forms.ChoiceField(
        label="As what", choices=[(each.name, each.title) for each in FORMATS.values()], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = form.versions.order_by("-number").values_list("number", "published_at")
        choices = [(str(number), f"Version {number}, published {at:%-d %B %Y}") for number, at in versions]
        if form.has_unpublished_changes or not choices:
            choices.append((DRAFT, "The draft as it stands, not published"))
        self.fields["version"].choices = choices  # type: ignore[attr-defined]
        self.initial = {"version": choices[0][0], "format": "json"} | dict(self.initial or {})


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text="A form from another deployment (.json), an XLSForm workbook (.xlsx), "
        "a FHIR Questionnaire (.json) or a REDCap data dictionary (.csv). Nothing is kept before you confirm.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


class ConfirmForm(forms.Form):
    """Keep what was understood: as a new form, or as the draft of the one that has its key."""

    kept = forms.CharField(widget=forms.HiddenInput)
    keep_as = forms.ChoiceField(
        label="Keep it as", widget=forms.RadioSelect, choices=[("new", "A new form, not published")], initial="new"
    )
    slug = forms.CharField(
        label="Key of the new form",
        required=False,
        max_length=50,
        help_text="Names the form in data and addresses. It cannot be changed later.",
    )

    def __init__(self, *args: Any, existing: Form | None, may_add: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("new", "A new form, not published")] * may_add
        if existing:
            choices.append((DRAFT, f"A draft of “{existing.title}”, which has this key. What is published stays."))
        self.fields["keep_as"].choices = choices  # type: ignore[attr-defined]
        self.fields["keep_as"].initial = choices[0][0] if choices else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        slug = cleaned.get("slug", "")
        if cleaned.get("keep_as") == "new":
            if not SLUG.fullmatch(slug):
                self.add_error("slug", "Use letters, numbers, hyphens and underscores, for instance drowning-2027")
            elif Form.objects.filter(slug=slug).exists():
                self.add_error("slug", "Another form has this key. Choose a new one")
        return cleaned

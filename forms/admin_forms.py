"""The editor's form for a Form: a draft may be unfinished, what is published may not."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField, Select, Textarea
from wagtail.admin.forms import WagtailAdminModelForm

from forms.checking import check
from forms.keys import fill_keys, free_key

STANDS_LAST = ("other", "none", "outside_england", "not_stated", "not_known")
LONGEST_LABEL = 300
PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")


class FormAdminForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acknowledge"].widget = Select(choices=self._addresses())
        self.fields["acknowledge"].help_text = "The question that asks for the sender’s email address."

    def _addresses(self) -> list[tuple[str, str]]:
        """The questions of the saved draft that ask for an email address."""
        questions = [question for page in self.instance.pages for question in page.value["questions"]]
        found = {each.value["key"]: each.value["label"] for each in questions if each.block_type == "email"}
        if self.instance.acknowledge:
            found.setdefault(self.instance.acknowledge, self.instance.acknowledge)
        return [("", "Nobody"), *found.items()]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if self.instance.pk and slug != self.initial.get("slug") and self.instance.newest_version():
            self.add_error("slug", "This form has been published. Addresses and exports rely on its name: keep it.")
        return slug

    def clean_editors(self) -> QuerySet[Group]:
        """A draft saves itself: whoever ticks another role first must not be shut out before ticking their own."""
        from forms.editors import lets_in

        editors = self.cleaned_data["editors"]
        if not lets_in(editors, self.for_user):
            raise ValidationError("Tick one of your own roles too: you could not change this form any more.")
        return editors

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "pages" in cleaned:
            fill_keys(cleaned["pages"])
        if not self.errors and self._publishes():
            for problem in self._problems():
                self.add_error(None, problem)
        return cleaned

    def _publishes(self) -> bool:
        approved = self.data.get("workflow-action-name", "").startswith("approve")
        return any(action in self.data for action in PUBLISHING) or ("action-workflow-action" in self.data and approved)

    def _problems(self) -> list[str]:
        """What stops the draft as it was posted from being published."""
        draft = self.instance.__class__(pk=self.instance.pk)
        for name in ("title", "slug", "pages", "rules", "triggers", "declaration", "confirmation", "acknowledge"):
            setattr(draft, name, self.cleaned_data.get(name))
        return [finding.message for finding in check(draft) if finding.blocks]


class CodeListForm(WagtailAdminModelForm):
    """Codes are stored in answers: none is taken away, and the name of a list stays."""

    several = CharField(
        label="Several at once",
        required=False,
        widget=Textarea({"rows": 4}),
        help_text="One answer on each line. Codes are made from the words; what is in the list already is left out. "
        "They are put before “Other” and “Not known”.",
    )

    def clean_several(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["several"].splitlines()]
        if too_long := next((line for line in lines if len(line) > LONGEST_LABEL), ""):
            raise ValidationError(f"“{too_long[:40]}…” is longer than {LONGEST_LABEL} characters.")
        if odd := next((line for line in lines if line and not free_key(line, set())), ""):
            raise ValidationError(f"No code can be made from “{odd}”. Add it below, with a code of its own.")
        return list(dict.fromkeys(filter(None, lines)))

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self.instance.pk and name != self.initial.get("name"):
            raise ValidationError("Forms use this list by its name: keep it.")
        return name

    def is_valid(self) -> bool:
        valid = super().is_valid()
        for form in self.formsets["codes"].deleted_forms if valid else []:
            if form.instance.pk:
                message = (
                    f"“{form.instance.label}” may be stored in answers. Give it a last day instead of removing it."
                )
                self.add_error(None, message)
                valid = False
        return valid

    def save(self, commit: bool = True) -> Any:
        code_list = super().save(commit=False)
        self._put_in(code_list)
        if commit:
            code_list.save()
        return code_list

    def _put_in(self, code_list: Any) -> None:
        """Add the lines of `several` that are new, before the answers that stand last in a list."""
        codes = sorted(code_list.codes.all(), key=lambda code: code.sort_order or 0)
        known, taken = {code.label.casefold() for code in codes}, {code.code for code in codes}
        new = []
        for label in self.cleaned_data["several"]:
            if label.casefold() not in known:
                new.append(code_list.codes.model(label=label, code=free_key(label, taken)))
                taken.add(new[-1].code)
        if not new:
            return
        last = [code for code in codes if code.code in STANDS_LAST]
        for order, code in enumerate([*(code for code in codes if code not in last), *new, *last]):
            code.sort_order = order
        code_list.codes.add(*new)

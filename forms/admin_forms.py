"""The editor's form for a Form: a draft may be unfinished, what is published may not."""

from typing import Any

from pydantic import ValidationError as SchemaError
from wagtail.admin.forms import WagtailAdminModelForm

from forms.checks import in_words, problems
from forms.keys import fill_keys
from forms.schema import FormSchema

PUBLISHING = ("action-publish", "action-submit", "action-restart-workflow")


class FormAdminForm(WagtailAdminModelForm):
    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if self.instance.pk and slug != self.initial.get("slug") and self.instance.newest_version():
            self.add_error("slug", "This form has been published. Addresses and exports rely on its name: keep it.")
        return slug

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
        draft = self.instance.__class__(**{name: self.cleaned_data.get(name) for name in self._fields_of_draft()})
        try:
            schema = FormSchema.model_validate(draft.schema_data())
        except SchemaError as error:
            return in_words(error)
        newest = self.instance.newest_version() if self.instance.pk else None
        kinds = {question.key: question.kind for question in newest.definition.questions()} if newest else {}
        return problems(schema, kinds)

    def _fields_of_draft(self) -> list[str]:
        return ["title", "slug", "pages", "rules", "triggers", "declaration", "confirmation", "acknowledge"]

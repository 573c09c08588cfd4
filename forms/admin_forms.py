"""The editor's form for a Form: a draft may be unfinished, what is published may not."""

from typing import Any

from pydantic import ValidationError as SchemaError
from wagtail.admin.forms import WagtailAdminModelForm

from forms.checks import in_words, problems
from forms.schema import FormSchema

PUBLISHING = ("action-publish", "action-submit")


class FormAdminForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and any(action in self.data for action in PUBLISHING):
            for problem in self._problems():
                self.add_error(None, problem)
        return cleaned

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
        return ["title", "slug", "pages", "rules", "declaration", "confirmation", "acknowledge"]

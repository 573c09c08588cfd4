"""What an editor sees when previewing a draft: every page of the form on one screen, nothing stored."""

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError as SchemaError

from forms.checks import in_words, problems
from forms.presenters import followable, show, show_together
from forms.schema import FormSchema
from forms.wording import condition_in_words

if TYPE_CHECKING:
    from forms.models import Form


def preview_context(form: "Form") -> dict[str, Any]:
    """Context of the preview page: the pages as they will be asked, or why they cannot be shown."""
    try:
        schema = FormSchema.model_validate(form.schema_data())
    except SchemaError as error:
        return {"form": form, "problems": in_words(error), "pages": []}
    found = problems(schema)
    pages = (
        []
        if found
        else [(page, condition_in_words(page.show_if, schema), _fields(page.questions)) for page in schema.pages]
    )
    return {"form": schema, "problems": found, "pages": pages}


def _fields(questions: list[Any]) -> list[Any]:
    here = followable(questions)
    parts = [part for question in questions for part in (question.questions or [question])]
    return show_together(parts, lambda part, inside: show(part, {}, "", here, inside))

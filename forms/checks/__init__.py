"""Can this form be published, and will it work? Plain sentences for the editor, each naming the place."""

from collections.abc import Collection, Sequence

from forms.checks.errors import errors
from forms.checks.findings import Finding, Place
from forms.checks.hints import hints
from forms.checks.malformed import in_words, malformed
from forms.schema import FormSchema

__all__ = ["Finding", "Place", "findings", "in_words", "malformed", "problems"]


def findings(
    schema: FormSchema,
    published: Sequence[FormSchema] = (),
    elsewhere: Sequence[FormSchema] = (),
    known: Collection[str] = (),
) -> list[Finding]:
    """Everything to mend (first) or to look at.

    `published` are the versions until now, oldest first; `elsewhere` the forms whose answers triggers read; `known`
    the keys of other forms, under which a case may know an answer.
    """
    return [*errors(schema, published), *hints(schema, published, elsewhere, known)]


def problems(schema: FormSchema, published: Sequence[FormSchema] = ()) -> list[str]:
    """Everything that must be mended before publishing; empty when it may go live."""
    return [finding.message for finding in errors(schema, published)]

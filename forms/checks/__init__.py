"""Can this form be published, and will it work? Plain sentences for the editor, each naming the place."""

from forms.checks.errors import errors
from forms.checks.findings import Finding, Place
from forms.checks.hints import hints
from forms.checks.malformed import in_words, malformed
from forms.schema import FormSchema

__all__ = ["Finding", "Place", "findings", "in_words", "malformed", "problems"]


def findings(schema: FormSchema, before: FormSchema | None = None) -> list[Finding]:
    """Everything to mend (first) or to look at. `before` is the newest published version."""
    return [*errors(schema, before), *hints(schema, before)]


def problems(schema: FormSchema, before: FormSchema | None = None) -> list[str]:
    """Everything that must be mended before publishing; empty when it may go live."""
    return [finding.message for finding in errors(schema, before)]

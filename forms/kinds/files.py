"""Files as answers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from wagtail import blocks
from wagtailstreamforms.fields import register

from forms.kinds.base import Kind, Raw
from forms.schema import Question
from forms.uploads.types import EXTENSIONS, in_words


@register("upload")
class Upload(Kind):
    """Stored as a list of dicts: id, name, size (bytes), type. The files themselves are in the vault.

    Files are attached and removed one by one (`forms.uploads.services`); here only their number is checked.
    """

    icon = "upload"
    label = "File upload"
    description = "Files are checked for viruses and stored encrypted."
    group = "Files"
    at_once = ("file_types", "max_files", "max_megabytes")
    template = "upload"
    may_identify = True

    def entered(self, question: Question, raw: Raw) -> list[dict[str, Any]]:
        files = raw.get(question.key)
        return [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []

    def clean(self, question: Question, raw: Raw) -> Any:
        files = self.entered(question, raw)
        if not files and question.required == "mandatory":
            raise ValidationError(question.error or self.required_message(question))
        return files or None

    def required_message(self, question: Question) -> str:
        return gettext("Choose a file for “%(question)s”") % {"question": question.label}

    def filled(self, question: Question, value: Any) -> dict[str, Any]:
        return {question.key: value}

    def words(self, question: Question, value: Any) -> str:
        return "\n".join(f"{file['name']} ({gettext(file['type'])}, {filesizeformat(file['size'])})" for file in value)

    def limits(self, question: Question) -> str:
        """What may be uploaded, in a sentence."""
        most = {"types": in_words(question.file_types), "size": question.max_megabytes, "number": question.max_files}
        return (
            ngettext(
                "%(number)s file, each a %(types)s smaller than %(size)s MB.",
                "Up to %(number)s files, each a %(types)s smaller than %(size)s MB.",
                question.max_files,
            )
            % most
        )

    def own_blocks(self) -> list[tuple[str, blocks.Block]]:
        return [
            (
                "file_types",
                blocks.MultipleChoiceBlock(
                    choices=EXTENSIONS,
                    default=["pdf", "docx", "jpg", "png"],
                    label="Types",
                    widget=CheckboxSelectMultiple,
                ),
            ),
            ("max_files", blocks.IntegerBlock(min_value=1, max_value=20, default=5, label="Most files")),
            (
                "max_megabytes",
                blocks.IntegerBlock(min_value=1, max_value=20, default=10, label="Largest file, in megabytes"),
            ),
        ]

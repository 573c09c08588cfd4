"""The formats a form can be written in and read from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from forms.exchange import fhir, own, redcap, xlsform
from forms.exchange.findings import Finding, Translations, Understood
from forms.exchange.losses import lost
from forms.schema import FormSchema

UNSPOKEN = "Translations: left out."


@dataclass(frozen=True)
class Format:
    """How a form travels.

    `write(schema, version)` gives the file's bytes, `read` understands them or raises Unreadable, and `lost` names
    what other software will not find in the file. Where it `translates`, `write` takes the translations too.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[..., bytes]
    read: Callable[[bytes], Understood]
    lost: Callable[[FormSchema], list[Finding]]
    translates: bool = False

    def file(self, schema: FormSchema, version: int, translations: Translations) -> bytes:
        return self.write(schema, version, translations) if self.translates else self.write(schema, version)

    def losses(self, schema: FormSchema, translations: Translations) -> list[Finding]:
        """What other software will not find of the form and its translations."""
        unspoken = translations and not self.translates
        return self.lost(schema) + [Finding(", ".join(translations), UNSPOKEN)] * bool(unspoken)


FORMATS = {
    each.name: each
    for each in [
        Format(
            "json",
            "JSON: nothing is lost",
            ".json",
            "application/json",
            own.write,
            own.read,
            lambda schema: [],
            translates=True,
        ),
        Format(
            "xlsform",
            "XLSForm: for ODK, KoboToolbox and others",
            ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsform.write,
            xlsform.read,
            partial(lost, xlsform.LOSSES),
        ),
        Format(
            "fhir",
            "FHIR R4 Questionnaire: for health record systems",
            ".json",
            "application/fhir+json",
            fhir.write,
            fhir.read,
            partial(lost, fhir.LOSSES),
        ),
        Format(
            "redcap",
            "REDCap data dictionary: for research databases",
            ".csv",
            "text/csv",
            redcap.write,
            redcap.read,
            partial(lost, redcap.LOSSES),
        ),
    ]
}

"""The formats a form can be written in and read from."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from forms.exchange import fhir, own, redcap, xlsform
from forms.exchange.findings import Editing, Finding, Translations, Understood
from forms.exchange.losses import lost
from forms.schema import FormSchema

UNSPOKEN = "Translations: left out."
WRITTEN_OUT = "Links to shared lists: the answers are written out."
NOT_CARRIED = "That unfinished answers move to a new version: left out."


@dataclass(frozen=True)
class Format:
    """How a form travels.

    `write(schema, version)` gives the file's bytes, `read` understands them or raises Unreadable, and `lost` names
    what other software will not find in the file. Our `own` takes what else the editor keeps: `write` is given the
    translations and the `Editing` too.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    write: Callable[..., bytes]
    read: Callable[[bytes], Understood]
    lost: Callable[[FormSchema], list[Finding]]
    own: bool = False

    def file(self, schema: FormSchema, version: int, translations: Translations, editing: Editing) -> bytes:
        return self.write(schema, version, translations, editing) if self.own else self.write(schema, version)

    def losses(self, schema: FormSchema, translations: Translations, editing: Editing) -> list[Finding]:
        """What other software will not find of the form and of what goes with it."""
        if self.own:
            return self.lost(schema)
        beside = [
            (translations, Finding(", ".join(translations), UNSPOKEN)),
            (editing.lists, Finding(", ".join(editing.lists), WRITTEN_OUT)),
            (editing.unfinished == "carry", Finding("", NOT_CARRIED)),
        ]
        return self.lost(schema) + [finding for there, finding in beside if there]


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
            own=True,
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

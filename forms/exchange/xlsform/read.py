"""A form from an XLSForm workbook."""

from forms.exchange.book import SheetRow, open_book
from forms.exchange.canonical import canonical
from forms.exchange.findings import Finding, Understood, Unreadable, refuse
from forms.exchange.foreign import slug_of
from forms.exchange.notes import read_note, restore
from forms.exchange.xlsform.losses import native
from forms.exchange.xlsform.questions import label_of, language_of, read_lists, unstyled
from forms.exchange.xlsform.survey import Survey
from forms.schema import FormSchema

SHEETS = ("survey", "choices", "settings")


def read(data: bytes) -> Understood:
    """The form in a workbook, with a finding for every cell that has no counterpart here.

    Raises:
        Unreadable: no workbook or no XLSForm; names used twice; lists that are missing; groups that do not close.
    """
    sheets = open_book(data, SHEETS)
    rows = sheets.get("survey", [])
    if not rows:
        raise refuse("The workbook has no sheet called “survey” with questions in it: this is not an XLSForm.")
    if not any(row.get("type") for row in rows):
        raise refuse("There is no column “type”: this is not an XLSForm.", "survey row 1")
    findings: list[Finding] = []
    settings = (sheets.get("settings") or [SheetRow("settings", 2, {})])[0]
    language = language_of(rows, settings, findings)
    findings += unstyled([*rows, *sheets.get("choices", [])], language)
    lists = read_lists(sheets.get("choices", []), language)
    survey = Survey(rows, lists, language, findings)
    title = settings.get("form_title") or label_of(settings, language) or settings.get("form_id") or "Imported form"
    schema = FormSchema(
        slug=slug_of([settings.get("form_id"), title], findings), title=title, pages=survey.pages, rules=survey.rules
    )
    notes = [read_note(settings.get("cdop"), "settings", findings), *survey.notes]
    restored, changed = restore(canonical(schema), notes, native)
    if not schema.pages:
        raise Unreadable(*findings, Finding("survey", "No question was understood."))
    return Understood(canonical(restored), findings + changed)

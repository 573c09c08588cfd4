"""A translation as a workbook, for a translator who works elsewhere."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from forms.exchange.book import open_book
from forms.exchange.findings import refuse
from forms.models import Translation
from forms.translations.texts import Place

SHEET = "texts"
COLUMNS = {"Page": 30, "English": 70, "Translation": 70}


def write(translation: Translation, places: list[Place]) -> bytes:
    """One row for each text: where it stands, in English, and translated as far as it is. No cell is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    for letter, width in zip("ABC", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    rows = [
        (place.title, text.english, translation.words.get(text.english, "")) for place in places for text in place.texts
    ]
    for number, row in enumerate([tuple(COLUMNS), *rows]):
        sheet.append([_cell(sheet, text, bold=number == 0) for text in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: object, text: str, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=True, vertical="top")
    return cell


def read(data: bytes) -> dict[str, str]:
    """The translations in such a workbook, by English; rows without one are left out.

    Raises:
        Unreadable: no workbook, or none with these columns.
    """
    rows = open_book(data, (SHEET,)).get(SHEET)
    if not rows or not {"english", "translation"} <= rows[0].cells.keys():
        raise refuse(f"The workbook needs a sheet “{SHEET}” with the columns English and Translation.")
    return {row.get("english"): row.get("translation") for row in rows if row.get("translation")}

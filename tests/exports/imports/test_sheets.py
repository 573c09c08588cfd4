"""Spreadsheets from outside: told by their content, read a row at a time, wrong cells named."""

import io
import zipfile

import pytest

from exports.imports import sheets
from exports.imports.targets import CodesWidget, CodeWidget, DayWidget, NotUnderstood, PostcodeWidget, WholeWidget
from tests.exports.imports.bringing import as_csv, as_xlsx
from workflow.services import MoveRefused


def texts(data):
    return [[cell.text for cell in cells] for _, cells in sheets.lines(data)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_however_a_spreadsheet_program_saved_it(encoding, delimiter):
    data = f"Ref{delimiter}Name\r\n1{delimiter}Zoë\r\n".encode(encoding)
    assert texts(data) == [["Ref", "Name"], ["1", "Zoë"]]


def test_rows_keep_the_number_a_person_sees_and_empty_ones_are_left_out():
    for data in (as_csv([["1"], [], ["3"]], ["A", "B"]), as_xlsx([["1"], [None], ["3"]], ["A", "B"])):
        assert [number for number, _ in sheets.lines(data)] == [1, 2, 4]
        assert [number for number, _ in sheets.lines(data, after=2)] == [4]


def test_a_cell_over_several_lines_is_one_cell():
    assert texts(b'A,B\n"one\ntwo",2\n')[1] == ["one\ntwo", "2"]


def test_a_formula_is_named_by_its_cell_in_either_kind_of_file():
    for data in (as_csv([["=1+1", "x"]], ["A", "B"]), as_xlsx([["=1+1", "x"]], ["A", "B"])):
        (_, [formula, _]) = list(sheets.lines(data))[1]
        assert formula.problem == "This is a formula. Copy the column and paste its values."


def test_a_huge_cell_is_named_and_one_beyond_all_measure_refuses_the_file():
    (_, cells) = list(sheets.lines(as_csv([["x" * 3_000, "y"]], ["A", "B"])))[1]
    assert "longer than 2,000 letters" in cells[0].problem
    with pytest.raises(MoveRefused, match="a cell is endless"):
        list(sheets.lines(as_csv([["x" * 200_000, "y"]], ["A", "B"])))


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file_in_silence():
    with pytest.raises(MoveRefused, match="quotation mark is not closed"):
        list(sheets.lines(b'A,B\n"' + b"1,2\n" * 50_000))


def test_an_error_of_the_spreadsheet_is_named():
    (_, cells) = list(sheets.lines(as_xlsx([["#N/A", "x"]], ["A", "B"])))[1]
    assert cells[0].problem == "This is an error of the spreadsheet: #N/A."


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<x/>")
        book.writestr("xl/sharedStrings.xml", b"\0" * (sheets.MOST_SHARED + 1))
    with pytest.raises(MoveRefused, match="unpacks to far too much"):
        list(sheets.lines(packed.getvalue()))


def test_a_zip_file_that_is_no_workbook_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as other:
        other.writestr("invented.txt", "Invented")
    with pytest.raises(MoveRefused, match="no spreadsheet"):
        sheets.headings(packed.getvalue())


def test_too_many_rows_or_columns_and_too_large_a_file_are_refused():
    with pytest.raises(MoveRefused, match="more than 3 rows"):
        list(sheets.lines(as_csv([["1", "2"]] * 5, ["A", "B"]), most=3))
    with pytest.raises(MoveRefused, match="200 columns"):
        list(sheets.lines(as_csv([["x"] * 300], ["A", "B"])))
    with pytest.raises(MoveRefused, match="larger than 30 MB"):
        sheets.headings(b"A,B\n" + b"1,2\n" * 7_500_000)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/3/2021", "2021-03-01"),
        ("01.03.2021", "2021-03-01"),
        ("2021-03-01", "2021-03-01"),
        ("1 March 2021", "2021-03-01"),
        ("29/02/2020", "2020-02-29"),
        ("", ""),
    ],
)
def test_days_are_read_day_first(written, day):
    assert DayWidget().clean(written) == day


@pytest.mark.parametrize(
    "written", ["31/02/2021", "29/02/2021", "03/13/2021", "1/3/21", "soon", "2021", "1/3", "44256"]
)
def test_what_is_no_day_is_never_guessed(written):
    with pytest.raises(ValueError, match=written):
        DayWidget().clean(written)


def test_codes_are_told_by_code_by_words_or_by_what_a_person_said_and_by_nothing_else():
    widget = CodeWidget((("f", "Female"), ("m", "Male")), {"girl": "f", "odd": "gone"})
    assert [widget.clean(value) for value in ("f", " FEMALE ", "Girl", "")] == ["f", "f", "f", ""]
    for value in ("woman", "odd"):
        with pytest.raises(NotUnderstood):
            widget.clean(value)
    assert CodesWidget(widget.codes, {}).clean("Female; m") == ["f", "m"]


def test_postcodes_and_numbers_are_tidied_or_refused():
    assert PostcodeWidget().clean("zz993wz") == "ZZ99 3WZ"
    assert WholeWidget().clean("38") == 38
    for widget, value in ((PostcodeWidget(), "nowhere"), (WholeWidget(), "3.5")):
        with pytest.raises(ValueError, match=value):
            widget.clean(value)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_letter_of_two_bytes_is_known_as_utf_8_wherever_the_file_is_cut(monkeypatch, size):
    monkeypatch.setattr(sheets, "AT_A_TIME", size)
    assert sheets.headings("Né,Zoë\n1,2\n".encode()) == ["Né", "Zoë"]
    assert sheets.headings("Né,Zoë\n1,2\n".encode("cp1252")) == ["Né", "Zoë"]
    assert sheets.headings("Né,Zo\n1,2\né".encode()[:-1]) != ["Né", "Zo"]

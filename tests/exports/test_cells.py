"""Cells show what was answered and never run as formulas."""

import csv
import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from exports.cells import RISKY, safe, xml_text
from exports.plan import compile_plan
from exports.writers import Tally, TooLargeForExcel, check_size, csv_blocks, join_xlsx, write_xlsx, xlsx, xlsx_piece
from exports.writers.xlsx import CUT, XLSX_ROWS, XLSX_TEXT


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20 7946 0000", "+447946000000", "-", "--1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"],
)
def test_what_could_start_a_formula_gets_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3.5", "-0", "-12", "-1e5", "-2.5E-10", "0", "3.5", "", "a=b", "Anne-Marie", "'=1"])
def test_numbers_and_plain_words_pass_unchanged(text):
    assert safe(text) == text


@given(st.text())
def test_no_cell_begins_a_formula_unless_it_is_a_number(text):
    made = safe(text)
    assert made.lstrip("'").endswith(text.lstrip("'"))
    if made[:1] in RISKY and made:
        float(made)


def test_a_csv_file_holds_safe_text_and_real_numbers(samples, resource):
    samples.objects.create(text="=HYPERLINK(1)", whole=-3, real=-3.5, money="-1.250", answers={"colour": "+44 20"})
    text = b"".join(csv_blocks(compile_plan(resource, samples.objects.all()))).decode()
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert (row["text"], row["whole"], row["real"], row["money"]) == ("'=HYPERLINK(1)", "-3", "-3.5", "-1.250")
    assert row["Colour"] == "'+44 20"


def workbook(plan) -> openpyxl.worksheet.worksheet.Worksheet:
    output = io.BytesIO()
    write_xlsx(plan, output, "Samples")
    output.seek(0)
    return openpyxl.load_workbook(output)["Samples"]


def test_an_xlsx_file_holds_numbers_dates_and_text_as_what_they_are(samples, resource):
    samples.objects.create(
        text="=1+1",
        whole=-3,
        money="2.500",
        yes=True,
        day=dt.date(2026, 3, 1),
        moment=dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC),
        answers={"colour": "a\x01b"},
    )
    sheet = workbook(compile_plan(resource, samples.objects.all(), native=True))
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert (row["text"].value, row["text"].data_type) == ("=1+1", "s")
    assert (row["whole"].value, row["money"].value, row["yes"].value) == (-3, 2.5, True)
    assert row["day"].value == dt.datetime(2026, 3, 1)
    assert row["moment"].value == dt.datetime(2026, 7, 1, 13)
    assert row["Colour"].value == "a\N{REPLACEMENT CHARACTER}b"


def test_xlsx_says_where_it_had_to_cut_and_keeps_every_digit(samples, resource):
    samples.objects.create(text="x" * 40_000, whole=1234567890123456789, day=dt.date(1066, 10, 14))
    sheet = workbook(compile_plan(resource, samples.objects.all(), native=True))
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert len(row["text"].value) == XLSX_TEXT
    assert row["text"].value.endswith(CUT)
    assert row["whole"].value == "1234567890123456789"
    assert row["day"].value == "1066-10-14"


def test_xlsx_is_refused_before_the_work_when_a_worksheet_cannot_hold_it(samples, resource):
    plan = compile_plan(resource, samples.objects.all())
    check_size(plan, XLSX_ROWS)
    with pytest.raises(TooLargeForExcel, match="1,048,575 rows"):
        check_size(plan, XLSX_ROWS + 1)


@given(st.text())
def test_what_xml_cannot_hold_is_replaced_and_nothing_else(text):
    clean = xml_text(text)
    assert len(clean) == len(text)
    clean.encode()
    assert all(new == old or new == "\N{REPLACEMENT CHARACTER}" for new, old in zip(clean, text, strict=True))


ODD = [
    "plain",
    " spaced",
    "spaced ",
    "two\nlines",
    'a "quote" & <tag>',
    "_x0041_",
    "<r>rich</r>",
    "Zoë 🙂",
    "=1+1",
    "\t",
    "\x07",
]


class Rows:
    """As a plan gives them."""

    def __init__(self, rows: list[list]) -> None:
        self.rows = rows
        self.headers = self.columns = [f"c{number}" for number in range(len(rows[0]))]

    def batches(self):
        yield list(zip(*self.rows, strict=True))


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(ODD),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(dt.date(1850, 1, 1)),
    st.datetimes(dt.datetime(1850, 1, 1), dt.datetime(9000, 1, 1)),
    st.times(),
)


@given(st.lists(st.tuples(st.just("reference"), CELLS, CELLS), min_size=1, max_size=8), st.data())
def test_rows_written_in_any_pieces_make_the_workbook_that_is_written_at_once(rows, data):
    whole = io.BytesIO()
    write_xlsx(Rows(rows), whole, "Cells")
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1))) if len(rows) > 1 else [])
    tally = Tally()
    pieces = [
        b"".join(xlsx_piece(Rows(rows[start:end]), tally))
        for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)
    ]
    joined = b"".join(join_xlsx(iter(pieces), Rows(rows).headers, "Cells", tally))
    ours, stock = zipfile.ZipFile(io.BytesIO(joined)), zipfile.ZipFile(whole)
    for name in stock.namelist():
        assert name == "docProps/core.xml" or ours.read(name) == stock.read(name)


def sheet_of(cells, monkeypatch=None) -> bytes:
    """The XML of a worksheet with these cells, as we write it or as the library does."""

    if monkeypatch:
        monkeypatch.setattr(xlsx.QuickSheet, "_write_cell", Worksheet._write_cell)
    output = io.BytesIO()
    write_xlsx(Rows([cells]), output, "Cells")
    return zipfile.ZipFile(output).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "cells",
    [
        ODD,
        [1, -2, 10**14, 10**15, 1.5, -0.25, 1e-9, Decimal("12.340"), True, False, None, ""],
        [dt.date(1899, 12, 31), dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2026, 2, 28)],
        [dt.datetime(1890, 1, 1), dt.datetime(1900, 1, 1), dt.datetime(2026, 2, 28, 23, 59, 59), dt.time(12, 30)],
    ],
)
def test_cells_are_written_quickly_and_byte_for_byte_as_the_library_writes_them(monkeypatch, cells):
    assert sheet_of(cells) == sheet_of(cells, monkeypatch)


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.date(2026, 11, 29)])
def test_a_day_is_the_number_that_the_library_makes_of_it(day):
    stock = io.BytesIO()
    with xlsxwriter.Workbook(stock, {"constant_memory": True}) as book:
        book.add_worksheet().write_datetime(1, 0, day, book.add_format({"num_format": "yyyy-mm-dd"}))
    (number,) = re.findall(rb"<v>([^<]+)</v>", zipfile.ZipFile(stock).read("xl/worksheets/sheet1.xml"))
    assert b"<v>%s</v>" % number in sheet_of([day])


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_text_is_written_byte_for_byte_as_the_library_writes_it(texts):
    with pytest.MonkeyPatch.context() as patch:
        quickly = sheet_of(texts)
        assert quickly == sheet_of(texts, patch)

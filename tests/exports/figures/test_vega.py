"""The pictures of figures: what is in them, for eyes, for screen readers and for other programs."""

import altair
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.figures.curves import OURS
from exports.figures.showing import Curve, ShownTable
from exports.figures.vega import COLOURS, picture_of

SVG = "{http://www.w3.org/2000/svg}"


def table(*numbers, series=("Deaths",), caption="Children who died", hides=False):
    return ShownTable(caption, "Year", (), (), series, numbers, hides)


YEARS = table(("2023–24", (12,)), ("2024–25", (7,)))
TWO = table(("Girls", (9, 4)), ("Boys", (6, None)), series=("Expected", "Unexpected"), hides=True)


def words_in(picture):
    """Line by line, as they stand in the picture."""
    return [words for text in fromstring(picture.svg).iter(f"{SVG}text") for words in text.itertext()]


def test_every_row_is_named_and_says_its_number():
    assert {"2023–24", "2024–25", "12", "7"} <= set(words_in(picture_of(YEARS)))


def test_rows_stand_in_the_order_of_the_table_also_where_one_is_hidden():
    hidden_first = table(("First", (None,)), ("Second", (8,)), ("Third", (9,)), hides=True)
    drawn = [words for words in words_in(picture_of(hidden_first)) if words in ("First", "Second", "Third")]
    assert drawn == ["First", "Second", "Third"]


def test_what_is_hidden_says_so_and_has_no_number_anywhere():
    picture = picture_of(TWO)
    assert "6 + not shown" in words_in(picture)
    values = picture.spec["layer"][0]["data"]["values"]
    assert [value["number"] for value in values] == [9, 4, 6, None]


def test_a_row_of_which_all_is_hidden_is_never_zero():
    picture = picture_of(table(("Home", (None,)), ("School", (8,)), hides=True))
    assert "not shown" in words_in(picture)
    assert "0 + not shown" not in words_in(picture)


def test_series_are_told_apart_by_a_legend_and_colours_of_the_nhs():
    picture = picture_of(TWO)
    assert {"Expected", "Unexpected"} <= set(words_in(picture))
    fills = {shape.get("fill") for shape in fromstring(picture.svg).iter(f"{SVG}path")}
    assert set(COLOURS[:2]) <= fills


def test_one_series_needs_no_legend():
    assert "Deaths" not in words_in(picture_of(YEARS))


def test_a_long_name_stands_in_several_lines():
    long = "Hospital: intensive care, theatre or another ward of the invented hospital"
    shown = words_in(picture_of(table((long, (8,)), ("Home", (9,)))))
    assert all(len(words) <= 22 for words in shown)
    assert long in " ".join(shown)


def test_nothing_to_draw_is_no_picture():
    assert picture_of(table(("2023–24", (0,)))) is None
    assert picture_of(table()) is None
    many = tuple("abcdefg")
    assert picture_of(table(("2023–24", (1,) * 7), series=many)) is None


def test_who_does_not_see_it_reads_what_it_says():
    picture = picture_of(YEARS)
    root = fromstring(picture.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == picture.words
    assert root.find(f"{SVG}title").text == "Children who died"
    assert root.find(f"{SVG}desc").text == picture.words
    assert "The longest bar is “2023–24”, with 12." in picture.words


def test_signs_in_a_caption_stay_words():
    picture = picture_of(table(("<b>", (8,)), caption='Deaths & "<script>alert(1)</script>'))
    root = fromstring(picture.svg)
    assert root.find(f"{SVG}title").text == 'Deaths & "<script>alert(1)</script>'
    assert not list(root.iter(f"{SVG}script"))
    assert "<b>" in words_in(picture)


def test_the_specification_is_vega_lite_and_brings_its_data():
    spec = picture_of(TWO).spec
    assert "vega-lite" in spec["$schema"]
    altair.Chart.from_dict(spec)
    assert all("values" in layer["data"] for layer in spec["layer"])


def test_a_control_character_in_a_name_does_not_end_the_process():
    assert "Home" in words_in(picture_of(table(("Ho\x1fme", (8,)), caption="Deaths\x00")))


def test_nor_does_one_in_the_name_of_a_place_elsewhere():
    beside = (("Eng\x1fland", (("2022–23", 2.7),)),)
    lines = by_year(rates(("2022–23", 2.0), ("2024–25", 3.0), title="Ne\x00onatal", beside=beside))
    assert {"England", "Neonatal"} <= set(words_in(picture_of(lines, lines=True)))


def test_it_is_as_wide_as_a_phone_can_show():
    assert all(float(fromstring(picture_of(each).svg).get("width")) < 480 for each in (YEARS, TWO))


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=40), st.tuples(st.none() | st.integers(0, 10**6))),
        min_size=1, max_size=8, unique_by=lambda row: row[0].strip(),
    )
)  # fmt: skip
def test_whatever_the_rows_are_called_the_picture_is_whole(rows):
    picture = picture_of(table(*rows))
    if picture:
        fromstring(picture.svg)


# Lines


def rates(*points, title="Neonatal deaths per 1,000 live births", beside=()):
    return Curve(title, tuple((row, rate, rate / 2, rate * 2) for row, rate in points), beside)


ENGLAND = (("England", (("2022–23", 2.7), ("2023–24", 2.6))),)


def by_year(*curves):
    rows = tuple((row, (12,)) for row in ("2022–23", "2023–24", "2024–25"))
    return ShownTable("Infants", "Year", (), (), ("Deaths",), rows, False, "", curves)


WITH_LINES = by_year(
    rates(("2022–23", 2.0), ("2024–25", 3.0), beside=ENGLAND), rates(("2022–23", 4.0), ("2023–24", 4.5))
)


def test_a_rate_is_drawn_as_a_line_with_its_interval_and_elsewhere_beside_it():
    picture = picture_of(WITH_LINES, lines=True)
    assert {"England", OURS, "2022–23", "2023–24", "2024–25"} <= set(words_in(picture))
    interval, elsewhere, ours = (layer["data"]["values"] for layer in picture.spec["vconcat"][0]["layer"])
    assert interval == ours
    assert [(value["least"], value["most"]) for value in interval] == [(1.0, 4.0), (None, None), (1.5, 6.0)]
    assert [(value["series"], value["number"]) for value in elsewhere] == [
        ("England", 2.7), ("England", 2.6), ("England", None)
    ]  # fmt: skip


def test_a_year_whose_rate_is_not_shown_is_a_gap():
    first, _ = picture_of(WITH_LINES, lines=True).spec["vconcat"]
    assert [value["number"] for value in first["layer"][-1]["data"]["values"]] == [2.0, None, 3.0]


def test_lines_are_told_in_words():
    assert picture_of(WITH_LINES, lines=True).words == (
        "Line chart: Infants. Neonatal deaths per 1,000 live births: 2.0 in 2022–23, 3.0 in 2024–25. Neonatal deaths "
        "per 1,000 live births: 4.0 in 2022–23, 4.5 in 2023–24. Every number is in the table."
    )


def test_lines_are_valid_vega_lite_and_no_wider_than_a_phone_can_show():
    picture = picture_of(WITH_LINES, lines=True)
    altair.Chart.from_dict({key: each for key, each in picture.spec["vconcat"][0].items()})
    assert float(fromstring(picture.svg).get("width")) < 480
    assert fromstring(picture.svg).get("aria-label") == picture.words


@pytest.mark.parametrize("curves", [(), (rates(("2022–23", 2.0)),)])
def test_without_two_rates_to_join_there_are_bars(curves):
    assert picture_of(by_year(*curves), lines=True).words.startswith("Bar chart")


def test_lines_are_drawn_only_where_they_are_asked_for():
    assert picture_of(WITH_LINES).words.startswith("Bar chart")


@pytest.mark.parametrize("number", [1, 10**9])
def test_small_and_large_numbers_are_drawn(number):
    assert f"{number:,}" in words_in(picture_of(table(("All", (number,)))))

"""Whatever the table, nobody is in a class smaller than was promised, and no more is said of it than holds."""

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from exports.research.anonymity import anonymise
from exports.research.wider import to_band, to_quarter, to_year

STEPS = {"month": [to_quarter, to_year], "weeks": [to_band(4), to_band(8)]}
KNOWN = ("sex", "month", "weeks")
ROW = st.tuples(
    st.sampled_from(["female", "male", ""]),
    st.sampled_from(["2025-01", "2025-02", "2025-07", "2026-01", ""]),
    st.integers(22, 42).map(str),
    st.sampled_from(["1", "2", "3", "", "not_known"]),
)
TABLES = st.lists(ROW, max_size=50).map(
    lambda rows: {name: [row[at] for row in rows] for at, name in enumerate((*KNOWN, "category"))}
)
K = st.integers(min_value=2, max_value=8)


def by_class(made):
    found = defaultdict(list)
    for *where, category in zip(*(made.columns[name] for name in (*KNOWN, "category")), strict=True):
        found[tuple(where)].append(category)
    return found


@given(TABLES, K)
def test_any_table_comes_out_k_anonymous(columns, k):
    made = anonymise(columns, KNOWN, STEPS, k)
    assert all(len(rows) >= k for rows in by_class(made).values())


@given(TABLES, K)
def test_the_k_that_is_told_is_the_size_of_the_smallest_class(columns, k):
    made = anonymise(columns, KNOWN, STEPS, k)
    assert made.k == min((len(rows) for rows in by_class(made).values()), default=0)


@given(TABLES, K)
def test_no_l_is_overstated(columns, k):
    made = anonymise(columns, KNOWN, STEPS, k)
    told = made.l_of("category", unknown=("", "not_known"))
    for rows in by_class(made).values():
        assert told <= max(len(set(rows) - {"", "not_known"}), 1)


@given(TABLES, K)
def test_rows_are_left_out_only_where_the_whole_table_is_too_small(columns, k):
    rows = len(columns["sex"])
    made = anonymise(columns, KNOWN, STEPS, k)
    assert made.left_out == (rows if rows < k else 0)
    assert made.rows == rows - made.left_out


@given(TABLES, K)
def test_a_cell_is_as_it_was_or_wider_or_blank(columns, k):
    made = anonymise(columns, KNOWN, STEPS, k)
    if not made.left_out:
        for before, after in zip(columns["sex"], made.columns["sex"], strict=True):
            assert after in (before, "")
        for before, after in zip(columns["month"], made.columns["month"], strict=True):
            assert after in (before, to_quarter(before), to_year(before), "")


@given(TABLES, K)
def test_what_is_told_of_blanked_cells_is_what_was_blanked(columns, k):
    made = anonymise(columns, KNOWN, STEPS, k)
    if not made.left_out:
        for name in KNOWN:
            gone = sum(bool(a) and not b for a, b in zip(columns[name], made.columns[name], strict=True))
            assert made.blanked.get(name, 0) == gone


@given(TABLES, K)
def test_what_nobody_outside_knows_is_not_touched(columns, k):
    made = anonymise(columns, KNOWN, STEPS, k)
    assert made.left_out or made.columns["category"] == columns["category"]


@given(TABLES, K)
def test_the_table_that_came_in_stays_as_it_is(columns, k):
    before = {name: list(cells) for name, cells in columns.items()}
    anonymise(columns, KNOWN, STEPS, k)
    assert columns == before


def test_a_table_that_is_k_anonymous_already_stays_as_it_is():
    columns = {"sex": ["female"] * 5 + ["male"] * 5}
    made = anonymise(columns, ["sex"], {}, 5)
    assert made.columns == columns
    assert (made.widened, made.blanked, made.left_out) == ({}, {}, 0)


def test_a_column_is_made_wider_before_cells_are_blanked():
    columns = {"month": [f"2026-{month:02}" for month in range(1, 13)]}
    made = anonymise(columns, ["month"], STEPS, 3)
    assert Counter(made.columns["month"]) == {"2026-Q1": 3, "2026-Q2": 3, "2026-Q3": 3, "2026-Q4": 3}
    assert not made.blanked


def test_one_child_unlike_all_others_is_blanked_with_as_few_others_as_hide_them():
    columns = {"sex": ["female"] * 20 + ["male"]}
    made = anonymise(columns, ["sex"], {}, 3)
    assert Counter(made.columns["sex"]) == {"female": 18, "": 3}


def test_a_class_that_cannot_spare_a_row_goes_as_a_whole():
    columns = {"sex": ["female"] * 3 + ["male"] * 2}
    made = anonymise(columns, ["sex"], {}, 3)
    assert Counter(made.columns["sex"]) == {"": 5}


def test_where_nothing_is_known_outside_the_whole_table_is_one_class():
    made = anonymise({"category": ["1", "2", "2"]}, [], {}, 3)
    assert (made.k, made.l_of("category")) == (3, 2)


def test_an_empty_table_promises_nothing():
    made = anonymise({"sex": [], "category": []}, ["sex"], {}, 5)
    assert (made.rows, made.k, made.l_of("category"), made.left_out) == (0, 0, 0, 0)


def test_a_class_in_which_everybody_has_the_same_is_told_as_one():
    columns = {"sex": ["female"] * 3 + ["male"] * 3, "category": ["1", "2", "3", "5", "5", "5"]}
    assert anonymise(columns, ["sex"], {}, 3).l_of("category") == 1

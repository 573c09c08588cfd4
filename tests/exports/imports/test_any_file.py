"""Whatever stands in a cell, it is understood as one thing or refused in a sentence; whatever is done with files in
whatever order, what is here is what was brought in last."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.imports import services
from exports.imports.rows import Reader, difference, in_words
from exports.imports.selectors import outcomes
from exports.imports.sheets import Cell, count, headings, lines
from exports.imports.targets import OWN, DayWidget, NumberWidget, PostcodeWidget, Target, WholeWidget, resource
from exports.models import HistoryImport
from forms.kinds.text import POSTCODE, is_nhs_number
from tests.exports.imports.bringing import as_csv, checked, made, row
from workflow.models import Case
from workflow.services import MoveRefused
from workflow.states import State

pytestmark = [pytest.mark.any_database, pytest.mark.hypothesis]
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1))
SEX = Target("sex", "Sex", "code", "record", (("female", "Female"), ("male", "Male")))
KNOWN = {target.name: target for target in [*OWN, SEX]}
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(DAYS, st.sampled_from(["{:%d/%m/%Y}", "{:%-d %B %Y}", "{:%d.%m.%Y}", "{:%Y-%m-%d}", "{:%d %b %Y}"]))
def test_a_day_is_the_same_day_however_it_is_written(day, pattern):
    assert DayWidget().clean(pattern.format(day)) == day.isoformat()


def is_day(found: Any) -> bool:
    return dt.date.fromisoformat(found) >= dt.date(1900, 1, 1)


@pytest.mark.parametrize(
    ("widget", "is_one"),
    [
        (DayWidget(), is_day),
        (NumberWidget(), is_nhs_number),
        (PostcodeWidget(), POSTCODE.fullmatch),
        (WholeWidget(), lambda found: 0 <= found < 10**6),
    ],
)
@given(text=CELLS | st.from_regex(r"[0-9 -]{10,12}", fullmatch=True))
def test_whatever_stands_in_a_cell_is_what_should_stand_there_or_a_sentence(widget, is_one, text):
    refusals = []
    try:
        found = widget.clean(text)
    except ValueError as refused:
        found, refusals = "", [str(refused)]
    assert found == "" or is_one(found)
    assert all(sentence[-1] == "." for sentence in refusals)


@given(st.lists(st.lists(st.text("aé1 ,;'\"\n=", max_size=6), min_size=4, max_size=4), min_size=1, max_size=8))
def test_a_table_that_was_written_is_read_as_it_was(rows):
    """But for blanks around a cell, and rows without anything."""
    data = as_csv(rows, ["A", "B", "C", "D"])
    assert headings(data) == ["A", "B", "C", "D"]
    found = [[cell.text or cell.problem for cell in cells] for _, cells in lines(data, after=1)]
    expected = [[cell.strip() for cell in each] for each in rows]
    expected = [each for each in expected if any(each)]
    assert len(found) == len(expected) == count(data)
    for cells, written in zip(found, expected, strict=True):
        assert all(cell == text or text.startswith("=") for cell, text in zip(cells, written, strict=True))


@given(st.dictionaries(st.sampled_from(["Ref", "Died", "Born", "Sex"]), CELLS))
def test_a_row_with_anything_in_it_is_read_whole_or_says_by_column_why_not(cells):
    columns = {"Ref": "reference", "Died": "date_of_death", "Born": "date_of_birth", "Sex": "sex"}
    reader = Reader(list(columns), resource(columns, {}, KNOWN), KNOWN)
    read = reader.read(2, [Cell(cells.get(name, "")) for name in columns], dt.date(2026, 1, 1))
    assert {column for column, _ in read.problems} <= set(columns)
    if not read.problems:
        assert {"reference", "date_of_death"} <= set(read.values)
        assert read.values["date_of_death"] <= "2026-01-01"
        assert read.values.get("sex", "male") in ("female", "male")


VALUES = st.fixed_dictionaries(
    {}, optional={"reference": st.text(max_size=3), "date_of_death": DAYS.map(str), "sex": st.sampled_from(["male"])}
)


@given(VALUES, VALUES)
def test_a_difference_names_what_differs_and_nothing_else(was, now):
    named = [title for title, _, _ in difference(was, now, KNOWN)]
    assert named == [KNOWN[name].title for name in KNOWN if was.get(name, "") != now.get(name, "")]
    turned = [[title, after, before] for title, before, after in difference(now, was, KNOWN)]
    assert turned == difference(was, now, KNOWN)


def test_what_is_empty_has_no_words():
    assert [in_words(target, "") for target in KNOWN.values()] == [""] * len(KNOWN)


# Whole files


FILES = st.lists(
    st.tuples(st.dictionaries(st.integers(1, 4), st.sampled_from(["Female", "Male", "Q"]), min_size=1), st.booleans()),
    min_size=1,
    max_size=4,
)


class Kept:
    """What should be here, worked out anew from what was brought in and not undone: sex by reference."""

    def __init__(self) -> None:
        self.imports: list[tuple[HistoryImport, dict[int, str]]] = []

    @property
    def children(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for _, told in self.imports:
            found |= told
        return found

    def bring(self, told: dict[int, str], by: Any) -> None:
        good = {ref: sex for ref, sex in told.items() if sex != "Q"}
        fresh = {ref: sex for ref, sex in good.items() if self.children.get(ref) != sex}
        data = as_csv([row(Ref=f"OLD-{ref}", Sex=sex) for ref, sex in told.items()])
        if not fresh:
            with pytest.raises(MoveRefused, match="nothing to bring in"):
                made(data, by, leave_out=True)
            services.discard(HistoryImport.objects.latest("pk"), by)
            return
        history = made(data, by, leave_out=True)
        assert history.state == "made"
        assert outcomes(history).get("refused", 0) == len(told) - len(good)
        self.imports.append((history, fresh))

    def undo_the_newest(self, by: Any) -> None:
        history, _ = self.imports.pop()
        services.undo(history, by)
        assert services.work(history).state == "undone"


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_what_is_here_is_what_was_brought_in_last_and_not_undone(files, coordinator):
    with transaction.atomic():
        kept = Kept()
        for told, undone in files:
            kept.bring(told, coordinator)
            if undone and kept.imports:
                kept.undo_the_newest(coordinator)
        here = Case.objects.filter(state=State.CLOSED)
        assert sorted(case.record["sex"].title() for case in here) == sorted(kept.children.values())
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_undoing_an_import_under_another_one_is_refused_and_changes_nothing(coordinator):
    first = made(as_csv([row()]), coordinator)
    made(as_csv([row(Sex="Male")]), coordinator)
    with pytest.raises(MoveRefused, match="were changed since"):
        services.undo(first, coordinator)
    assert Case.objects.get().record["sex"] == "male"


@pytest.mark.django_db
def test_a_case_that_a_later_import_changed_is_as_before_once_that_is_undone(coordinator):
    first = made(as_csv([row()]), coordinator)
    second = made(as_csv([row(Sex="Male")]), coordinator)
    services.undo(second, coordinator)
    services.work(second)
    assert outcomes(checked(as_csv([row(Sex="Male")]), coordinator)) == {"changed": 1}
    services.undo(first, coordinator)
    assert services.work(first).state == "undone"
    assert Case.objects.get().state == State.TAKEN_BACK


@pytest.mark.django_db
def test_a_check_of_an_undone_import_finds_everything_new_again(coordinator):
    first = made(as_csv([row()]), coordinator)
    services.undo(first, coordinator)
    services.work(first)
    assert outcomes(checked(as_csv([row()]), coordinator)) == {"new": 1}

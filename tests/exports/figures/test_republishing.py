"""Numbers that changed by few since they were published are published again as they were."""

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.disclosure import Cell, Rule
from exports.figures.earlier import Published, told_before
from exports.figures.republishing import AS_IT_WAS, as_published
from exports.figures.showing import shown
from exports.figures.tables import FigureTable, Result
from exports.figures.years import Asked
from tests.exports.figures.test_earlier import LABELS, by_age, by_year, by_year_and_age

RULE, YEARS = Rule(), Asked(2020, 2024)


def publish(result: Result, *before: Published, years: Asked = YEARS) -> Published:
    """As a freeze does it, and what the next one is compared with."""
    public = as_published(result, years, before, RULE)
    told = told_before(public, years, before, RULE)
    return Published(years.first, years.last, shown(public, "public", RULE, told), shown(public, "partners", RULE))


def counts(one: Published) -> dict[str, str]:
    return {row: texts[0] for row, texts in one.public.tables[0].rows}


def note(one: Published) -> str:
    return one.public.tables[0].note


def test_news_of_one_child_leaves_the_table_as_it_was():
    first = publish(by_age(20, 30, 40, 50))
    again = publish(by_age(20, 31, 40, 50), first)
    assert counts(again) == counts(first)
    assert note(again) == AS_IT_WAS
    assert note(first) == ""


def test_news_of_one_child_in_a_hidden_number_shows_in_no_total():
    first = publish(by_age(3, 30, 2, 50))
    again = publish(by_age(4, 30, 2, 50), first)
    assert counts(again) == counts(first)


def test_a_child_who_is_not_counted_any_more_leaves_it_too():
    first = publish(by_age(20, 30, 40, 50))
    assert counts(publish(by_age(20, 30, 40, 49), first)) == counts(first)


def test_children_who_changed_places_leave_it_although_the_total_is_the_same():
    first = publish(by_age(20, 30, 40, 50))
    assert counts(publish(by_age(21, 29, 40, 50), first)) == counts(first)


def test_when_enough_has_changed_everywhere_the_new_numbers_are_shown():
    first = publish(by_age(20, 30, 40, 50))
    again = publish(by_age(25, 30, 40, 60), first)
    assert counts(again) == {"a": "25", "b": "30", "c": "40", "d": "60", "Total": "155"}
    assert note(again) == ""


def test_what_is_compared_is_what_was_read_and_not_what_was_known():
    first = publish(by_age(20, 30, 40, 50))
    second = publish(by_age(24, 30, 40, 50), first)
    assert counts(second)["a"] == "20"
    third = publish(by_age(26, 30, 40, 50), first, second)
    assert counts(third)["a"] == "26"


def test_a_number_that_came_back_to_what_an_older_report_said_is_shown_as_in_the_newest():
    first = publish(by_age(20, 30, 40, 50))
    second = publish(by_age(28, 30, 40, 50), first)
    third = publish(by_age(21, 30, 40, 50), first, second)
    assert counts(third) == counts(second)


def test_other_years_are_not_compared():
    first = publish(by_age(20, 30, 40, 50), years=Asked(2019, 2023))
    assert counts(publish(by_age(21, 30, 40, 50), first))["a"] == "21"


def test_of_a_table_by_year_only_the_years_stay_that_changed_by_few():
    first = publish(by_year_and_age({"2023–24": (20, 30), "2024–25": (40, 50)}))
    again = publish(by_year_and_age({"2023–24": (20, 31), "2024–25": (60, 70)}), first)
    rows = dict(again.public.tables[0].rows)
    assert rows["2023–24"] == ("20", "30", "50")
    assert rows["2024–25"] == ("60", "70", "130")
    assert rows["Total"] == ("80", "100", "180")
    assert "2023–24" in note(again)
    assert "2024–25" not in note(again)


def test_years_that_an_older_report_had_too_stay_whatever_its_range_was():
    first = publish(by_year_and_age({"2023–24": (20, 30), "2024–25": (40, 50)}), years=Asked(2023, 2024))
    newer = by_year_and_age({"2024–25": (41, 50), "2025–26": (20, 20)})
    rows = dict(publish(newer, first, years=Asked(2024, 2025)).public.tables[0].rows)
    assert rows["2024–25"] == ("40", "50", "90")
    assert rows["2025–26"] == ("20", "20", "40")


def test_a_plain_number_of_children_by_year_is_what_is_known_now():
    first = publish(by_year({"2023–24": 20, "2024–25": 30}))
    assert counts(publish(by_year({"2023–24": 21, "2024–25": 30}), first))["2023–24"] == "21"


def steps(done: int, undone: int) -> Result:
    told = {Cell("Guide given", "Yes"): done, Cell("Guide given", "No"): undone}
    return Result((FigureTable("Steps", "Reviews", "Step", ("Guide given",), told, "Done", ("Yes", "No"), True),))


def test_rows_that_each_count_everybody_are_compared_too():
    first = publish(steps(20, 30))
    assert publish(steps(21, 30), first).public.tables[0].rows == first.public.tables[0].rows
    assert publish(steps(40, 60), first).public.tables[0].rows != first.public.tables[0].rows


def test_a_category_that_was_not_there_yet_does_not_stay_empty_for_ever():
    first = publish(by_age(20, 30, labels=("a", "b")))
    again = publish(by_age(20, 30, 9, labels=("a", "b", "Not known")), first)
    assert counts(again)["Not known"] == "9"


def test_a_category_that_is_not_there_any_more_is_still_shown_as_it_was():
    first = publish(by_age(20, 30, 9, labels=("a", "b", "Not known")))
    again = publish(by_age(21, 38, labels=("a", "b")), first)
    assert counts(again) == counts(first)


def test_another_edition_of_the_postcodes_counts_the_same_children():
    first = publish(by_age(20, 30, 40, 50, caption="By council, by “Postcodes 1”"))
    again = publish(by_age(20, 31, 40, 50, caption="By council, by “Postcodes 2”"), first)
    assert counts(again) == counts(first)
    other = publish(by_age(20, 31, 40, 50, caption="By fifth, by “Postcodes 1”"), first)
    assert counts(other)["b"] == "31"


NUMBERS = st.tuples(*[st.integers(0, 14)] * len(LABELS))


@settings(deadline=None)
@given(reports=st.lists(NUMBERS, min_size=2, max_size=4))
def test_no_number_that_the_public_read_twice_differs_by_few(reports):
    read: list[Published] = []
    for numbers in reports:
        read.append(publish(by_age(*numbers), *read))
    for one in read:
        for other in read:
            for row, text in counts(one).items():
                then = counts(other)[row]
                if "*" not in (text, then):
                    assert not RULE.hides(abs(int(text) - int(then)))


@settings(deadline=None)
@given(numbers=NUMBERS)
def test_what_nobody_has_read_is_left_alone(numbers):
    result = by_age(*numbers)
    assert as_published(result, YEARS, [], RULE) == result
    assert as_published(result, YEARS, [publish(result)], RULE) == result

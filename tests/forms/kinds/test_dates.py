"""Dates in three boxes, whole or in part, and times."""

import pytest

from tests.forms.asking import ask, in_words, refusal, stored


def entered(question, day="", month="", year=""):
    return stored(question, day=day, month=month, year=year)


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", " MARCH "])
def test_a_month_may_be_a_number_or_a_name(month):
    assert entered(ask("date"), "7", month, "2026") == "2026-03-07"


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"month": "3", "year": "2026"}, "must include a day"),
        ({"day": "3", "year": "2026"}, "must include a month"),
        ({"day": "3"}, "must include a month and a year"),
    ],
)
def test_the_message_names_what_is_missing(parts, missing):
    assert missing in refusal(ask("date"), **parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "2", "2026"),
        ("29", "2", "2025"),
        ("0", "1", "2026"),
        ("1", "13", "2026"),
        ("1", "0", "2026"),
        ("-1", "1", "2026"),
        ("1st", "1", "2026"),
        ("1", "Mars", "2026"),
        ("1", "１", "0000"),
        ("1" * 5000, "1", "2026"),
    ],
)
def test_what_is_no_day_in_the_calendar_is_refused(parts):
    day, month, year = parts
    assert "must be a real date" in refusal(ask("date"), day=day, month=month, year=year)


@pytest.mark.parametrize("year", ["26", "20266", "MMXXVI", "9" * 5000])
def test_a_year_has_four_digits(year):
    assert "as 4 digits" in refusal(ask("date"), day="1", month="1", year=year)


def test_a_date_of_another_age_is_refused():
    assert "in or after 1900" in refusal(ask("date"), day="1", month="1", year="1899")


@pytest.mark.parametrize(
    ("parts", "kept", "words"),
    [
        (("27", "3", "2019"), "2019-03-27", "27 March 2019"),
        (("", "3", "2019"), "2019-03", "March 2019"),
        (("", "", "2019"), "2019", "2019"),
    ],
)
def test_part_of_a_date_keeps_its_precision_where_part_is_enough(parts, kept, words):
    question = ask("date", partial=True)
    assert entered(question, *parts) == kept
    assert in_words(question, kept) == words


def test_a_day_without_its_month_is_no_part_of_a_date():
    assert "must include a month" in refusal(ask("date", partial=True), day="3", year="2019")


def test_a_date_is_either_known_or_not_known():
    question = ask("date", unknown=["not_known"], required="mandatory")
    assert stored(question, unknown="not_known") == "not_known"
    assert refusal(question, unknown="not_known", day="3").startswith("Enter an answer to “It” or choose “Not known”")
    assert refusal(question) == "Enter an answer to “It”"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("14:05", "14:05"),
        ("1405", "14:05"),
        ("905", "09:05"),
        ("9.05", "09:05"),
        ("2:05 pm", "14:05"),
        ("12am", "00:00"),
        ("12 PM", "12:00"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
    ],
)
def test_times_are_taken_as_people_write_them(written, kept):
    assert stored(ask("time"), it=written) == kept


@pytest.mark.parametrize("written", ["24:00", "12:60", "13pm", "0am", "7", "noon", "14:5", "-1:00", "14:05:30:99"])
def test_what_is_no_time_is_refused(written):
    assert refusal(ask("time"), it=written) == "Enter a time on the 24-hour clock, like 14:05"

"""The arithmetic of the chain: whatever is changed in whatever row, its signature does not fit any more."""

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from forms.audit.chain import START, is_signed, signed

KEY = "a key that is not in the database"
parts = st.lists(st.one_of(st.none(), st.text(max_size=20), st.integers(), st.datetimes(timezones=st.just(dt.UTC))))


def chained(rows, key=KEY):
    hashes, before = [], START
    for number, row in enumerate(rows, 1):
        before = signed(key, "link", [before, number, signed(key, "entry", row)])
        hashes.append(before)
    return hashes


def first_that_does_not_fit(rows, hashes):
    before = START
    for number, (row, fingerprint) in enumerate(zip(rows, hashes, strict=True), 1):
        if not is_signed([KEY], "link", [before, number, signed(KEY, "entry", row)], fingerprint):
            return number
        before = fingerprint
    return 0


@given(parts)
def test_what_was_signed_is_recognised(row):
    assert is_signed([KEY], "entry", row, signed(KEY, "entry", row))


@given(parts, parts)
def test_other_parts_have_another_signature(one, other):
    def texts(row):
        return [
            part.isoformat() if isinstance(part, dt.datetime) else part if part is None else str(part) for part in row
        ]

    assume(texts(one) != texts(other))
    assert signed(KEY, "entry", one) != signed(KEY, "entry", other)


@given(parts)
def test_without_the_key_nobody_signs(row):
    assert not is_signed([KEY], "entry", row, signed("guessed", "entry", row))


@given(parts)
def test_the_signature_of_an_entry_never_passes_for_that_of_a_link(row):
    assert not is_signed([KEY], "link", row, signed(KEY, "entry", row))


@given(parts)
def test_what_an_older_key_signed_still_fits_while_the_key_is_kept(row):
    signature = signed("old", "entry", row)
    assert is_signed([KEY, "old"], "entry", row, signature)
    assert not is_signed([KEY], "entry", row, signature)


def test_nothing_moves_from_one_part_into_the_next():
    assert signed(KEY, "entry", ["ab", "c"]) != signed(KEY, "entry", ["a", "bc"])
    assert signed(KEY, "entry", ["a", None]) != signed(KEY, "entry", ["a", ""])


def test_a_moment_has_one_signature_in_every_time_zone():
    here = dt.datetime(2026, 7, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert signed(KEY, "entry", [here]) == signed(KEY, "entry", [here.astimezone(dt.UTC)])


rows_of_a_log = st.lists(parts, min_size=1, max_size=8)


@given(rows_of_a_log, st.data())
def test_any_edit_of_any_row_is_found_at_that_row(rows, data):
    place = data.draw(st.integers(0, len(rows) - 1))
    hashes = chained(rows)
    edited = [*rows[:place], [*rows[place], "more"], *rows[place + 1 :]]
    assert first_that_does_not_fit(edited, hashes) == place + 1


@given(rows_of_a_log, st.data())
def test_any_row_that_is_taken_out_is_found_however_the_rest_is_numbered(rows, data):
    rows = [[number, *row] for number, row in enumerate(rows)]
    place = data.draw(st.integers(0, len(rows) - 1))
    hashes = chained(rows)
    found = first_that_does_not_fit(rows[:place] + rows[place + 1 :], hashes[:place] + hashes[place + 1 :])
    assert found == (place + 1 if place + 1 < len(rows) else 0)  # the last one needs a noted head


@given(rows_of_a_log, parts)
def test_a_chain_that_was_made_anew_without_the_key_does_not_fit_from_its_first_row(rows, more):
    forged = [more, *rows]
    assert first_that_does_not_fit(forged, chained(forged, "guessed")) == 1

"""Our own JSON loses nothing, and says where a file is wrong."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definitions import names
from forms.definitions import read as read_definition
from forms.exchange import own
from forms.exchange.canonical import canonical
from forms.exchange.findings import Unreadable
from forms.exchange.sources import MOST_BYTES, read
from forms.schema import FormSchema
from forms.translations.texts import places
from tests.forms.schemas import lines, quick, schemas


@quick
@given(schemas())
def test_a_form_comes_back_exactly_as_it_left(schema):
    understood = own.read(own.write(schema))
    assert understood.schema == schema
    assert understood.findings == []


@quick
@given(schemas())
def test_a_canonical_form_stays_as_it_is(schema):
    assert canonical(canonical(schema)) == canonical(schema)


@pytest.mark.parametrize("name", names())
def test_every_shipped_form_comes_back_exactly_as_it_left(name):
    schema = FormSchema.model_validate(read_definition(name))
    assert own.read(own.write(schema)).schema == schema


@quick
@given(schemas(), st.data())
def test_its_words_in_other_languages_come_back_with_it(schema, data):
    english = sorted({text.english for place in places(schema) for text in place.texts})
    words = st.dictionaries(st.sampled_from(english), lines, min_size=1)
    translations = data.draw(st.dictionaries(st.sampled_from(["cy", "pl", "ur"]), words))
    understood = own.read(own.write(schema, 1, translations))
    assert (understood.schema, understood.translations, understood.findings) == (schema, translations, [])


def test_a_file_without_translations_says_nothing_of_them():
    assert b"translations" not in own.write(own.read(file_of()).schema)


def test_words_that_no_text_has_and_unknown_languages_are_told_and_left_out():
    data = json.loads(file_of())
    data["translations"] = {"cy": {"Name": "Enw", "Gone": "Wedi mynd", "One": " "}, "tlh": {"Name": "pong"}, "en": {}}
    understood = own.read(json.dumps(data).encode())
    assert understood.translations == {"cy": {"Name": "Enw"}}
    assert [finding.where for finding in understood.findings] == [
        f"translations.{each}" for each in ("cy", "tlh", "en")
    ]
    assert "2 of its texts" in understood.findings[0].message


def file_of(**changes) -> bytes:
    page = {"key": "one", "title": "One", "questions": [{"kind": "short_text", "key": "name", "label": "Name"}]}
    form = {"slug": "small", "title": "Small", "pages": [page]} | changes
    return json.dumps({"format": "cdop-form", "format_version": 1, "form": form}).encode()


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        (b'{"format": "cdop-form",\n "form": }', "line 2, column 10", "not JSON"),
        (b"\xff\xfe\x00", "", "UTF-8"),
        (b"[" * 100_000, "", "nested too deeply"),
        (b'{"format": "cdop-form", "format": "other"}', "", "stands twice"),
        (b'{"format": NaN}', "", "not a number"),
        (b"[]", "", "valid dictionary"),
        (file_of(pages=[{"key": "Bad Key", "title": "One"}]), "form.pages[0].key", "match pattern"),
        (file_of(surprise=1), "form.surprise", "not permitted"),
        (file_of(title="Sm\0all"), "", "cannot be stored"),
        (b"  \n", "", "empty"),
        (b"1" * (MOST_BYTES + 1), "", "larger than 5 MB"),
    ],
)
def test_a_bad_file_is_turned_away_with_its_place(data, where, message):
    with pytest.raises(Unreadable) as refused:
        read("json", data)
    found = refused.value.findings[0]
    assert found.where == where
    assert message in found.message


def test_a_file_with_a_byte_order_mark_is_read():
    assert read("json", b"\xef\xbb\xbf" + file_of()).schema.title == "Small"


def test_the_json_schema_describes_what_is_written():
    published = own.json_schema()
    assert published["$schema"].startswith("https://json-schema.org/draft/2020-12")
    assert set(published["required"]) == {"form"}
    assert "Question" in published["$defs"]

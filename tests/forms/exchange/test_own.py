"""Our own JSON loses nothing, and says where a file is wrong."""

import json

import pytest
from hypothesis import given

from forms.definitions import names
from forms.definitions import read as read_definition
from forms.exchange import own
from forms.exchange.canonical import canonical
from forms.exchange.findings import Unreadable
from forms.exchange.sources import MOST_BYTES, read
from forms.schema import FormSchema
from tests.forms.schemas import quick, schemas


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

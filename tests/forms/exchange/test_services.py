"""What was read is kept as a draft: safe, whole, and never over a published form."""

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings

from forms.exchange.canonical import canonical
from forms.exchange.services import Locked, Taken, free_slug, keep_draft, keep_new, made_safe
from forms.models import Form
from forms.schema import FormSchema, Page, Question
from tests.forms.schemas import quick, schemas

pytestmark = pytest.mark.django_db


def small(**changes) -> FormSchema:
    question = Question(kind="short_text", key="name", label="Name")
    return FormSchema(
        **{"slug": "small", "title": "Small", "pages": [Page(key="one", title="One", questions=[question])]} | changes
    )


def drafted(form: Form) -> FormSchema:
    return FormSchema.model_validate(form.get_latest_revision_as_object().schema_data())


@settings(quick, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schemas())
def test_a_kept_draft_asks_exactly_what_was_read(schema):
    schema = schema.model_copy(update={"slug": free_slug(schema.slug)})
    form = keep_new(schema)
    assert canonical(drafted(form)) == canonical(made_safe(schema))


def test_a_new_form_is_not_live_and_has_no_version():
    form = keep_new(small())
    assert not form.live
    assert form.newest_version() is None


def test_a_key_in_use_is_never_written_over():
    keep_new(small(title="First"))
    with pytest.raises(Taken):
        keep_new(small(title="Second"))
    assert Form.objects.get().title == "First"


def test_a_draft_of_a_published_form_changes_nothing_that_people_answer(notification_form):
    before = notification_form.newest_version()
    keep_draft(notification_form, small(slug="other-key"))
    notification_form.refresh_from_db()
    assert drafted(notification_form).title == "Small"
    assert notification_form.title == before.definition.title
    assert notification_form.slug == "notification"
    assert notification_form.newest_version() == before
    assert notification_form.has_unpublished_changes


def test_a_locked_form_takes_no_draft(notification_form):
    notification_form.locked = True
    notification_form.locked_by = User.objects.create(username="somebody")
    notification_form.save()
    with pytest.raises(Locked):
        keep_draft(notification_form, small(), by=User.objects.create(username="another"))


def test_script_from_a_file_never_reaches_a_page():
    nasty = '<p onclick="x()">Hello<script>alert(1)</script> <a href="javascript:x()">there</a></p>'
    asked = [Question(kind="information", key="note", body=nasty), Question(kind="date", key="day", label="Day")]
    page = Page(key="one", title="One", intro=nasty, questions=asked)
    schema = drafted(keep_new(small(pages=[page], confirmation=nasty)))
    for text in (schema.pages[0].intro, schema.pages[0].questions[0].body, schema.confirmation):
        assert "script" not in text.replace("alert", "")
        assert "onclick" not in text
        assert "Hello" in text


def test_the_next_free_key_is_found():
    keep_new(small())
    keep_new(small(slug="small-2"))
    assert free_slug("small") == "small-3"
    assert free_slug("unused") == "unused"

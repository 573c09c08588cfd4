"""Keep a form that was read from a file: always as a draft, never over what people answer."""

from django.contrib.auth.models import User
from django.db import transaction

from forms.exchange.canonical import each_page, each_question
from forms.exchange.editing import linked
from forms.exchange.findings import Editing, Translations
from forms.exchange.richtext import safe
from forms.models import Form
from forms.schema import FormSchema
from forms.stream import streams
from forms.translations.services import bring_in


class Taken(Exception):
    """A form with this key is already there, and nobody asked for a draft of it."""


class Locked(Exception):
    """Somebody has locked the form that the draft would belong to."""


@transaction.atomic
def keep_new(
    schema: FormSchema,
    by: User | None = None,
    translations: Translations | None = None,
    editing: Editing | None = None,
) -> Form:
    """A new form with the schema as its first draft, not published, and with its translations, not offered.

    Raises:
        Taken: a form with the same slug exists.
    """
    if Form.objects.filter(slug=schema.slug).exists():
        raise Taken(schema.slug)
    form = Form(live=False, has_unpublished_changes=True)
    _fill(form, schema, editing or Editing())
    form.full_clean(exclude=["pages", "rules", "triggers"])
    form.save()
    form.save_revision(user=by, log_action=True)
    bring_in(form, made_safe(schema), translations or {}, by)
    return form


@transaction.atomic
def keep_draft(
    form: Form,
    schema: FormSchema,
    by: User | None = None,
    translations: Translations | None = None,
    editing: Editing | None = None,
) -> Form:
    """The schema as the newest draft of a form that exists. What is published, its key, and the words of languages
    it already has stay as they are.

    Raises:
        Locked: the form is locked for this person.
    """
    newest = form.get_latest_revision_as_object()
    lock = newest.get_lock()
    if lock and (by is None or lock.for_user(by)):
        raise Locked(form.slug)
    _fill(newest, schema.model_copy(update={"slug": form.slug}), editing or Editing())
    newest.full_clean(exclude=["pages", "rules", "triggers"])
    newest.save_revision(user=by, log_action=True)
    bring_in(form, made_safe(schema), translations or {}, by)
    return form


def free_slug(slug: str) -> str:
    """The slug, or the first of slug-2, slug-3 … that no form has."""
    taken = set(Form.objects.filter(slug__startswith=slug[:46]).values_list("slug", flat=True))
    tries = (slug, *(f"{slug[:46]}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in tries if each not in taken)


def _fill(form: Form, schema: FormSchema, editing: Editing) -> None:
    data = made_safe(schema).model_dump(mode="json")
    data["pages"] = linked(data["pages"], editing)
    data["unfinished"] = editing.unfinished or form.unfinished
    for name, value in (data | streams(data)).items():
        setattr(form, name, value)


def made_safe(schema: FormSchema) -> FormSchema:
    """The schema with every piece of rich text reduced to what an editor could have written."""
    asked = each_question(schema, lambda q: q.model_copy(update={"body": safe(q.body)}) if q.body else q)
    shown = each_page(asked, lambda page: page.model_copy(update={"intro": safe(page.intro)}))
    return shown.model_copy(update={"confirmation": safe(schema.confirmation)})

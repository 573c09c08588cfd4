"""Reading forms and answers."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from forms.conditions import kept, visible
from forms.identity import identifies
from forms.kinds import kind_of
from forms.models import Form, FormVersion, Submission, Upload
from forms.models.definition import definition_of
from forms.schema import Answers, Condition, FormSchema, Question
from forms.stream import plain_triggers
from forms.triggers import triggered


@dataclass(frozen=True)
class Row:
    """One answered (or unanswered) question in words. Items of a repeat group are in `items`, files in `files`."""

    key: str
    label: str
    text: str
    sealed: bool
    items: tuple[tuple["Row", ...], ...] = ()
    files: tuple[Upload, ...] = ()


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: tuple[Row, ...]


def live_version(slug: str) -> FormVersion | None:
    """The version that new journeys of this form start on; None when the form is not published."""
    return FormVersion.objects.filter(form__slug=slug, form__live=True).order_by("-number").first()


def live_versions() -> list[dict[str, Any]]:
    """Every published form with its newest version, by title: slug, title, version, published_at. One query."""
    versions = FormVersion.objects.filter(form__live=True).order_by("form__title", "form_id", "-number")
    rows = versions.values("form__slug", "form__title", "number", "published_at")
    newest: dict[str, dict[str, Any]] = {}
    for row in rows:
        found = {"title": row["form__title"], "version": row["number"], "published_at": row["published_at"]}
        newest.setdefault(row["form__slug"], {"slug": row["form__slug"]} | found)
    return list(newest.values())


def asked_about_every_child() -> list[FormSchema]:
    """The published forms that nothing proposes, as they are asked now: triggers read answers to them."""
    live = FormVersion.objects.filter(form__live=True).order_by("form_id", "number").values_list("form_id", "pk")
    newest = [definition_of(pk) for pk in dict(live).values()]
    return [schema for schema in newest if not schema.triggers]


def keys_of_other_forms(slug: str) -> set[str]:
    """The keys of everything that any version of another form asks, or asked."""
    schemas = FormVersion.objects.exclude(form__slug=slug).values_list("schema", flat=True)
    pages = (page for schema in schemas.iterator() for page in schema.get("pages", ()))
    return {question["key"] for page in pages for question in page.get("questions", ())}


def row_for(question: Question, answers: Answers) -> Row:
    value = answers.get(question.key)
    items: tuple[tuple[Row, ...], ...] = ()
    if question.kind == "repeat":
        items = tuple(
            tuple(row_for(part, item) for part in question.questions if part.key in item) for item in value or []
        )
    text = kind_of(question).text(question, value)
    return Row(question.key, question.label, text, identifies(question), items)


def sections(schema: FormSchema, answers: Answers, today: dt.date, hidden: bool = False) -> list[Section]:
    """Every question shown to a person with these answers, page by page, in words; `hidden` values too, or not."""
    found = []
    sent = kept(schema, answers, today)
    for page, shown in visible(schema, answers, today):
        rows = tuple(row_for(question, sent) for question in shown if _has_row(question, hidden))
        if rows:
            found.append(Section(page.key, page.title, rows))
    return found


def _has_row(question: Question, hidden: bool) -> bool:
    return kind_of(question).takes_answer and (hidden or kind_of(question).shown)


def answer_sections(submission: Submission, identity: bool) -> list[Section]:
    """A submission as it was asked and answered. Without `identity` the sealed answers are never opened."""
    answers = submission.all_answers() if identity else submission.answers
    day = timezone.localdate(submission.submitted_at)
    if identity:
        return _with_files(sections(submission.definition, answers, day, hidden=True), submission)
    open_sections = [
        Section(page.key, page.title, tuple(row_for(q, answers) for q in page.questions if q.key in answers))
        for page in submission.definition.pages
    ]
    return [section for section in open_sections if section.rows]


def _with_files(found: list[Section], submission: Submission) -> list[Section]:
    if all(question.kind != "upload" for question in submission.definition.questions()):
        return found
    files: dict[str, tuple[Upload, ...]] = {}
    for upload in submission.uploads.all():
        files[upload.question] = (*files.get(upload.question, ()), upload)
    return [
        replace(section, rows=tuple(replace(row, files=files.get(row.key, ())) for row in section.rows))
        for section in found
    ]


def proposed_forms(answers: Answers, today: dt.date) -> list[str]:
    """Slugs of the live forms whose triggers hold for the answers about a child, for instance ["drowning"].

    Pass the answers of the notification together with those of one reporting form, identifying ones included: some
    triggers look at the age at death. Where several agencies have answered, use `proposed_by_any`.
    """
    return proposed_by_any([answers], today)


def proposed_by_any(told: Iterable[Answers], today: dt.date) -> list[str]:
    """The same for several such sets of answers, in one query."""
    live = Form.objects.filter(live=True).order_by("slug").only("slug", "triggers")
    triggers = {form.slug: [Condition.model_validate(each) for each in plain_triggers(form.triggers)] for form in live}
    return sorted({slug for answers in told for slug in triggered(triggers, answers, today)})

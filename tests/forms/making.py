"""Small published forms, made for a test."""

from typing import Any

from wagtail.models import Site

from forms.models import Form, FormPage, FormVersion
from forms.services import freeze
from forms.stream import stream_pages, stream_rules


def publish(
    *pages: dict[str, Any],
    slug: str = "small",
    title: str = "An invented form",
    rules: list[dict[str, Any]] | None = None,
) -> FormVersion:
    """Publish a form of these pages (FormSchema data), with a start page at /<slug>/."""
    form, _ = Form.objects.get_or_create(slug=slug, defaults={"title": title})
    form.pages, form.rules = stream_pages(list(pages)), stream_rules(rules or [])
    form.save()
    if not FormPage.objects.filter(form=form).exists():
        root = Site.objects.get(is_default_site=True).root_page
        root.add_child(instance=FormPage(title="An invented form", slug=slug, form=form))
    form = Form.objects.get(pk=form.pk)
    return freeze(form)


def page(key: str, *questions: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"key": key, "title": key.replace("-", " ").capitalize(), "questions": list(questions)} | options

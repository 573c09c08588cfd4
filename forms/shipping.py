"""Put shipped forms into a site: once, and never over an editor's work."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from content.definitions import parsed
from content.models import ShippedPage
from content.shipping import publish as publish_page
from forms.definitions import FOLDER, code_lists, list_notes, read
from forms.models import Code, CodeList, Form, FormPage
from forms.stream import streams

START_PAGES = FOLDER / "start_pages"


@transaction.atomic
def load_lists(replace: bool = False) -> list[str]:
    """Make the code lists that are missing, and what codes they lack; their names. Removes no code.

    With `replace` labels become as shipped again.
    """
    shipped, notes = code_lists(), list_notes()
    there = {found.name: found for found in CodeList.objects.filter(name__in=shipped)}
    titles = {name: name.replace("_", " ").capitalize() for name in shipped if name not in there}
    made = CodeList.objects.bulk_create(
        CodeList(name=name, title=title, notes=notes[name]) for name, title in titles.items()
    )
    wanted = [*made, *(there.values() if replace else ())]
    Code.objects.bulk_create(
        [
            Code(code_list=found, sort_order=order, **code)
            for found in wanted
            for order, code in enumerate(shipped[found.name])
        ],
        update_conflicts=True,
        unique_fields=["code_list", "code"],
        update_fields=["label", "hint", "sort_order"],
    )
    return list(titles)


@transaction.atomic
def load(name: str, replace: bool = False) -> tuple[Form, str]:
    """The form of a definition file and what was done: "loaded", "replaced" or "kept"."""
    there = Form.objects.filter(slug=name).first()
    done = "kept" if there and not replace else "replaced" if there else "loaded"
    form = there or Form.objects.create(slug=name, live=False)
    if done != "kept":
        _publish(form, read(name, name_lists=True))
    _start_page(form)
    return form, done


def _publish(form: Form, data: dict[str, Any]) -> None:
    """Make the form what its definition says, and publish it."""
    texts = {name: data.get(name, "") for name in ("title", "declaration", "confirmation", "acknowledge")}
    for name, value in (texts | streams(data)).items():
        setattr(form, name, value)
    form.save_revision().publish()
    form.refresh_from_db()


def _start_page(form: Form) -> None:
    """The public page on which this form starts, below the home page, if one ships with the form."""
    file = START_PAGES / f"{form.slug}.yaml"
    site = Site.objects.filter(is_default_site=True).first() if file.exists() else None
    if site is None or FormPage.objects.filter(form=form).exists():
        return
    written = parsed(file)
    page = FormPage(title=written["title"], slug=written["slug"], form=form, live=False)
    links: dict[str, Page | None] = defaultdict(lambda: None)
    links |= {made.key: made.page for made in ShippedPage.objects.select_related("page")}
    publish_page(site.root_page.add_child(instance=page), written, links)

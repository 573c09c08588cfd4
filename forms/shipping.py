"""Put shipped forms into a site: once, and never over an editor's work."""

from django.db import transaction
from wagtail.models import Site

from forms.definitions import read
from forms.models import Form, FormPage
from forms.stream import stream_pages, stream_rules

START_PAGES = {"notification": ("report-a-child-death", "Notify us of a child’s death")}


@transaction.atomic
def load(name: str, replace: bool = False) -> tuple[Form, str]:
    """The form of a definition file and what was done: "loaded", "replaced" or "kept"."""
    data = read(name)
    form = Form.objects.filter(slug=data["slug"]).first()
    if form and not replace:
        _start_page(form)
        return form, "kept"
    done = "replaced" if form else "loaded"
    form = form or Form(slug=data["slug"], live=False)
    texts = {name: data.get(name, "") for name in ("title", "declaration", "confirmation", "acknowledge")}
    streams = {"pages": stream_pages(data["pages"]), "rules": stream_rules(data["rules"])}
    for name, value in (texts | streams).items():
        setattr(form, name, value)
    if form.pk is None:
        form.save()
    form.save_revision().publish()
    form.refresh_from_db()
    _start_page(form)
    return form, done


def _start_page(form: Form) -> None:
    """The public page on which this form starts, below the home page, if the form has one."""
    site = Site.objects.filter(is_default_site=True).first()
    if form.slug not in START_PAGES or site is None or FormPage.objects.filter(form=form).exists():
        return
    slug, title = START_PAGES[form.slug]
    page = FormPage(title=title, slug=slug, form=form, show_in_menus=False)
    site.root_page.add_child(instance=page)

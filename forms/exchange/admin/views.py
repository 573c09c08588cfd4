"""Export a form; import one: choose a file, see what was understood, confirm."""

from dataclasses import asdict
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language_info
from django.views.generic import TemplateView
from pydantic import ValidationError as SchemaError
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from forms.checks import in_words, problems
from forms.exchange.admin.buttons import may_change, may_import
from forms.exchange.admin.forms import DRAFT, ConfirmForm, ExportForm, UploadForm
from forms.exchange.editing import editing_of
from forms.exchange.findings import Editing, Finding, Understood, Unreadable
from forms.exchange.formats import FORMATS, Format
from forms.exchange.services import Locked, Taken, free_slug, keep_draft, keep_new
from forms.exchange.sources import MOST_BYTES, format_of, read
from forms.models import Form
from forms.schema import FormSchema
from forms.translations.selectors import words_of

FORMS = "wagtailsnippets_cdop_forms_form"
SALT = "forms.exchange.import"
# How long what was understood waits to be confirmed, in seconds.
WAITS = 3600


def forms_crumb() -> dict[str, str]:
    return {"url": reverse(f"{FORMS}:list"), "label": "Forms"}


def here(label: str) -> dict[str, str]:
    return {"url": "", "label": label}


class ExportView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_forms/exchange/export.html"
    page_title = "Export"
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form_asked = get_object_or_404(Form, pk=kwargs["pk"])
        if not may_change(request.user, self.form_asked):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        back = reverse(f"{FORMS}:edit", args=[self.form_asked.pk])
        return [
            *super().get_breadcrumbs_items(),
            forms_crumb(),
            {"url": back, "label": self.form_asked.title},
            here("Export"),
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ExportForm(request.GET if "format" in request.GET else None, form=self.form_asked)
        if not form.is_valid():
            return self.ask(form)
        try:
            form_of_it, schema, number = self._chosen(form.cleaned_data["version"])
        except SchemaError as error:
            for sentence in in_words(error):
                form.add_error(None, sentence)
            return self.ask(form)
        way = FORMATS[form.cleaned_data["format"]]
        name = f"{schema.slug}-{'draft' if not number else f'v{number}'}{way.suffix}"
        headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "no-store"}
        file = way.file(schema, number, words_of(self.form_asked, schema), editing_of(form_of_it, schema))
        return HttpResponse(file, content_type=way.media_type, headers=headers)

    def ask(self, form: ExportForm) -> HttpResponse:
        newest = self.form_asked.newest_version()
        losses = self._losses(newest.definition) if newest else []
        context = self.get_context_data(
            form=form, losses=losses, back=reverse(f"{FORMS}:edit", args=[self.form_asked.pk])
        )
        return self.render_to_response(context)

    def _losses(self, schema: FormSchema) -> list[tuple[Format, list[Finding]]]:
        beside = words_of(self.form_asked, schema), editing_of(self.form_asked, schema)
        return [(way, way.losses(schema, *beside)) for way in FORMATS.values()]

    def _chosen(self, version: str) -> tuple[Form, FormSchema, int]:
        """The form as its editor keeps it, what it asks, and the number of the version, 0 for the draft."""
        if version == DRAFT:
            draft = self.form_asked.get_latest_revision_as_object()
            return draft, FormSchema.model_validate(draft.schema_data()), 0
        found = self.form_asked.versions.get(number=version)
        return self.form_asked, found.definition, found.number


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cdop_forms/exchange/import.html"
    page_title = "Import a form"
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), forms_crumb(), here("Import a form")]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.ask(UploadForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "kept" in request.POST:
            return self.confirm(request.POST)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        data = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            name = format_of(data)
            understood = read(name, data)
        except Unreadable as refused:
            return self.ask(UploadForm(), refused.findings)
        return self.show(understood, FORMATS[name].title)

    def ask(self, form: UploadForm, refused: list[Finding] | None = None) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, refused=refused, back=reverse(f"{FORMS}:list")))

    def show(self, understood: Understood, source: str) -> HttpResponse:
        held = {
            "schema": understood.schema.model_dump(mode="json"),
            "findings": [(finding.where, finding.message) for finding in understood.findings],
            "translations": understood.translations,
            "editing": asdict(understood.editing),
            "source": source,
            "by": self.request.user.pk,
        }
        kept = signing.dumps(held, salt=SALT, compress=True)
        form = self._confirm_form(understood.schema, initial={"kept": kept, "slug": free_slug(understood.schema.slug)})
        return self._understood(form, understood, source)

    def confirm(self, posted: Any) -> HttpResponseBase:
        try:
            kept = signing.loads(posted["kept"], salt=SALT, max_age=WAITS)
            schema = FormSchema.model_validate(kept["schema"])
        except (signing.BadSignature, SchemaError):
            return self.ask(
                UploadForm(), [Finding("", "This took too long or was changed on the way. Choose the file again.")]
            )
        if kept["by"] != self.request.user.pk:
            raise PermissionDenied
        findings = [Finding(where, message) for where, message in kept["findings"]]
        understood = Understood(schema, findings, kept["translations"], Editing(**kept.get("editing", {})))
        form = self._confirm_form(schema, data=posted)
        if form.is_valid():
            try:
                saved = self._keep(understood, form.cleaned_data)
            except (Locked, Taken):
                form.add_error(None, "Somebody has locked this form or taken its key. Choose a new key.")
            except ModelError as error:
                form.add_error(None, " ".join(error.messages))
            else:
                messages.success(self.request, f"“{saved.title}” is kept as a draft. Nothing is published.")
                return redirect(f"{FORMS}:edit", saved.pk)
        return self._understood(form, understood, kept["source"])

    def _keep(self, understood: Understood, chosen: dict[str, Any]) -> Form:
        schema, by = understood.schema, self.request.user
        beside: Any = (by, understood.translations, understood.editing)
        if chosen["keep_as"] == DRAFT:
            return keep_draft(Form.objects.get(slug=schema.slug), schema, *beside)
        return keep_new(schema.model_copy(update={"slug": chosen["slug"]}), *beside)

    def _confirm_form(self, schema: FormSchema, **options: Any) -> ConfirmForm:
        user = self.request.user
        existing = Form.objects.filter(slug=schema.slug).first()
        if existing and not may_change(user, existing):
            existing = None
        return ConfirmForm(existing=existing, may_add=user.has_perm("cdop_forms.add_form"), **options)

    def _understood(self, form: ConfirmForm, understood: Understood, source: str) -> HttpResponse:
        self.template_name = "cdop_forms/exchange/understood.html"
        spoken = understood.translations.items()
        asked = [question for question in understood.schema.questions() if question.kind != "information"]
        context = self.get_context_data(
            form=form,
            schema=understood.schema,
            asked=len(asked),
            findings=understood.findings,
            translations=[(get_language_info(code)["name"], len(words)) for code, words in spoken],
            problems=problems(understood.schema),
            source=source,
            again=reverse("form_exchange:import"),
        )
        return self.render_to_response(context)

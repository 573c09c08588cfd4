"""A form as an editor drafts it, and the versions that people answer."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel, TitleFieldPanel
from wagtail.admin.widgets import SlugInput
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from forms.admin_forms import FormAdminForm
from forms.codes import with_codes
from forms.condition_blocks import RulesBlock
from forms.panels import ChecksPanel
from forms.schema import FormSchema
from forms.stream import PagesBlock, PlainStreamField, plain_html, plain_pages, plain_rules, plain_triggers
from forms.trigger_blocks import TriggersBlock

# What Wagtail calls publishing by its timetable.
ON_ITS_DAY = "wagtail.publish.scheduled"


class Form(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """An editor's draft of a form. Nobody answers it: publishing freezes a FormVersion."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(unique=True, help_text="Names this form in data and addresses. Do not change it later.")
    pages = PlainStreamField(PagesBlock(), blank=True)
    rules = PlainStreamField(RulesBlock(), blank=True, help_text="Checks that look at several answers.")
    triggers = PlainStreamField(
        TriggersBlock(),
        blank=True,
        help_text="This form is proposed for a child when any of these holds for what was answered in other forms.",
    )
    declaration = models.TextField(blank=True, help_text="What a person confirms before sending.")
    confirmation = RichTextField(
        blank=True,
        features=["bold", "link", "ul", "ol", "h2"],
        help_text="What happens next, shown after sending.",
    )
    acknowledge = models.CharField(
        "acknowledge to",
        max_length=60,
        blank=True,
        help_text="Key of the question that asks for the sender’s email address.",
    )
    unfinished = models.CharField(
        "unfinished answers, when a new version is published",
        max_length=10,
        choices=[
            ("finish", "finish on the version they were begun on"),
            ("carry", "move to the new version; the person is shown what changed"),
        ],
        default="finish",
    )
    editors = models.ManyToManyField(
        "auth.Group",
        verbose_name="who may change this form",
        blank=True,
        related_name="+",
        help_text="Only people in these roles, and administrators. Tick none to leave it to everybody who changes "
        "forms. It holds as soon as the form is saved, also before it is published.",
    )

    panels = [
        ChecksPanel(heading="Check before publishing", icon="clipboard-list"),
        TitleFieldPanel("title", targets=["slug"]),
        FieldPanel(
            "pages",
            heading="Pages and questions",
            icon="form",
            help_text="Press + to add a page, and + inside a page to add a question to it.",
        ),
        FieldPanel("rules", heading="Rules across questions", icon="warning"),
        FieldPanel("triggers", heading="When to propose this form", icon="pick", classname="collapsed"),
        MultiFieldPanel(
            [
                FieldPanel("declaration"),
                FieldPanel("confirmation"),
                FieldPanel(
                    "acknowledge",
                    heading="Send a receipt to",
                    help_text="The question that asks for an email address. Save the draft to see one just added.",
                ),
                FieldPanel("unfinished"),
            ],
            heading="Sending",
            icon="mail",
            classname="collapsed",
        ),
        FieldPanel("slug", heading="Name in addresses and data", icon="link", classname="collapsed", widget=SlugInput),
        FieldPanel(
            "editors",
            heading="Who may change this form",
            icon="group",
            classname="collapsed",
            widget=CheckboxSelectMultiple,
            permission="cdop_forms.choose_form_editors",
        ),
        PublishingPanel(),
    ]
    base_form_class = FormAdminForm

    class Meta:
        ordering = ["title"]
        permissions = [
            ("choose_form_editors", "Can say who may change a form"),
            ("change_every_form", "Can change a form whoever may change it"),
        ]

    def __str__(self) -> str:
        return self.title

    def schema_data(self) -> dict[str, Any]:
        """This draft as the data of a FormSchema, not yet validated. Shared code lists are copied in as of today."""
        return {
            "slug": self.slug,
            "title": self.title,
            "declaration": self.declaration,
            "confirmation": plain_html(self.confirmation),
            "acknowledge": self.acknowledge,
            "pages": with_codes(plain_pages(self.pages), timezone.localdate()),
            "rules": plain_rules(self.rules),
            "triggers": plain_triggers(self.triggers),
        }

    def newest_version(self) -> "FormVersion | None":
        return self.versions.order_by("-number").first()

    def published_definitions(self) -> list[FormSchema]:
        """The schema of every version, oldest first."""
        return [definition_of(pk) for pk in self.versions.order_by("number").values_list("pk", flat=True)]

    def publish(self, revision: Revision, **options: Any) -> None:
        """Publish through Wagtail and freeze a version, both or neither; on its day only what still can be."""
        from forms.due import against, hold_back
        from forms.services import freeze

        if options.get("log_action") == ON_ITS_DAY and (found := against(revision)):
            hold_back(self, revision, found)
            return
        with transaction.atomic():
            super().publish(revision, **options)
            published = Form.objects.get(pk=self.pk)
            if published.live_revision_id == revision.pk:
                freeze(published, options.get("user"))

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("", "Every page at once"), *([("walk", "Page by page, as it was last saved")] if self.pk else [])]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "cdop_forms/preview.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from forms.preview import preview_context

        if mode_name == "walk":
            return redirect("forms_admin:walk", self.pk)
        return TemplateResponse(request, self.get_preview_template(request, mode_name), preview_context(self))


class FormVersion(models.Model):
    """A form exactly as it was published. Never changed, never deleted."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    schema = models.JSONField(encoder=DjangoJSONEncoder)
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the schema as canonical JSON.")
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.form_id} version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValidationError("A published version is never changed: publish the form again.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError("A published version is never deleted: answers point at it.")

    @property
    def definition(self) -> FormSchema:
        return definition_of(self.pk)


@lru_cache(maxsize=64)
def definition_of(version_id: int) -> FormSchema:
    """The schema of a version. Versions never change, so one read per process is enough."""
    return FormSchema.model_validate(FormVersion.objects.values_list("schema", flat=True).get(pk=version_id))

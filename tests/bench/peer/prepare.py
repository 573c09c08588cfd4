"""`python -m tests.bench.peer.prepare`: a database with both peers' forms of forty fields."""

import json

FIELDS = (
    [("singleline", f"text {number}") for number in range(25)]
    + [("multiline", f"long text {number}") for number in range(5)]
    + [("date", f"date {number}") for number in range(5)]
    + [("dropdown", f"choice {number}") for number in range(5)]
)
CHOICES = ["One", "Two", "Three", "Four", "Five"]
VALUES = {"singleline": "Invented words", "multiline": "Invented events,\nfor a test.", "date": "2026-03-02"}


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page

    call_command("migrate", verbosity=0)
    root = Page.objects.get(slug="home")
    core(root)
    streamforms(root)


def core(root: object) -> None:
    from tests.bench.peer.models import FormField, FormPage

    page = FormPage(title="Form", slug="core")
    root.add_child(instance=page)  # type: ignore[attr-defined]
    for order, (kind, label) in enumerate(FIELDS):
        FormField.objects.create(
            page=page, sort_order=order, label=label, field_type=kind, required=False, choices=",".join(CHOICES)
        )
    FormPage.objects.get(pk=page.pk).save_revision().publish()


def streamforms(root: object) -> None:
    from wagtailstreamforms.models import Form

    from tests.bench.peer.models import StreamPage

    form = Form.objects.create(
        title="Form",
        slug="form",
        template_name="streamforms/form_block.html",
        process_form_submission_hooks=["save_form_submission_data"],
        fields=json.dumps(
            [
                {
                    "type": kind,
                    "value": {"label": label, "help_text": "", "required": False, "default_value": ""}
                    | ({"choices": CHOICES, "empty_label": ""} if kind == "dropdown" else {}),
                }
                for kind, label in FIELDS
            ]
        ),
    )
    body = [("form", {"form": form, "form_action": ".", "form_reference": "bench"})]
    root.add_child(instance=StreamPage(title="Form", slug="stream", body=body))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()

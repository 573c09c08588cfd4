"""What the form editor's lists offer: questions that triggers may read, and data items."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse

from forms.dictionary import items
from forms.models import Form
from forms.stream import plain_pages

NOT_COMPARED = ("information", "heading", "repeat", "grid", "upload", "address", "declaration")


def _for_editors(request: HttpRequest) -> None:
    if not (request.user.has_perm("cdop_forms.change_form") or request.user.has_perm("cdop_forms.add_form")):
        raise PermissionDenied


def data_items(request: HttpRequest) -> JsonResponse:
    """What `editor.js` lists for a data item: each name of the data dictionary with its words."""
    _for_editors(request)
    return JsonResponse({"items": [[item.name, item.label] for item in items().values()]})


def questions(request: HttpRequest) -> JsonResponse:
    """What `conditions.js` lists: questions with their page, kind and answers, or the name of the list of these."""
    _for_editors(request)
    return JsonResponse({"questions": questions_for_triggers()})


def questions_for_triggers() -> list[dict[str, Any]]:
    """What triggers may read, as the editor's script lists it: the questions of the published forms that are asked
    about every child, which are those without triggers of their own."""
    asked_always = [form for form in Form.objects.filter(live=True).order_by("title") if not form.triggers]
    return [
        _listed(question, f"{form.title}: {page['title']}")
        for form in asked_always
        for page in plain_pages(form.pages)
        for question in page.get("questions", [])
        if question["kind"] not in NOT_COMPARED
    ]


def _listed(question: dict[str, Any], page: str) -> dict[str, Any]:
    return {
        "page": page,
        "kind": question["kind"],
        "key": question["key"],
        "label": question.get("label") or question["key"],
        "unknown": question.get("unknown", []),
        "list": question.get("list", ""),
        "choices": [[choice["code"], choice["label"]] for choice in question.get("choices", [])],
    }

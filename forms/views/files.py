"""Files on a page of questions: taken in and removed without losing what else was entered."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from forms.models import Draft
from forms.schema import Question
from forms.uploads.services import attach, detach

ADD, REMOVE = "add_file", "remove_file"


def upload_questions(questions: Iterable[Question]) -> list[Question]:
    return [question for question in questions if question.kind == "upload"]


def stays(request: HttpRequest) -> bool:
    """Whether the person only added or removed a file, and stays on the page."""
    return ADD in request.POST or REMOVE in request.POST


def take_in(request: HttpRequest, draft: Draft, questions: Iterable[Question]) -> tuple[Draft, dict[str, str]]:
    """The draft after the files that were sent for these questions, and a message by key for each file refused.

    A file sent under any other name is never looked at.
    """
    refused: dict[str, list[str]] = {}
    for question in upload_questions(questions):
        for file in request.FILES.getlist(question.key):
            try:
                draft = attach(draft, question, file)
            except ValidationError as problem:
                refused.setdefault(question.key, []).extend(problem.messages)
        key, _, upload_id = request.POST.get(REMOVE, "").partition(":")
        if key == question.key:
            draft = detach(draft, question, upload_id)
    return draft, {key: ". ".join(messages) for key, messages in refused.items()}

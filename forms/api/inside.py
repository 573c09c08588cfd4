"""Files that come inside the answers themselves, as in a FHIR response."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from forms.api.answers import Files
from forms.api.problems import AnswerProblem
from forms.exchange.fhir import Attached
from forms.models import FormVersion, Submission
from forms.schema import Answers, Question
from forms.uploads.services import Found, look_at, scanned, stored


@dataclass
class Inside:
    """Files that came inside the answers, by question and id: checked, kept only with a submission that has them."""

    found: dict[tuple[str, str], tuple[Question, Found]] = field(default_factory=dict)
    problems: list[AnswerProblem] = field(default_factory=list)

    @property
    def files(self) -> Files:
        return {place: {"id": place[1]} | found.entry for place, (_, found) in self.found.items()}

    def problems_beside(self, others: list[AnswerProblem]) -> list[AnswerProblem]:
        """Those of the files, then the others; of one question only what is wrong with its files."""
        told = {problem.question for problem in self.problems}
        return [*self.problems, *(other for other in others if other.question not in told)]

    @contextmanager
    def kept(self, submission: Submission, answers: Answers) -> Iterator[None]:
        """Those that the answers have are stored; what goes wrong inside takes them away again."""
        with ExitStack() as stack:
            for (key, pk), (question, found) in self.found.items():
                if any(file["id"] == pk for file in answers.get(key) or []):
                    stack.enter_context(stored(question, found, pk=pk, submission=submission))
            yield


def look_inside(version: FormVersion, answers: Answers) -> tuple[Answers, Inside]:
    """The answers with an id in the place of each file inside them, and these files, checked as on the web form."""
    inside = Inside()
    uploads = {each.key: each for each in version.definition.questions() if each.kind == "upload"}
    for key in uploads.keys() & answers.keys():
        if isinstance(answers[key], list):
            ids = [_looked_at(uploads[key], each, inside) for each in answers[key]]
            answers = answers | {key: [each for each in ids if each]}
    return answers, inside


def _looked_at(question: Question, given: Any, inside: Inside) -> Any:
    """What names the file in the answers; an empty string for one that is refused."""
    if not isinstance(given, Attached):
        return given
    pk = str(uuid.uuid4())
    try:
        file = SimpleUploadedFile(given.name, given.data)
        inside.found[question.key, pk] = question, scanned(look_at(question, file))
    except ValidationError as wrong:
        said, pointer = " ".join(wrong.messages), f"#/answers/{question.key}"
        inside.problems.append(AnswerProblem(question=question.key, pointer=pointer, message=said))
        return ""
    return pk

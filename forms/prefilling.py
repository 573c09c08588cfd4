"""What is known before anybody is asked: offered for correction, or shown as it is, as the editor chose."""

from django.core.exceptions import ValidationError

from forms.kinds import kind_of
from forms.kinds.given import Hidden
from forms.schema import Answers, FormSchema, Question


def takes(question: Question, value: object) -> bool:
    """Whether a question takes a stored value just as it is."""
    kind, asked = kind_of(question), question.model_copy(update={"required": "optional"})
    if not kind.typed:
        return isinstance(value, str | int)
    try:
        return kind.clean(asked, kind.raw(asked, value)) == value
    except ValidationError:
        return False


def prefilled(schema: FormSchema, known: Answers) -> tuple[Answers, list[str]]:
    """The answers a draft begins with, and the keys of those that may not be changed.

    `known` are stored answers by key, from whatever form; what a question here does not take is left out.
    """
    answers: Answers = {}
    fixed = []
    for question in schema.questions():
        hidden = isinstance(kind_of(question), Hidden)
        if not (question.prefill or hidden) or known.get(question.key) in (None, "", []):
            continue
        if takes(question, known[question.key]):
            answers[question.key] = known[question.key]
            if question.prefill == "fixed":
                fixed.append(question.key)
    return answers, fixed

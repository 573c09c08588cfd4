"""Which answers may identify a person, and so are sealed."""

from forms.kinds import kind_of
from forms.schema import Answers, FormSchema, Question


def identifies(question: Question) -> bool:
    """Whether an answer may identify a person: by its sensitivity, or because its kind takes words of one's own."""
    if question.kind == "repeat":
        return any(identifies(part) for part in question.questions)
    return question.sensitivity in ("I", "P") or kind_of(question).may_identify


def split(schema: FormSchema, answers: Answers) -> tuple[Answers, Answers]:
    """Answers that identify nobody, and those that may. What no question of the form asked is dropped."""
    plain: Answers = {}
    sealed: Answers = {}
    for question in schema.questions():
        if question.key in answers:
            (sealed if identifies(question) else plain)[question.key] = answers[question.key]
    return plain, sealed

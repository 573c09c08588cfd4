"""What a question costs in a form of 1,000, against one of 10: checked, walked and found finished. 1 is linear."""

import sys

from tests.bench.forms_of_forty import prepare
from tests.bench.measure import Measured, Row, in_fresh_process, report
from tests.bench.serving import measure_each

QUESTIONS_A_PAGE = 10


def measured(number: int) -> Measured:
    import django

    django.setup()
    from django.utils import timezone

    from forms.checks import problems
    from forms.journey import unfinished, walk
    from forms.schema import FormSchema

    pages = [
        {
            "key": f"p{start}",
            "title": f"Page {start}",
            "questions": [_question(place) for place in range(start, start + QUESTIONS_A_PAGE)],
        }
        for start in range(0, number, QUESTIONS_A_PAGE)
    ]
    today = timezone.localdate()
    data = {"slug": "long", "title": "Long", "pages": pages}
    answers = {f"q{place}": "yes" for place in range(number)}

    def work() -> None:
        schema = FormSchema.model_validate(data)
        assert not problems(schema)
        assert len(walk(schema, answers, today).answers) == number
        assert not unfinished(schema, answers, today)

    return measure_each([work] * max(15, 3_000 // number))


def _question(place: int) -> dict[str, object]:
    """Each depends on the one before it."""
    asked = {"kind": "yes_no", "key": f"q{place}", "label": f"Question {place}", "required": "mandatory"}
    return asked | ({"show_if": {"tests": [{"question": f"q{place - 1}", "value": "yes"}]}} if place else {})


def row() -> Row:
    prepare()
    long, short = (in_fresh_process(__name__, str(number)) for number in (1_000, 10))
    return Row("question_growth", 1_000 / long.seconds, 10 / short.seconds, peak_mb=long.added_mb, unit="questions/s")


if __name__ == "__main__":
    report(measured(int(sys.argv[1])))

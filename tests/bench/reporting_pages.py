"""The pages of the reporting form, the longest that ships, with the conditions and answers of a child of six: opened
and sent one after another, against one page of 40 fields of Wagtail's own and of wagtailstreamforms."""

import sys
from collections.abc import Callable
from typing import Any

from tests.bench import form_get, form_post
from tests.bench.forms_of_forty import people
from tests.bench.measure import Measured, report
from tests.bench.serving import Browser, measure_each

ROUNDS = 12


def walked() -> tuple[Browser, str, list[tuple[str, dict[str, Any]]]]:
    """A visitor whose form is filled in, and each page they meet with what they would post there."""
    ((browser, address),) = people(1, form="reporting")
    from forms.conditions import visible
    from forms.definitions import read
    from forms.kinds import kind_of
    from forms.models import Draft
    from forms.schema import FormSchema
    from tests.forms.filling import TODAY, filled
    from tests.forms.test_shipped_forms import fitting

    schema = FormSchema.model_validate(read("reporting"))
    draft, answers = Draft.objects.latest("started_at"), filled(schema, fitting("a child of six"))
    draft.answers = answers
    draft.save()
    pages = []
    for page, questions in visible(schema, answers, TODAY):
        raw: dict[str, Any] = {}
        for question in questions:
            if question.kind != "repeat" and answers.get(question.key) is not None:
                raw |= kind_of(question).raw(question, answers[question.key])
        pages.append((f"{address}{page.key}/", raw))
    return browser, address, pages


def opening() -> Measured:
    browser, _, pages = walked()
    return measure_each([form_get.opened(browser, path, 1) for path, _ in pages] * ROUNDS)


def sending() -> Measured:
    browser, _, pages = walked()

    def one(path: str, raw: dict[str, Any]) -> Callable[[], Any]:
        return lambda: form_post.redirected(browser, path, raw)

    return measure_each([one(path, raw) for path, raw in pages] * ROUNDS)


WAYS = {"opening": opening, "sending": sending}

if __name__ == "__main__":
    report(WAYS[sys.argv[1]]())

"""Questions that stand within an answer of another question on the same page."""

from collections.abc import Iterable

from forms.schema import Question, Test

HOSTS = ("radios", "yes_no", "checkboxes")


def host_of(question: Question, above: Iterable[Question]) -> Test | None:
    """The test that says in which answer of which question above it stands; None where it stands on its own."""
    if not question.inside or len(question.show_if.tests) != 1:
        return None
    (test,) = question.show_if.tests
    hosts = {each.key for each in above if each.kind in HOSTS}
    return test if test.comparison == "is" and not test.other and test.question in hosts else None

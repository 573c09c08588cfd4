"""A draft of the reporting form made into a version: against Wagtail keeping the same draft as a revision."""

import sys
from typing import Any

from tests.bench.forms_of_forty import prepare
from tests.bench.measure import Measured, Row, in_fresh_process, report
from tests.bench.serving import measure_each

TIMES = 60


def form() -> Any:
    import django

    django.setup()
    from forms.models import Form

    return Form.objects.get(slug="reporting")


def ours() -> Measured:
    draft = form()
    from forms.checks import problems
    from forms.schema import FormSchema

    return measure_each([lambda: problems(FormSchema.model_validate(draft.schema_data()))] * TIMES)


def peer() -> Measured:
    draft = form()
    return measure_each([draft.save_revision] * TIMES)


WAYS = {"ours": ours, "peer": peer}


def row() -> Row:
    prepare()
    found = {way: in_fresh_process(__name__, way) for way in WAYS}
    each = [1 / found[way].seconds for way in ("ours", "peer")]
    return Row("compile_version", *each, peak_mb=found["ours"].added_mb, unit="versions/s")


if __name__ == "__main__":
    report(WAYS[sys.argv[1]]())

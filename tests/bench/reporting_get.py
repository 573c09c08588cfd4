"""A page of the reporting form, opened with its answers: against Wagtail's own form page with 40 fields."""

from tests.bench import form_get, reporting_pages
from tests.bench.forms_of_forty import ENVIRONMENT, peer_environment, prepare
from tests.bench.measure import Row, in_fresh_process


def row() -> Row:
    prepare()
    ours = in_fresh_process(reporting_pages.__name__, "opening", **ENVIRONMENT)
    stock = in_fresh_process(form_get.__name__, "peer", **peer_environment())
    return Row("reporting_get", 1 / ours.seconds, 1 / stock.seconds, peak_mb=ours.added_mb, unit="pages/s")

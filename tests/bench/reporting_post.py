"""A page of the reporting form, sent: against stock wagtailstreamforms, which takes 40 answers."""

from tests.bench import form_post, reporting_pages
from tests.bench.forms_of_forty import ENVIRONMENT, peer_environment, prepare
from tests.bench.measure import Row, in_fresh_process


def row() -> Row:
    prepare()
    ours = in_fresh_process(reporting_pages.__name__, "sending", **ENVIRONMENT)
    stock = in_fresh_process(form_post.__name__, "peer", **peer_environment())
    return Row("reporting_post", 1 / ours.seconds, 1 / stock.seconds, peak_mb=ours.added_mb, unit="pages/s")

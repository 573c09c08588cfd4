"""Cases at the meetings from which analyses come."""

import pytest

from tests.workflow.analyses.writing import go, held, publish, written
from tests.workflow.reviewing import review
from workflow.outbox.shipped import load_messages


@pytest.fixture(autouse=True)
def form(request):
    """The analysis form, published, wherever there is a case."""
    return publish() if "case" in request.fixturenames else None


@pytest.fixture
def doctor(person):
    return person("Designated doctor")


@pytest.fixture
def discussed(case, coordinator, chair):
    """A case whose CDRM was held."""
    load_messages()
    return review(case, coordinator, chair, until="record_cdrm")


@pytest.fixture
def scheduled(case, coordinator, chair):
    """A case on the agenda of a panel that has not been held, with a draft analysis."""
    load_messages()
    found = review(case, coordinator, chair, until="record_cdrm")
    written(found, "cdrm", coordinator)
    for name in ("check_quality", "quality_checked", "schedule_panel"):
        found = go(found, name, coordinator, chair)
    return found


@pytest.fixture
def before_panel(scheduled, coordinator, chair):
    """The same, once its panel was held under the chair."""
    return held(scheduled, coordinator, chair)


@pytest.fixture
def final(before_panel, coordinator):
    """A final analysis that waits for the signature."""
    return written(before_panel, "panel", coordinator, agencies_present=["gp", "police", "social_care"])

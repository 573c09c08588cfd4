"""What may leave: each dataset declared once, by name."""

from exports.datasets.actions import Actions
from exports.datasets.audit import Audit, AuditLog, Views
from exports.datasets.cases import Cases
from exports.datasets.categories import Categories
from exports.datasets.declared import Column, Dataset
from exports.datasets.factors import Factors
from exports.datasets.meetings import Meetings
from exports.datasets.ncmd import Ncmd, NcmdIndicators
from exports.datasets.requests import Requests
from exports.datasets.submissions import Notifications, Submissions
from exports.datasets.timeliness import Timeliness
from forms.models import Form
from workflow.permissions import Person

DECLARED: tuple[Dataset, ...] = (
    Notifications(),
    Cases(),
    Requests(),
    Factors(),
    Categories(),
    Actions(),
    Meetings(),
    Timeliness(),
    Ncmd(),
    NcmdIndicators(),
    Audit(),
    AuditLog(),
    Views(),
)


def all_datasets() -> dict[str, Dataset]:
    """Every dataset by name: the declared ones, then one for each other form that has been published."""
    forms = Form.objects.filter(versions__isnull=False).exclude(slug="notification").distinct()
    answered = [Submissions(slug, title) for slug, title in forms.values_list("slug", "title")]
    return {dataset.name: dataset for dataset in (*DECLARED, *answered)}


def datasets_for(user: Person | None) -> dict[str, Dataset]:
    """Those that this person may export. None is the operator of the server, at its shell."""
    return {name: dataset for name, dataset in all_datasets().items() if user is None or dataset.open_to(user)}


__all__ = ["DECLARED", "Column", "Dataset", "all_datasets", "datasets_for"]

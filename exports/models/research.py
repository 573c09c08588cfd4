"""What researchers asked for, who allowed it, and every extract that they were given."""

import datetime as dt

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django_fsm import ConcurrentTransitionMixin, FSMField

from exports.models.log import ExportLog
from exports.models.moves import Moved
from exports.research.states import BY_NAME, LABELS, NOT_PROVEN, OPEN, ProjectState
from forms.audit.lines import Line
from forms.sealing import SealedTextField
from workflow.models.append_only import AppendOnly, WrittenBy
from workflow.models.moving import transition_of
from workflow.models.words import unsealed

DATES = [
    ("shifted", "Exact days, all of a child’s shifted by the same hidden number of days"),
    ("quarter", "Quarters of a year"),
    ("year", "Years"),
]
REVIEWS = [("final", "Only reviews whose findings are final"), ("all", "Every review, also those that go on")]


class ResearchRequest(WrittenBy):
    """What was asked, word for word. Another wish is another request."""

    title = models.CharField("short title", max_length=120)
    organisation = models.CharField(max_length=200)
    sealed_researcher = SealedTextField()
    researcher = unsealed("sealed_researcher")
    purpose = models.TextField(max_length=4000)
    legal_basis = models.CharField("legal basis", max_length=300)
    approval_reference = models.CharField("reference of the approval", max_length=120)
    columns = models.JSONField()
    dates = models.CharField("how dates are given", max_length=10, choices=DATES)
    reviews = models.CharField("which reviews", max_length=10, choices=REVIEWS)
    k = models.PositiveSmallIntegerField("children who look alike at least", validators=[MaxValueValidator(100)])
    expires_on = models.DateField("last day")

    def __str__(self) -> str:
        return self.title

    def audited(self) -> Line | None:
        return None  # the project’s first change tells it


class ResearchProject(ConcurrentTransitionMixin, models.Model):
    """A request on its way. The state is only ever changed by `research.services.move`."""

    request = models.OneToOneField(ResearchRequest, on_delete=models.PROTECT, related_name="project")
    state = FSMField(
        default=str(ProjectState.REQUESTED),
        protected=True,
        choices=[(str(state), label) for state, label in LABELS.items()],
        db_index=True,
    )
    changed_at = models.DateTimeField(default=timezone.now)
    sealed_key = SealedTextField()
    key = unsealed("sealed_key")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"R-{self.pk}"

    def is_past(self, day: dt.date | None = None) -> bool:
        """Whether its last day has passed."""
        return self.request.expires_on < (day or timezone.localdate())

    @property
    def is_open(self) -> bool:
        """Whether data may leave for it today."""
        return self.state in OPEN and not self.is_past()

    @property
    def owes_proof(self) -> bool:
        return self.state in NOT_PROVEN

    @transition_of(BY_NAME["approve"])
    def approve(self) -> None:
        """One of two has approved."""

    @transition_of(BY_NAME["approve_too"])
    def approve_too(self) -> None:
        """So has another, by another right."""

    @transition_of(BY_NAME["refuse"])
    def refuse(self) -> None:
        """Nothing will leave."""

    @transition_of(BY_NAME["extract"])
    def extract(self) -> None:
        """Data has left."""

    @transition_of(BY_NAME["end"])
    def end(self) -> None:
        """Nothing leaves any more, by decision."""

    @transition_of(BY_NAME["expire"])
    def expire(self) -> None:
        """Nothing leaves any more, by time."""

    @transition_of(BY_NAME["prove"])
    def prove(self) -> None:
        """The researchers have deleted what they had."""


class ResearchChange(Moved):
    """One line of the data-use record. Of an approval, the rights by which it was given."""

    project = models.ForeignKey(ResearchProject, on_delete=models.PROTECT, related_name="changes")
    rights = models.JSONField(default=list)

    @property
    def label(self) -> str:
        """What the project became by it."""
        return LABELS[ProjectState(self.target)]

    def audited(self) -> Line:
        return Line(f"research.{self.transition}", "research", self.project.number, self.by)


class ResearchExtract(AppendOnly):
    """What an extract promised. Who took it, its rows and its checksum are in the export log."""

    project = models.ForeignKey(ResearchProject, on_delete=models.PROTECT, related_name="extracts")
    export = models.OneToOneField(ExportLog, on_delete=models.PROTECT, related_name="research")
    report = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Extract for {self.project.number}"

    def audited(self) -> Line | None:
        return None  # the export log tells it

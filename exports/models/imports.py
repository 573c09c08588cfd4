"""What is brought in: the history of another system, and lists to look things up in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exports.imports.states import LABELS, LISTS, OUTCOMES, ImportState
from forms.audit.lines import Line
from forms.sealing import SealedTextField, unseal
from workflow.models import Case
from workflow.models.append_only import WrittenBy


class ImportProfile(models.Model):
    """What the columns and values of another system mean here, kept for the next file. It holds no child’s answers."""

    system = models.CharField("other system", max_length=60, unique=True)
    columns = models.JSONField(default=dict, help_text="Heading of a column → name of a target.")
    codes = models.JSONField(default=dict, help_text="Target → what a value of theirs means → code of ours.")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["system"]

    def __str__(self) -> str:
        return self.system


class HistoryImport(models.Model):
    """One spreadsheet of reviews that ended in another system. Its state is only ever changed by `imports.services`."""

    profile = models.ForeignKey(ImportProfile, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(
        max_length=20, choices=[(str(s), LABELS[s]) for s in ImportState], default=str(ImportState.MAPPING)
    )
    stored_as = models.CharField(max_length=100, blank=True)
    sealed_key = SealedTextField(blank=True)
    headings = models.JSONField(default=list)
    rows_in_file = models.PositiveIntegerField(default=0)
    rows_checked = models.PositiveIntegerField(default=0)
    last_row = models.PositiveIntegerField(default=1, help_text="The number of the last row that was checked.")
    sealed_unknown = SealedTextField(blank=True, help_text="Values without a meaning, by target.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    problem = models.CharField(max_length=300, blank=True, help_text="Why what was asked for was not done.")
    begun_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.profile} of {self.begun_at:%Y-%m-%d}"

    @property
    def unknown(self) -> dict[str, dict[str, int]]:
        """By target, which values mean nothing here yet, and in how many rows they stand."""
        return unseal(self.sealed_unknown) if self.sealed_unknown else {}


class HistoryRow(models.Model):
    """One row of the spreadsheet: what it says, sealed, and what bringing it in would do or did."""

    history = models.ForeignKey(HistoryImport, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts: 1 is the row of headings.")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    hashed = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the other system’s reference.")
    child = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the NHS number.")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    as_of = models.DateTimeField(null=True, help_text="When the case came to say what this row says.")
    sealed = SealedTextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["history", "number"], name="one_of_each_row")]
        indexes = [
            models.Index(fields=["history", "outcome", "number"], name="rows_by_outcome"),
            models.Index(fields=["hashed"], name="rows_by_reference", condition=~Q(hashed="")),
            models.Index(fields=["history", "child"], name="rows_by_child", condition=~Q(child="")),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"

    @property
    def told(self) -> dict[str, Any]:
        """`values` by target, `problems` as pairs of column and sentence, `difference` as title, was, is; `before`."""
        return unseal(self.sealed)


class HistoryEvent(WrittenBy):
    """Something that a person did with an import as a whole."""

    history = models.ForeignKey(HistoryImport, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=20)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.rows}"

    def audited(self) -> Line:
        return Line(f"history.{self.what}", "history", self.history_id, self.by)


class ReferenceVersion(models.Model):
    """One edition of a list that things are looked up in. At most one of each kind is in use."""

    kind = models.CharField(max_length=20, choices=LISTS)
    name = models.CharField(max_length=120)
    dated = models.DateField("date of the list")
    source = models.CharField(max_length=300)
    rows = models.PositiveIntegerField(default=0)
    in_use = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(in_use=True), name="one_list_in_use_of_each_kind")
        ]

    def __str__(self) -> str:
        return self.name


class ReferenceEvent(WrittenBy):
    """An edition was brought in, or taken into use."""

    version = models.ForeignKey(ReferenceVersion, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.version_id}"

    def audited(self) -> Line:
        return Line(f"list.{self.what}", "list", self.version_id, self.by)


class PostcodeArea(models.Model):
    """In which areas a postcode lies."""

    version = models.ForeignKey(ReferenceVersion, on_delete=models.CASCADE, related_name="postcodes")
    postcode = models.CharField(max_length=7, help_text="Without a space.")
    local_authority = models.CharField(max_length=12)
    icb = models.CharField("integrated care board", max_length=12, blank=True)
    lsoa = models.CharField("LSOA", max_length=12, blank=True)
    imd_quintile = models.PositiveSmallIntegerField("IMD quintile", null=True, help_text="1 is the most deprived.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "postcode"], name="one_area_of_a_postcode")]

    def __str__(self) -> str:
        return self.postcode


class AreaCount(models.Model):
    """How many people lived in an area, or were born there, in a year. An empty age group or sex means all."""

    version = models.ForeignKey(ReferenceVersion, on_delete=models.CASCADE, related_name="counts")
    year = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=12)
    age_group = models.CharField(max_length=20, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "year", "area", "age_group", "sex"], name="one_count_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.year}: {self.number}"


class ListedNumber(models.Model):
    """How many children of a group live here, or a rate published of elsewhere: `of` is in `imports.states`."""

    version = models.ForeignKey(ReferenceVersion, on_delete=models.CASCADE, related_name="numbers")
    year = models.PositiveSmallIntegerField()
    of = models.CharField(max_length=20)
    what = models.CharField(max_length=60, help_text="The code of the group, or the name of the place.")
    number = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "year", "of", "what"], name="one_number_of_each")]

    def __str__(self) -> str:
        return f"{self.of} {self.what} {self.year}: {self.number}"

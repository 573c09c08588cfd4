"""In which area a child lived: as coarse as a figure counts it, and no finer."""

from django.db import models

from exports.models.imports import ReferenceVersion
from workflow.models import Case


class HomeArea(models.Model):
    """The local authority and the fifth of deprivation of a child's home, by one edition of the list of postcodes.

    Both are empty where the edition does not know the postcode. `mark` changes when who the child is was written anew.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="home_area")
    edition = models.ForeignKey(ReferenceVersion, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=40)
    local_authority = models.CharField(max_length=12, blank=True)
    imd_quintile = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"Area of {self.case_id}"

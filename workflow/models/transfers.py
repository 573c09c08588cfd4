"""Another panel asks this one to review a death."""

from django.conf import settings
from django.db import models

from forms.models import Draft
from workflow.models.case import Case

NCMD_TOLD = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


class TransferIn(models.Model):
    """An offer, entered before the notification that comes with it; its case is opened when that is sent."""

    draft = models.OneToOneField(Draft, on_delete=models.SET_NULL, null=True, blank=True, related_name="transfer_in")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="transfer_in")
    from_area = models.CharField(max_length=200)
    their_reference = models.CharField(max_length=60, blank=True)
    offered_on = models.DateField()
    notified_on = models.DateField(null=True, blank=True, help_text="When the other panel was told of the death.")
    ncmd_told = models.CharField(max_length=10, choices=NCMD_TOLD)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"From {self.from_area}"

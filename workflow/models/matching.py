"""Finding the same child again: under which keys, how sure one must be, and what people decided."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from forms.audit.lines import Line
from forms.sealing import SealedTextField
from workflow.matching.scoring import Levels
from workflow.models.append_only import WrittenBy
from workflow.models.case import Case, CaseIdentity
from workflow.models.words import unsealed

SCORE = [MinValueValidator(1), MaxValueValidator(100)]


class MatchKey(models.Model):
    """A keyed hash under which a child is looked up. Whoever reads the table learns nobody's name, number or date."""

    identity = models.ForeignKey(CaseIdentity, on_delete=models.PROTECT, related_name="keys")
    hashed = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["hashed", "identity"], name="match_key_lookup")]

    def __str__(self) -> str:
        return f"A key of {self.identity_id}"


class MatchDecision(WrittenBy):
    """Somebody said that two cases are not about one child, or that this is open again. The newest counts."""

    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    apart = models.BooleanField()
    sealed_reason = SealedTextField(blank=True)
    reason = unsealed("sealed_reason")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(one__lt=F("other")), name="match_decision_in_order")]

    def __str__(self) -> str:
        return "Not the same child" if self.apart else "May be the same child"

    def audited(self) -> Line:
        both = f"{self.one.reference} {self.other.reference}"
        return Line("match.apart" if self.apart else "match.open_again", "cases", both, self.by)

    def besides(self, case: Case) -> Case:
        return self.other if self.one_id == case.pk else self.one


@register_setting(icon="copy")
class MatchSettings(BaseGenericSetting):
    """From which score on two cases are shown as perhaps the same child."""

    certain = models.PositiveSmallIntegerField("certain from", default=Levels.certain, validators=SCORE)
    likely = models.PositiveSmallIntegerField("likely from", default=Levels.likely, validators=SCORE)
    possible = models.PositiveSmallIntegerField(
        "possible from", default=Levels.possible, validators=SCORE, help_text="Below this nothing is shown."
    )

    panels = [
        HelpPanel(
            "Scores go from 0 to 100. The same names and dates without an NHS number give 85, the same NHS number "
            "alone 100. A lower number shows more, and more that is wrong."
        ),
        FieldRowPanel([FieldPanel("certain"), FieldPanel("likely"), FieldPanel("possible")]),
    ]

    class Meta:
        verbose_name = "same child"

    def clean(self) -> None:
        super().clean()
        given = (self.possible, self.likely, self.certain)
        if None not in given and not given[0] < given[1] < given[2]:
            raise ValidationError("“Certain” must be above “likely”, and “likely” above “possible”.")

    @property
    def levels(self) -> Levels:
        return Levels(self.certain, self.likely, self.possible)

"""What staff enter about a meeting."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.widgets import AdminTimeInput

from workflow.action_forms import DayField
from workflow.meetings.states import ANSWERS, INTERESTS, KINDS, PANELS, SEATS
from workflow.models import AgendaItem, Meeting


class WhenForm(django_forms.Form):
    """When, where and under whom; cleaned to what `services.plan` and `services.change` take."""

    day = DayField(label="Day")
    start = django_forms.TimeField(label="Starts at", widget=AdminTimeInput, initial="09:30")
    end = django_forms.TimeField(label="Ends at", widget=AdminTimeInput, initial="12:30")
    place = django_forms.CharField(label="Place", max_length=200, required=False)
    link = django_forms.URLField(label="Link to join", required=False, assume_scheme="https")
    chair_role = django_forms.CharField(label="Role of the chair", max_length=120)
    chair = django_forms.ModelChoiceField(
        label="Chair’s account here", queryset=User.objects.none(), required=False, empty_label="None"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = person_field(
            "Chair’s account here", Q(groups__name__in=["Panel chair", "Designated doctor"])
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"day", "start", "end"} <= data.keys():
            return data
        day, start, end = data.pop("day"), data.pop("start"), data.pop("end")
        if end <= start:
            self.add_error("end", "The meeting ends after it starts, on the same day.")
        data["starts_at"] = timezone.make_aware(dt.datetime.combine(day, start))
        data["ends_at"] = timezone.make_aware(dt.datetime.combine(day, end))
        return data


class PlanForm(WhenForm):
    kind = django_forms.ChoiceField(
        label="What kind of meeting?",
        choices=[pair for pair in KINDS if pair[0] in PANELS],
        widget=django_forms.RadioSelect,
        help_text="A CDRM is planned on its case.",
    )
    theme = django_forms.CharField(
        label="Theme, of a themed panel", max_length=120, required=False, help_text="Such as: neonatal."
    )
    field_order = ["kind", "theme"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == "themed" and not data.get("theme"):
            self.add_error("theme", "Say what the theme is.")
        if data.get("kind") == "panel":
            data["theme"] = ""
        return data


def when_of(meeting: Meeting) -> dict[str, Any]:
    """The meeting as the form shows it."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    same = {name: getattr(meeting, name) for name in ("place", "link", "chair_role", "chair")}
    return {"day": start.date(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"} | same


class PersonField(django_forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.get_full_name() or obj.username


def person_field(label: str, who: Q) -> PersonField:
    """Somebody with an account who is one of these."""
    people = User.objects.filter(who, is_active=True).order_by("last_name", "first_name", "username").distinct()
    return PersonField(label=label, queryset=people, required=False, empty_label="—")


# Those who read cases, or at least what is before a panel.
WHO_MEETS = Q(is_superuser=True) | Q(
    groups__permissions__content_type__app_label="cdop_workflow",
    groups__permissions__codename__in=["read_panel_case", "work_case", "oversee_case", "sign_off_case"],
)


class SeatForm(django_forms.Form):
    seat = django_forms.ChoiceField(label="Speaks for", choices=SEATS)
    email = django_forms.EmailField(
        label="Or their email address",
        required=False,
        help_text="For somebody without an account. They are invited, and read nothing here.",
    )
    field_order = ["seat", "user", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = person_field("Account here", WHO_MEETS)
        self.order_fields(self.field_order)


class ChairForm(django_forms.Form):
    """Who chaired a panel; asked afterwards where it was not said before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = person_field("Chair’s account here", Q(groups__name="Panel chair"))
        self.fields["chair"].required = True


class ItemChairForm(django_forms.Form):
    """Who chairs one case instead of the chair of the meeting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"] = person_field("Who chairs it?", Q(groups__name="Panel chair"))
        self.fields["chair"].required = True


class AnswerForm(django_forms.Form):
    said = django_forms.ChoiceField(choices=ANSWERS)


CHAIR = "chair"


class InterestForm(django_forms.Form):
    """Why somebody must not hear a case. Those who run the meeting say for whom."""

    who = django_forms.ChoiceField(label="Who must not hear it?")
    kind = django_forms.ChoiceField(
        label="Why should this case not be heard?", choices=INTERESTS, widget=django_forms.RadioSelect
    )
    note = django_forms.CharField(
        label="Note", required=False, widget=django_forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, item: AgendaItem, runs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not runs:
            del self.fields["who"]
            return
        declared = {interest.seat_id for interest in item.interests.all()}
        seats = list(item.meeting.seats.select_related("user"))
        chair = item.chaired_by
        choices = [
            (str(each.pk), f"{each.who}, {each.get_seat_display()}") for each in seats if each.pk not in declared
        ]
        if chair and all(each.user_id != chair.pk for each in seats):
            choices.insert(0, (CHAIR, f"{chair.get_full_name() or chair.username}, who chairs it"))
        self.fields["who"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]


class HeldForm(django_forms.Form):
    minutes = django_forms.CharField(
        label="Minutes",
        required=False,
        widget=django_forms.Textarea(attrs={"rows": 10}),
        max_length=50_000,
        help_text="What was said about all of it. What was found about a child goes into its review.",
    )
    field_order = ["attended", "minutes"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = meeting.seats.select_related("user")
        self.fields["attended"] = django_forms.MultipleChoiceField(
            label="Who was there?",
            choices=[(str(seat.pk), f"{seat.who}, {seat.get_seat_display()}") for seat in seats],
            required=False,
            widget=django_forms.CheckboxSelectMultiple,
            initial=[str(seat.pk) for seat in seats if seat.answer == "accepted"],
        )
        self.order_fields(self.field_order)


class CancelForm(django_forms.Form):
    reason = django_forms.CharField(label="Reason", widget=django_forms.Textarea(attrs={"rows": 3}), max_length=2000)

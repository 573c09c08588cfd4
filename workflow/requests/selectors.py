"""Reading requests."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from forms.models import Form, FormVersion
from workflow.models import Agency, Case, InformationRequest, RequestWord
from workflow.permissions import Person, user_can_work_cases
from workflow.requests.states import ANSWERED, OUTSTANDING, RequestState

NOT_ASKED_FOR = ("notification", "analysis")


def requests_for(user: Person) -> QuerySet[InformationRequest]:
    """The requests this person may see."""
    requests = InformationRequest.objects.select_related("agency", "case")
    return requests if user_can_work_cases(user) else requests.none()


def outstanding(case: Case) -> QuerySet[InformationRequest]:
    """Requests of a case that must be answered or waived before the review goes on."""
    return case.requests.filter(mandatory=True, state__in=OUTSTANDING).select_related("agency")


def forms_to_ask() -> list[tuple[str, str]]:
    """Slug and title of every published form that an agency can be asked for."""
    live = Form.objects.filter(live=True).exclude(slug__in=NOT_ASKED_FOR)
    return list(live.order_by("title").values_list("slug", "title"))


def newest_versions(slugs: list[str]) -> tuple[FormVersion, ...]:
    """The newest version of each form: those asked about every death before those for some."""
    versions = FormVersion.objects.filter(form__slug__in=slugs, form__live=True).order_by("form", "-number")
    newest: dict[int, FormVersion] = {}
    for version in versions:
        newest.setdefault(version.form_id, version)
    return tuple(sorted(newest.values(), key=lambda version: bool(version.definition.triggers)))


def open_question(asked: InformationRequest) -> str:
    """What was asked about the answer, until it is returned again, whatever became of the link; otherwise ""."""
    newest = asked.changes.filter(transition__in=["query", "give_back"]).last()
    return newest.reason if newest and newest.transition == "query" else ""


def questions_of(found: QuerySet[InformationRequest]) -> QuerySet[InformationRequest]:
    """Of these requests, those whose newest word is the agency’s, so that it waits for an answer."""
    words = RequestWord.objects.filter(request=OuterRef("pk")).order_by("-pk")
    asked = found.annotate(word=Subquery(words.values("pk")[:1]), answered_by=Subquery(words.values("by")[:1]))
    return asked.filter(word__isnull=False, answered_by=None)


# Keys of questions that are about the person who answers.
ABOUT_THE_RESPONDENT = {"respondent_name", "respondent_role", "respondent_email", "respondent_phone"}


def known_of(asked: InformationRequest) -> dict[str, Any]:
    """What the case's notifications say, the newest last, and who is asked, by key of question.

    A form takes of it what its editor wants.
    """
    known: dict[str, Any] = {}
    for received in asked.case.submissions.filter(kind="notification").select_related("submission"):
        known |= {key: value for key, value in received.submission.all_answers().items() if value is not None}
    known |= {key: asked.recipient.get(key.removeprefix("respondent_")) for key in ABOUT_THE_RESPONDENT}
    return known | {"agency": asked.agency.name, "agency_type": asked.agency.kind}


def agencies_with_figures(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Adds to each agency, in one query: asked, open, late, returned, on_time."""
    today = timezone.localdate()
    asked = ~Q(requests__state__in=[RequestState.DRAFTED, RequestState.CANCELLED, RequestState.REASSIGNED])
    open_now = Q(requests__state__in=OUTSTANDING - {RequestState.DRAFTED})
    returned = Q(requests__state__in=ANSWERED)
    on_time = returned & Q(requests__returned_at__date__lte=F("requests__due_on"))
    return agencies.annotate(
        asked=Count("requests", filter=asked),
        open=Count("requests", filter=open_now),
        late=Count("requests", filter=open_now & Q(requests__due_on__lt=today)),
        returned=Count("requests", filter=returned),
        on_time=Count("requests", filter=on_time),
    )


def return_rate(agency: Any) -> str:
    """How much of what an agency was asked came back; it has its figures."""
    return f"{round(100 * agency.returned / agency.asked)}%" if agency.asked else ""


def requests_of(agency: Agency, most: int = 200) -> list[InformationRequest]:
    """What an agency was asked: what still waits first, by day, then the newest."""
    found = agency.requests.exclude(state=RequestState.DRAFTED).select_related("case")
    waiting = list(found.filter(state__in=OUTSTANDING).order_by("due_on", "pk")[:most])
    return [*waiting, *found.exclude(state__in=OUTSTANDING).order_by("-due_on", "-pk")[: most - len(waiting)]]

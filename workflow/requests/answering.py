"""Answering a request: the draft of each form, and what becomes of it once it is sent. Two people may hold one link."""

from django.db import transaction

from forms.models import Draft, Submission
from forms.schema import Answers
from forms.services import begin
from workflow.models import FormReturn, InformationRequest, RequestedForm
from workflow.requests.selectors import ABOUT_THE_RESPONDENT, known_of
from workflow.requests.services import MovedOn, move
from workflow.requests.states import RequestState


@transaction.atomic
def open_form(asked: InformationRequest, form: RequestedForm) -> Draft:
    """The draft in which a form is answered: the one in hand, or a new one with what was last returned.

    Raises:
        MovedOn: the form has gone to a colleague meanwhile.
    """
    current = RequestedForm.objects.select_for_update().get(pk=form.pk)  # alone: what is joined would be older
    if current.request_id != asked.pk:
        raise MovedOn([f"The request to {asked.agency} was passed on."])
    if current.draft and current.draft.submission_id is None:
        return current.draft
    draft = begin(current.version, answers=_returned(asked, current), known=known_of(asked))
    current.draft = draft
    current.save(update_fields=["draft"])
    return draft


def _returned(asked: InformationRequest, form: RequestedForm) -> Answers | None:
    """What was last returned; without what a person said of themselves who has passed the request on since."""
    newest = form.returns.last()
    if newest is None:
        return None
    answers: Answers = newest.submission.all_answers()
    of_another = ABOUT_THE_RESPONDENT if newest.at < asked.made_at else set()
    return {key: value for key, value in answers.items() if key not in of_another}


@transaction.atomic
def form_came_back(requested: RequestedForm, submission: Submission) -> None:
    """Keep what was answered with the case, and see whether everything is now back."""
    request = _locked(requested)
    FormReturn.objects.create(requested=requested, submission=submission)
    request.case.submissions.create(submission=submission, kind=submission.version.form.slug[:20])
    RequestedForm.objects.filter(pk=requested.pk).update(nothing_held=False)
    if request.state in (RequestState.SENT, RequestState.OPENED):
        move(request, "answer_part", "respondent")


def _locked(requested: RequestedForm) -> InformationRequest:
    """The request of a form, kept from everybody else. While we wait for it, the form may go to a colleague's."""
    while True:
        number = RequestedForm.objects.values_list("request", flat=True).get(pk=requested.pk)
        request = InformationRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=number)
        if RequestedForm.objects.filter(pk=requested.pk, request=request).exists():
            return request

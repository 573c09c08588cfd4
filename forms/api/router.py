"""The operations on forms and submissions."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import parse_etags
from ninja import File, Form, Header, Path, Query, Router, Status
from ninja.files import UploadedFile

from forms.api.audit import audited
from forms.api.auth import PublicOrToken, Token
from forms.api.bodies import DOCUMENTED, FHIR, read_body
from forms.api.files import TooManyWaiting, entry_of, expires_at, question_of, take_file
from forms.api.idempotency import KeyReused, digest_of
from forms.api.inside import look_inside
from forms.api.problems import AnswerProblem, Problem, documented
from forms.api.services import Refused, earlier, submit
from forms.api.shapes import FileOut, FormItem, FormList, PublishedForm, Receipt
from forms.exchange import fhir, own
from forms.models import ApiSubmission, FormVersion
from forms.models.translations import definition_in
from forms.schema import KEY
from forms.selectors import live_version, live_versions
from forms.translations.selectors import offered_languages, words_tag

router = Router(tags=["Forms"])
router.add_decorator(audited, mode="view")
Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]{1,50}$", description="The form’s key.")]
Reference = Annotated[str, Path(pattern=r"^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$", description="As on the receipt.")]
Language = Annotated[str, Query(pattern=r"^([a-z]{2,3}(-[a-zA-Z]{2,8})?)?$", description="As in `languages`.")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="A name of your own for this sending, such as a UUID. Sent again, it gives the same receipt.",
    ),
]
# Clients may also name the version and the encoding, which are the only ones there are.
FHIR_NAMES = [FHIR, f"{FHIR};fhirVersion=4.0", f"{FHIR};charset=utf-8"]
LATER = {"Retry-After": "3600"}
# An empty file is refused, and a part of any other name is never looked at.
BOTH_PARTS = {"additionalProperties": False, "properties": {"file": {"minLength": 1}}}
FILE_BODY = {"content": {"multipart/form-data": {"schema": BOTH_PARTS}}}
READ = [PublicOrToken("read")]
# OpenAPI's way to say that the token may be left out.
OPEN: dict[str, Any] = {"security": [{}, {"PublicOrToken": []}]}
ERRORS = {"responses": documented(401, 403, 429)}


@router.get(
    "/forms",
    auth=READ,
    response=FormList,
    summary="Published forms",
    openapi_extra=OPEN | ERRORS,
)
def list_forms(request: HttpRequest) -> FormList:
    """Every form that people can answer now, by title."""
    items = [FormItem(**item) for item in live_versions()]
    return FormList(items=items, count=len(items))


@router.get(
    "/forms/{slug}",
    auth=READ,
    response=PublishedForm,
    summary="One published form",
    openapi_extra=OPEN
    | {
        "responses": documented(401, 403, 404, 422, 429)
        | {200: {"content": {FHIR: {"schema": {"type": "object", "title": "Questionnaire"}}}}}
    },
)
def read_form(request: HttpRequest, slug: Slug, language: Language = "") -> HttpResponse:
    """What the newest version asks: pages, questions, conditions and rules, each question with its `key`.

    `language` gives it in one of the `languages` it is offered in; what is not translated stands in English.
    `Accept: application/fhir+json` gives an R4 Questionnaire. `If-None-Match` with the ETag of an earlier answer gives
    304 when nothing has changed.
    """
    version = _newest(slug)
    offered = offered_languages(version.form_id)
    if language and language not in offered:
        raise Http404
    schema = definition_in(version.pk, language)
    as_fhir = request.get_preferred_type(["application/json", *FHIR_NAMES]) in FHIR_NAMES
    tag = f'"{version.checksum}{"-fhir" * as_fhir}{words_tag(offered, language)}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if _has_already(request, tag):
        return HttpResponse(status=304, headers=headers)
    if as_fhir:
        return HttpResponse(fhir.write(schema, version.number), content_type=FHIR, headers=headers)
    form = PublishedForm(
        **schema.model_dump(),
        version=version.number,
        published_at=version.published_at,
        checksum=version.checksum,
        languages=list(offered),
    )
    return HttpResponse(form.model_dump_json(), content_type="application/json", headers=headers)


def _has_already(request: HttpRequest, tag: str) -> bool:
    """Whether the client names this tag, or any at all, among what it kept. Weak tags count: only reading asks."""
    kept = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    return tag in kept or kept == ["*"]


@router.post(
    "/forms/{slug}/submissions",
    auth=Token("submit"),
    response={201: Receipt},
    summary="Send answers",
    openapi_extra={"requestBody": DOCUMENTED, "responses": documented(400, 401, 403, 404, 409, 413, 422, 429)},
)
def send_answers(request: HttpRequest, response: HttpResponse, slug: Slug, idempotency_key: Key) -> Status[Receipt]:
    """Checked exactly as the web form checks: same conditions, same rules, same messages. Needs the scope `submit`.

    `Content-Type: application/fhir+json` sends an R4 QuestionnaireResponse; problems then name linkIds.
    """
    digest = digest_of(request.path.encode() + b"\n" + request.body)
    try:
        sent = earlier(request.auth, idempotency_key, digest) or _take(request, slug, idempotency_key, digest)  # type: ignore[attr-defined]
    except KeyReused:
        raise Problem(409, "This Idempotency-Key came with a different body before. Use a new one.") from None
    receipt = receipt_of(sent)
    response["Location"] = reverse("api:receipt", args=[receipt.reference])
    response["Cache-Control"] = "no-store"
    return Status(201, receipt)


def _take(request: HttpRequest, slug: str, key: str, digest: str) -> ApiSubmission:
    version = _newest(slug)
    body, named = read_body(request, version.definition)
    if body.version not in (None, version.number):
        raise Problem(409, f"The newest version is {version.number}. Read the form again and ask what is new.")
    answers, inside = look_inside(version, body.answers)
    try:
        sent, _ = submit(request.auth, version, answers, body.declaration, key, digest, inside)  # type: ignore[attr-defined]
    except Refused as refused:
        problems = [named(problem) for problem in refused.problems]
        raise Problem(422, "The answers were not taken.", errors=problems) from None
    return sent


@router.post(
    "/forms/{slug}/files",
    auth=Token("submit"),
    response={201: FileOut},
    summary="Send a file",
    openapi_extra={"requestBody": FILE_BODY, "responses": documented(400, 401, 403, 404, 409, 413, 422, 429)},
)
def send_file(
    request: HttpRequest,
    response: HttpResponse,
    slug: Slug,
    idempotency_key: Key,
    question: Annotated[str, Form(pattern=KEY, description="The key of the question that takes it.")],
    file: Annotated[UploadedFile, File()],
) -> Status[FileOut]:
    """One file, ahead of the answers that name it. Checked exactly as on the web form. Needs the scope `submit`.

    Its `id` stands in the answer to the question, in a list. A file that no answers name is deleted after a day.
    """
    version = _newest(slug)
    asked = question_of(version, question)
    if asked is None:
        raise _file_refused(question, "No question of this form takes files under this key.", "#/question")
    try:
        sent = take_file(request.auth, version, asked, file, idempotency_key)  # type: ignore[attr-defined]
    except KeyReused:
        raise Problem(409, "This Idempotency-Key came with a different file before. Use a new one.") from None
    except TooManyWaiting:
        raise Problem(429, "Too many files wait. Send the answers that name them.", headers=LATER) from None
    except ValidationError as problem:
        raise _file_refused(asked.key, " ".join(problem.messages), "#/file") from None
    response["Cache-Control"] = "no-store"
    return Status(201, FileOut(**entry_of(sent.upload), question=asked.key, expires_at=expires_at(sent)))


def _file_refused(question: str, message: str, pointer: str) -> Problem:
    problem = AnswerProblem(question=question, pointer=pointer, message=message)
    return Problem(422, "The file was not taken.", errors=[problem])


@router.get(
    "/submissions/{reference}/receipt",
    auth=Token("submit"),
    response=Receipt,
    url_name="receipt",
    summary="The receipt of something you sent",
    openapi_extra={"responses": documented(401, 403, 404, 422, 429)},
)
def read_receipt(request: HttpRequest, response: HttpResponse, reference: Reference) -> Receipt:
    """Only what the same client sent. It holds no answers."""
    sent = (
        ApiSubmission.objects.filter(client=request.auth, submission__reference=reference)  # type: ignore[attr-defined]
        .select_related("submission__version__form")
        .first()
    )
    if sent is None:
        raise Http404
    response["Cache-Control"] = "no-store"
    return receipt_of(sent)


@router.get(
    "/schemas/form-file.json",
    auth=READ,
    response=dict[str, Any],
    summary="JSON Schema of a form as a file",
    openapi_extra=OPEN | ERRORS,
)
def form_file_schema(request: HttpRequest) -> JsonResponse:
    """Describes the JSON that `form_export` writes and `form_import` reads."""
    return JsonResponse(own.json_schema())


def receipt_of(sent: ApiSubmission) -> Receipt:
    submission = sent.submission
    assert submission is not None  # noqa: S101
    schema = submission.definition
    return Receipt(
        reference=submission.reference,
        received_at=submission.submitted_at,
        form=submission.version.form.slug,
        title=schema.title,
        version=submission.version.number,
        confirmation=schema.confirmation,
        not_asked=sent.not_asked,
    )


def _newest(slug: str) -> FormVersion:
    version = live_version(slug)
    if version is None:
        raise Http404
    return version

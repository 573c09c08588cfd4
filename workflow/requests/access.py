"""Who may open a request: whoever has its link, and a code sent to the address the link went to."""

import datetime as dt
import re
import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from workflow.models import InformationRequest, OneTimeCode
from workflow.requests.services import hashed, tell
from workflow.requests.states import RequestState

SESSION_KEY = "requests"
CODE_MINUTES = 15
MOST_FAILURES = 5
MOBILE = re.compile(r"(07|\+447)\d{9}")
CLOSED = (RequestState.REASSIGNED, RequestState.CANCELLED, RequestState.DRAFTED)


class NoRequest(Exception):
    """The link opens nothing. Why not is not said: the visitor may be anybody."""


def find(token: str) -> InformationRequest:
    """The request of a link that still works.

    Raises:
        NoRequest: there is none.
    """
    found = InformationRequest.objects.select_related("case", "agency").filter(token_hash=hashed(token)).first()
    if found is None or found.state in CLOSED or not found.link_expires_at or found.link_expires_at < timezone.now():
        raise NoRequest
    return found


def mobile_of(request: InformationRequest) -> str:
    """The mobile number of the person asked, in digits alone, where text messages can be sent; otherwise ""."""
    digits = re.sub(r"[^\d+]", "", request.recipient.get("phone", ""))
    return digits if "sms" in settings.MESSAGE_CHANNELS and MOBILE.fullmatch(digits) else ""


def send_code(request: InformationRequest, by_text: bool = False) -> None:
    """Send a new code to the address of the link, or to the mobile we had beside it. Earlier codes work no longer."""
    where = {"to": mobile_of(request), "channel": "sms"} if by_text and mobile_of(request) else {}
    code = f"{secrets.randbelow(10**6):06}"
    with transaction.atomic():
        request.codes.filter(used_at__isnull=True).update(used_at=timezone.now())
        OneTimeCode.objects.create(request=request, code_hash=make_password(code))
        tell(request, "request_code", **where, code=code, minutes=str(CODE_MINUTES))


def code_opens(request: InformationRequest, code: str) -> bool:
    """Whether the code is right. It works once; five wrong tries end it."""
    tidied = "".join(letter for letter in code if letter.isdigit())
    since = timezone.now() - dt.timedelta(minutes=CODE_MINUTES)
    with transaction.atomic():
        newest = request.codes.select_for_update().filter(used_at__isnull=True, made_at__gte=since).first()
        if newest is None or newest.failures >= MOST_FAILURES:
            return False
        if not check_password(tidied, newest.code_hash):
            OneTimeCode.objects.filter(pk=newest.pk).update(failures=newest.failures + 1)
            return False
        OneTimeCode.objects.filter(pk=newest.pk).update(used_at=timezone.now())
    return True


def let_in(visitor: HttpRequest, request: InformationRequest) -> None:
    visitor.session[SESSION_KEY] = [*visitor.session.get(SESSION_KEY, []), [request.pk, request.token_hash]][-20:]


def is_in(visitor: HttpRequest, request: InformationRequest) -> bool:
    """Whether this browser has shown the code, for this very link."""
    return [request.pk, request.token_hash] in visitor.session.get(SESSION_KEY, [])

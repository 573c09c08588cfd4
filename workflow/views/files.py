"""Files that people attached to answers about a case."""

import io
import logging
import re
from abc import abstractmethod
from typing import Any

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from forms.models import Upload
from forms.uploads import vault
from forms.uploads.preview import preview_of
from forms.uploads.types import TYPES
from workflow.models import Case
from workflow.permissions import user_can_see_identity
from workflow.selectors import files_of
from workflow.services import record_view
from workflow.views.base import OneCaseView

logger = logging.getLogger(__name__)
# A browser shows or keeps nothing of a file, and runs nothing in it.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store, private",
}
NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*]')


class GivesFiles:
    """Gives a file to those who may know who the child is."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @abstractmethod
    def files(self) -> QuerySet[Upload]:
        """Those that belong to what is on the screen."""

    @abstractmethod
    def record(self, file: Upload | None = None) -> None:
        """Put it on the record that this person opened it."""

    @abstractmethod
    def back(self) -> str:
        """The address of the screen that lists the files."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file = self.file()
        data = self.opened(file) if file.is_clean else None
        if data is None:
            reason = file.held_back or "it could not be opened. Tell an administrator"
            messages.error(request, f"The file was not downloaded: {reason}.")
            return redirect(self.back())
        self.record(file)
        return FileResponse(
            io.BytesIO(data),
            as_attachment=True,
            filename=safe_name(file),
            content_type=file.content_type,
            headers=HEADERS,
        )

    def file(self) -> Upload:
        if not user_can_see_identity(self.request.user):
            raise PermissionDenied
        return get_object_or_404(self.files(), pk=self.kwargs["file_id"])

    def opened(self, file: Upload) -> bytes | None:
        try:
            return vault.read(file.stored_as, file.details["key"])
        except (FileNotFoundError, InvalidToken):
            logger.critical("File %s is missing or was tampered with", file.pk)
            return None


class GivesPreviews(GivesFiles):
    """A small picture of a file that is one. Seeing it counts as opening what it belongs to."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = self.file()
        data = self.opened(file) if file.is_clean and file.is_picture else None
        picture = preview_of(data, file.content_type) if data else None
        if picture is None:
            raise Http404
        self.record()
        return HttpResponse(picture, content_type="image/jpeg", headers=HEADERS)


class OfACase:
    case: Case
    case_url: str
    staff: User
    request: HttpRequest

    def files(self) -> QuerySet[Upload]:
        return files_of(self.case, self.request.user)

    def record(self, file: Upload | None = None) -> None:
        record_view(self.case, self.staff, file=file)

    def back(self) -> str:
        return self.case_url


class FileView(OfACase, GivesFiles, OneCaseView):  # type: ignore[misc]
    pass


class PreviewView(OfACase, GivesPreviews, OneCaseView):
    pass


def safe_name(file: Upload) -> str:
    """The sender's name for it, as any system can store it, ending in what the content is."""
    name = NOT_IN_A_NAME.sub("_", file.name).strip(". ") or "file"
    ending = f".{TYPES[file.content_type].extension}"
    same = (ending, ".jpeg") if ending == ".jpg" else (ending,)
    return name if name.lower().endswith(same) else f"{name}{ending}"

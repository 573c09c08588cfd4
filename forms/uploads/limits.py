"""Turns away a request that is too large before any of it is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NotTooLarge(FileUploadHandler):
    """Stands first among the upload handlers and takes no file itself.

    Raises:
        RequestDataTooBig: answered with the page for requests we could not read (400).
    """

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        if content_length > settings.REQUEST_WITH_FILES_MAX:
            raise RequestDataTooBig("The request is larger than this site accepts.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None

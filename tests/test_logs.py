"""The log says where something failed, and never with what."""

import logging

from cdop.logs import PrivateFormatter


def written(error: Exception | None = None, message: str = "Internal Server Error: %s", *values: str) -> str:
    details = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, values, details)
    return PrivateFormatter().format(record)


def failing(typed: str) -> Exception:
    try:
        try:
            raise ValueError(f"{typed} is no NHS number")
        except ValueError as first:
            raise KeyError(typed) from first
    except KeyError as error:
        return error


def test_a_failure_is_logged_with_its_place_and_kind_and_without_its_message():
    text = written(failing("Aster Madeup"), "Internal Server Error: %s", "/report-a-child-death/")
    assert "KeyError" in text
    assert "ValueError" in text
    assert "in failing" in text
    assert "Madeup" not in text.replace('raise ValueError("Aster Madeup', "").replace(
        'raise KeyError("Aster Madeup', ""
    )
    assert "/report-a-child-death/" in text


def test_the_token_of_a_request_link_is_not_logged():
    assert "secret-token" not in written(None, "Internal Server Error: %s", "/requests/secret-token/page-1/")
    assert "secret-token" not in written(None, "Internal Server Error: %s", "/actions/secret-token/")
    assert "/admin/actions/7/" in written(None, "Internal Server Error: %s", "/admin/actions/7/")
    assert "/requests/…/page-1/" in written(None, "Internal Server Error: %s", "/requests/secret-token/page-1/")


def test_the_formatter_is_the_one_in_use(settings):
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "private"

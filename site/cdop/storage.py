"""Static files under hashed names."""

from collections.abc import Callable
from re import Match
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOREIGN_FONT = r"(?P<matched>@font-face\s*\{[^}]*url\([\"']?https?:[^}]*\})"
NOTHING = ""


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Serves what the packages ship, with two changes.

    Source map comments are left alone: the frontend package names maps that it does not ship. Fonts on another host
    are taken out, so that no page makes a third-party request: the stylesheet's next font, Arial, is used.
    """

    patterns = (
        ("*.css", ((FOREIGN_FONT, NOTHING),)),
        *(
            (glob, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
            for glob, rules in HashedFilesMixin.patterns
        ),
    )

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[Match[str]], str]:
        if template == NOTHING:
            return lambda match: NOTHING
        converter: Callable[[Any], str] = super().url_converter(name, hashed_files, template)
        return converter

"""Invented packs, up to any point."""

from django.contrib.auth.models import User

from workflow.models import Case, Pack, PackPassage
from workflow.packs import services


def prepared(case: Case, by: User) -> Pack:
    """A pack in which every passage is open."""
    return services.make_pack(case, by)


def finished(pack: Pack, by: User, text: str = "What the panel reads.", as_pdf: bool = False) -> Pack:
    """The same pack with `text` in the place of every passage, ready to read."""
    for passage in pack.passages.filter(decision=PackPassage.Decision.OPEN):
        services.confirm_passage(passage, by, text)
    return services.finish(pack.case, by, as_pdf)


def passage(pack: Pack, label: str) -> PackPassage:
    return pack.passages.get(label=label)

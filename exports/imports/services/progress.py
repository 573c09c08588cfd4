"""How far work is that is done as a whole: nobody sees any of it in the database before its end."""

from django.core.cache import caches

from exports.models import HistoryImport

FORGOTTEN_AFTER = 3_600


def tell(history: HistoryImport, done: int) -> None:
    """So many rows are done. It is told to whoever looks, and lost where the cache is not shared."""
    caches["progress"].set(_name(history), done, FORGOTTEN_AFTER)


def rows_done(history: HistoryImport) -> int:
    return int(caches["progress"].get(_name(history), 0))


def ended(history: HistoryImport) -> None:
    caches["progress"].delete(_name(history))


def _name(history: HistoryImport) -> str:
    return f"import-{history.pk}"

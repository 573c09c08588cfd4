"""Sealing everything anew with the newest key, wherever it is stored."""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from forms.sealing import SealedTextField, Unreadable, has_newest_key, reseal

BATCH = 500


def sealed_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every installed app that holds something sealed."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, SealedTextField) and not model._meta.proxy:
                yield model, field.attname


def rotate(model: type[models.Model], column: str, batch: int = BATCH) -> Counter[str]:
    """Seal one column with the newest key; how many are now "sealed", were "ready" before, or are
    "unreadable".

    Goes batch by batch, so that it can be stopped and started again, and writes only over what it read, so that it
    can run while people work.
    """
    done: Counter[str] = Counter()
    stored = model._base_manager.exclude(**{column: ""}).order_by("pk")
    rows = list(stored.values_list("pk", column)[:batch])
    while rows:
        with transaction.atomic():
            done.update(_reseal(model, column, pk, token) for pk, token in rows)
        rows = list(stored.filter(pk__gt=rows[-1][0]).values_list("pk", column)[:batch])
    return done


def _reseal(model: type[models.Model], column: str, pk: object, token: str) -> str:
    if has_newest_key(token):
        return "ready"
    try:
        new = reseal(token)
    except Unreadable:
        return "unreadable"
    model._base_manager.filter(pk=pk, **{column: token}).update(**{column: new})
    return "sealed"

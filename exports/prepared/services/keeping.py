"""The parts of a file: encrypted as uploads are, under random names, outside every public path."""

from array import array
from collections.abc import Iterator
from functools import partial

from django.db import transaction

from exports.models import PreparedExport, PreparedPart
from forms.sealing import seal, unseal
from forms.uploads import vault


def keep_keys(prepared: PreparedExport, keys: array) -> None:
    """Which rows it has, in their order: whoever goes on with it takes these and no others."""
    stored, key = vault.put(keys.tobytes())
    prepared.stored_keys_as, prepared.sealed_keys_key = stored, seal(key)


def kept_keys(prepared: PreparedExport) -> array:
    keys = array("q")
    keys.frombytes(vault.read(prepared.stored_keys_as, unseal(prepared.sealed_keys_key)))
    return keys


def add_part(prepared: PreparedExport, data: bytes, *, finished: bool, upto: int = 0) -> None:
    number = prepared.parts.filter(finished=finished).count()
    stored, key = vault.put(data)
    PreparedPart.objects.create(
        prepared=prepared, finished=finished, number=number, upto=upto, stored_as=stored, sealed_key=seal(key)
    )


def read_parts(prepared: PreparedExport, *, finished: bool) -> Iterator[bytes]:
    for part in prepared.parts.filter(finished=finished).order_by("number"):
        yield vault.read(part.stored_as, unseal(part.sealed_key))


def forget_parts(prepared: PreparedExport, *, finished: bool | None = None) -> None:
    """The files go when what is written in the database has happened."""
    parts = prepared.parts.all() if finished is None else prepared.parts.filter(finished=finished)
    names = list(parts.values_list("stored_as", flat=True))
    if finished is not True and prepared.stored_keys_as:
        names.append(prepared.stored_keys_as)
        prepared.stored_keys_as = prepared.sealed_keys_key = ""
        prepared.save(update_fields=["stored_keys_as", "sealed_keys_key"])
    parts.delete()
    for name in names:
        transaction.on_commit(partial(vault.remove, name))

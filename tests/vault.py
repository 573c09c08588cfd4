"""The folder of files that were sent: it outlasts the transaction of a test, and other tests leave files in it."""

from pathlib import Path

from django.core.files.storage import storages

from forms.uploads import vault


def in_vault() -> set[str]:
    store = storages["uploads"]
    return set(store.listdir("")[1]) if Path(store.location).exists() else set()


def empty() -> None:
    for name in in_vault():
        vault.remove(name)

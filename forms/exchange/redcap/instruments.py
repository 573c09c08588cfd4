"""REDCap’s instruments: one for each run of pages, and one of its own for each repeat group."""

import re

from forms.exchange.foreign import Names
from forms.schema import FormSchema


def safe_key(key: str) -> str:
    return re.sub("_+", "_", key).strip("_")


def instruments(schema: FormSchema) -> list[str]:
    """The name of the instrument that each page belongs to; a run of pages is called unlike any group."""
    groups = [page.group.key if page.group else "" for page in schema.pages]
    names = Names()
    names.taken |= set(groups)
    base = safe_key(re.sub("[^a-z0-9]", "_", schema.slug.lower())) or "form"
    found: list[str] = []
    run, part = "", 0
    for group in groups:
        if group:
            run = ""
        elif not run:
            part += 1
            run = names.free(base if part == 1 else f"{base}_part_{part}")
        found.append(group or run)
    return found

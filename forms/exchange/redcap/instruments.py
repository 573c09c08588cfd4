"""REDCap’s instruments: one for each run of pages, and one of its own for each repeat group."""

import re

from forms.schema import FormSchema


def safe_key(key: str) -> str:
    return re.sub("_+", "_", key).strip("_")


def instruments(schema: FormSchema) -> list[str]:
    """The name of the instrument that each page belongs to."""
    base = safe_key(re.sub("[^a-z0-9]", "_", schema.slug.lower())) or "form"
    names: list[str] = []
    part, running = 0, False
    for page in schema.pages:
        if page.group:
            names.append(page.group.key)
        else:
            part += not running
            names.append(base if part == 1 else f"{base}_part_{part}")
        running = page.group is None
    return names

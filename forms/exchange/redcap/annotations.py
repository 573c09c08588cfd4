"""Field Annotation: action tags such as `@HIDDEN`, our own note, and what others wrote there."""

import re
from dataclasses import dataclass, field

from forms.exchange.notes import as_text

MARK = "cdop:"
HIDDEN, DEFAULT = "HIDDEN", "DEFAULT"
PART = re.compile(
    r"""(?P<note>cdop:.*)
      | @(?P<tag>[A-Z][A-Z0-9_-]*)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|\S+))?
      | \S+""",
    re.VERBOSE | re.DOTALL,
)


@dataclass
class Annotation:
    """The tags by name, the text of our note, and everything as it was written but for our note."""

    tags: dict[str, str] = field(default_factory=dict)
    note: str = ""
    others: list[str] = field(default_factory=list)


def understand(text: str) -> Annotation:
    found = Annotation()
    for part in PART.finditer(text):
        if part["note"]:
            found.note = part["note"].removeprefix(MARK)
        elif part["tag"] in (HIDDEN, DEFAULT):
            found.tags[part["tag"]] = _unquoted(part["value"] or "")
        else:
            found.others.append(part[0])
    return found


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ("'", '"') and value[-1:] == value[:1] else value


def hidden(initial: str) -> str:
    """The tags of a hidden value, which has not both kinds of quotation marks."""
    quote = "'" if '"' in initial else '"'
    return f"@{HIDDEN}" + f" @{DEFAULT}={quote}{initial}{quote}" * bool(initial)


def written(tags: str, notes: dict[str, object]) -> str:
    kept = {name: note for name, note in notes.items() if note or note is False}
    return f"{tags} {MARK + as_text(kept) if kept else ''}".strip()

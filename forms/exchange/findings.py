"""What a reader understood of a file, what it did not, and why a file was turned away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.schema import FormSchema

# The words of a form in other languages: by the language’s code, then by the English they stand for.
Translations = Mapping[str, Mapping[str, str]]
NOT_BEFOREHAND = "It has an initial answer, which was left out: here nothing is answered for a person beforehand."


@dataclass(frozen=True)
class Finding:
    """One remark about a file: `where` is a row ("survey row 12", "line 7") or a path ("item[3].item[0]")."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True)
class Editing:
    """What the editor keeps of a form beside its schema, as far as a file says it.

    `lists` names, for each shared list, the questions that take their answers from it ("group.key" in a group).
    """

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unfinished: str = ""


@dataclass(frozen=True)
class Understood:
    """A form as it was read, everything in the file that did not become part of it, and what goes with the form."""

    schema: FormSchema
    findings: list[Finding]
    translations: Translations = field(default_factory=dict)
    editing: Editing = field(default_factory=Editing)


class Unreadable(Exception):
    """The file is no form of this format, or is broken. Nothing of it is used."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = list(findings)


def refuse(message: str, where: str = "") -> Unreadable:
    return Unreadable(Finding(where, message))

"""A text word by word, each as it would be compared: in small letters, without accents, apostrophes or possessives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.matching.child import words

# Inside a word and never seen: soft hyphens and joiners. Accents may be characters of their own.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
INSIDE = rf"[^\W\d_]|[\u0300-\u036f{INVISIBLE}]"
WORD = re.compile(rf"[^\W\d_](?:{INSIDE}|['’‘`ʼ](?=[^\W\d_]))*")
POSSESSIVE = re.compile(r"['’‘`ʼ]s$", re.IGNORECASE)
HIDDEN = re.compile(f"[{INVISIBLE}]")
ENDS_A_SENTENCE = re.compile(r"([.!?:;\n\r•*]|[-–—]\s)[\s\"'“”‘’(\[]*$")


@dataclass(frozen=True)
class Token:
    start: int
    end: int
    text: str
    folded: str
    capital: bool
    begins: bool

    @property
    def end_of_name(self) -> int:
        """Where “’s” begins, which stays when a name goes."""
        return self.end - 2 if POSSESSIVE.search(self.text) else self.end


def tokens(text: str) -> list[Token]:
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    for found in WORD.finditer(text):
        begins = not end or bool(ENDS_A_SENTENCE.search(text[end : found.start()]))
        end, word = found.end(), found.group()
        yield Token(found.start(), end, word, fold(word), word[0].isupper() or word[0].istitle(), begins)


def fold(word: str) -> str:
    """“O’Brien’s” → obrien."""
    return "".join(words(POSSESSIVE.sub("", HIDDEN.sub("", word))))

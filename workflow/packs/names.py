"""Names in a text: as they are known, shortened, misspelt, as initials, behind a title; and what looks like one."""

import re
from collections.abc import Iterable, Iterator, Sequence

from workflow.packs.index import Hit, Names, is_family_name, name_words
from workflow.packs.known import Known, Named
from workflow.packs.ordinary import ALSO_NAMES, CAPITALS, ENDINGS, MEANT_BY, ORDINARY, PARTICLES, SOMEBODY, TITLES
from workflow.packs.spans import Span
from workflow.packs.tokens import Token

BETWEEN_NAMES = re.compile(r"[\s.\-–‐‑'’_/]{0,3}")
HYPHENS = ("-", "‐", "‑")
SMALL_TITLES = ("dr", "mr", "mrs", "ms", "miss", "baby")
CHILD, FAMILY = "the child", "[family name]"


def find_names(text: str, words_of: Sequence[Token], known: Known) -> Iterator[Span]:
    names = Names(known)
    hits = _hits(text, words_of, names)
    found = [_span(text, words_of, hits, first, last) for first, last in _runs(text, words_of, hits)]
    found += _titled(text, words_of, hits)
    yield from found
    yield from _initials(text, names)
    yield from _unknown(words_of, hits, _met(words_of, hits, found))


def _met(words_of: Sequence[Token], hits: dict[int, Hit], found: Sequence[Span]) -> dict[str, str]:
    """Names that this text itself gives away, as “Oakley” once it has spoken of Mrs Oakley."""
    starts = {token.start: (place, token) for place, token in enumerate(words_of)}
    inside = ((span, starts[at]) for span in found for at in range(span.start, span.end) if at in starts)
    return {
        token.folded: span.instead
        for span, (place, token) in inside
        if place not in hits and token.capital and len(token.folded) > 1 and token.folded not in TITLES
    }


def _hits(text: str, words_of: Sequence[Token], names: Names) -> dict[int, Hit]:
    hits = {place: hit for place, token in enumerate(words_of) if (hit := names.look(token))}
    for place in range(len(words_of) - 1):  # “Mac Donald”, “Smi-th”
        one, other = words_of[place], words_of[place + 1]
        owners = names.exact.get(one.folded + other.folded)
        if owners and _close(text, one, other):
            sure = one.capital or other.capital or not {one.folded, other.folded} & ORDINARY
            hits[place] = hits[place + 1] = Hit(owners, sure)
    return hits


def _runs(text: str, words_of: Sequence[Token], hits: dict[int, Hit]) -> Iterator[tuple[int, int]]:
    """Names that follow one another, with the initials and particles between and before them."""
    place = 0
    while place < len(words_of):
        if place not in hits:
            place += 1
            continue
        first = last = place
        while first and _joins(text, words_of[first - 1], words_of[first]) and first - 1 not in hits:
            first -= 1
        while (ahead := _next(text, words_of, hits, last)) is not None:
            last = ahead
        yield first, last
        place = last + 1


def _next(text: str, words_of: Sequence[Token], hits: dict[int, Hit], last: int) -> int | None:
    """The next name of the same person, behind at most two initials or particles."""
    for place in range(last + 1, min(last + 4, len(words_of))):
        if not _close(text, words_of[place - 1], words_of[place]):
            return None
        if place in hits:
            return place if hits[place].owners & hits[last].owners else None
        if not _small(words_of[place]):
            return None
    return None


def _joins(text: str, one: Token, other: Token) -> bool:
    """An initial or particle that stands before a name."""
    return _small(one) and one.folded not in ("a", "i") and _close(text, one, other)


def _close(text: str, one: Token, other: Token) -> bool:
    """Whether they may be parts of one name: a full stop stands only behind initials and titles."""
    between = text[one.end : other.start]
    stops = "." in between and len(one.folded) > 1 and one.folded not in TITLES
    return not stops and bool(BETWEEN_NAMES.fullmatch(between))


def _small(token: Token) -> bool:
    return (len(token.folded) == 1 and token.capital) or token.folded in PARTICLES


def _span(text: str, words_of: Sequence[Token], hits: dict[int, Hit], first: int, last: int) -> Span:
    run = words_of[first : last + 1]
    inside = [hits[place] for place in range(first, last + 1) if place in hits]
    owners = frozenset.intersection(*(hit.owners for hit in inside)) or inside[0].owners
    initials = {token.folded for token in run if len(token.folded) == 1}
    owners = frozenset(owner for owner in owners if initials <= {word[0] for word in name_words(owner)}) or owners
    before = words_of[first - 1] if first else None
    start, title = run[0].start, _title(text, before, run[0])
    family = not initials and len(run) == 1 and all(is_family_name(run[0].folded, owner) for owner in owners)
    if family and before and not title and _is_a_first_name(text, before, run[0]) and first - 1 not in hits:
        return Span(before.start, run[-1].end_of_name, "name", SOMEBODY)
    instead = _role(owners, title.folded if title else "", family)
    start = title.start if title else start
    return Span(start, run[-1].end_of_name, "name", instead, any(hit.sure for hit in inside))


def _is_a_first_name(text: str, before: Token, name: Token) -> bool:
    """“Kerry” in “Kerry O’Brien”: one of the family who is not known."""
    ordinary = before.folded in ORDINARY | CAPITALS or before.folded in TITLES or len(before.folded) < 2
    return before.capital and name.capital and not ordinary and text[before.end : name.start] == " "


def _title(text: str, before: Token | None, name: Token) -> Token | None:
    titled = before and before.folded in TITLES and (before.capital or before.folded in SMALL_TITLES)
    if before and titled and re.fullmatch(r"\.?\s{1,2}", text[before.end : name.start]):
        return before
    return None


def _role(owners: Iterable[Named], title: str = "", family: bool = False) -> str:
    """What the panel reads. A family name alone may mean any of a family: a title tells whom, where it can."""
    roles = {owner.role for owner in owners}
    if MEANT_BY.get(title) in roles:
        return MEANT_BY[title]
    if len(roles) == 1 and not (family and CHILD in roles):
        return roles.pop()
    if title:
        return TITLES[title]
    return FAMILY if family else SOMEBODY


def _titled(text: str, words_of: Sequence[Token], hits: dict[int, Hit]) -> Iterator[Span]:
    """“Mrs Somebody” who is not known."""
    for place, token in enumerate(words_of[:-1]):
        if token.folded not in TITLES or not (token.capital or token.folded in SMALL_TITLES):
            continue
        last = place
        while last + 1 < len(words_of) and last < place + 3 and _follows(text, words_of[last], words_of[last + 1]):
            last += 1
        if last > place and token.folded != "baby" and not any(each in hits for each in range(place, last + 1)):
            yield Span(token.start, words_of[last].end, "name", TITLES[token.folded])


def _follows(text: str, one: Token, other: Token) -> bool:
    if not other.capital:
        return False
    if text[one.end : other.start] in HYPHENS:
        return True
    between = re.fullmatch(r"\.?[ \u00a0]{1,2}", text[one.end : other.start])
    return (
        bool(between)
        and _close(text, one, other)
        and (other.folded in TITLES or other.folded not in ORDINARY | CAPITALS)
    )


def _initials(text: str, names: Names) -> Iterator[Span]:
    """“T.I.” is the child; “TI” perhaps: many abbreviations have two letters."""
    for found in re.finditer(r"\b[A-Z](?:\.\s?[A-Z]){1,3}\b\.?|\b[A-Z]{2,4}\b", text):
        letters = re.sub(r"[^a-z]", "", found.group().lower())
        if owners := names.initials.get(letters):
            role = _role(owners)
            yield Span(found.start(), found.end(), "name", role, sure="." in found.group())


def _unknown(words_of: Sequence[Token], hits: dict[int, Hit], met: dict[str, str]) -> Iterator[Span]:
    """Words with a capital that nothing explains, and names that were met."""
    small = {token.folded for token in words_of if not token.capital}
    for place, token in enumerate(words_of):
        if place not in hits and token.folded in met and token.capital:
            yield Span(token.start, token.end_of_name, "name", met[token.folded])
        elif place not in hits and token.capital and not _explained(token, small):
            yield Span(token.start, token.end, "perhaps", "[name?]", sure=False)


def _explained(token: Token, small: set[str]) -> bool:
    word = token.folded
    if token.text.isupper() or len(word) < 2 or word in small or word in CAPITALS or word in TITLES:
        return True
    if token.begins:
        return word in ORDINARY or word.endswith(ENDINGS)
    return word in ORDINARY and word not in ALSO_NAMES

"""What the family asked and said, for the pack: in their own words, so that a person confirms each passage."""

from collections.abc import Iterator

from workflow.family.selectors import words_of
from workflow.models import Case, Pack
from workflow.packs.building import Line, Setting
from workflow.packs.distances import told

SECTION = "The family’s questions and views"


def family_lines(case: Case, setting: Setting) -> Iterator[Line]:
    """A line for each. Who in the family said it stands in no pack."""
    for words in words_of(case):
        when = told(words.given_on.isoformat(), setting.born, setting.died)
        label = f"{words.get_kind_display()} of the family"
        yield Line(SECTION, label, f"The family, {when}", f"family/{words.pk}", words.text, True)


def has_all_of_the_family(pack: Pack) -> bool:
    """Whether everything that the family asked and said until now was there when the pack was made."""
    return pack.passages.filter(section=SECTION).count() == words_of(pack.case).count()

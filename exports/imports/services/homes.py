"""Looks up in which area each child lived, once for each edition of the list of postcodes."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Right

from exports.imports.selectors import edition_in_use
from exports.imports.states import POSTCODES
from exports.models import HomeArea, PostcodeArea, ReferenceVersion
from workflow.models import CaseIdentity
from workflow.states import COUNTED_ELSEWHERE

AT_ONCE, MARK = 500, 40


def place_homes(most: int = 5_000) -> int:
    """Place the children whose home was not looked up in this edition, or is another one now; how many.

    What another panel counts is placed nowhere.
    """
    HomeArea.objects.filter(case__state__in=COUNTED_ELSEWHERE).delete()
    edition = edition_in_use(POSTCODES)
    if edition is None:
        return 0
    placed = 0
    while placed < most and (found := list(_unplaced(edition)[:AT_ONCE])):
        _place(found, edition)
        placed += len(found)
    return placed


def _unplaced(edition: ReferenceVersion) -> QuerySet[CaseIdentity]:
    marked = CaseIdentity.objects.annotate(mark=Right("sealed", MARK)).order_by("case")
    known = HomeArea.objects.filter(case=OuterRef("case"), edition=edition, mark=OuterRef("mark"))
    return marked.filter(~Exists(known)).exclude(case__state__in=COUNTED_ELSEWHERE)


def _place(found: list[CaseIdentity], edition: ReferenceVersion) -> None:
    homes = {each: "".join(str(each.details.get("postcode") or "").split()).upper() for each in found}
    areas = {area.postcode: area for area in PostcodeArea.objects.filter(version=edition, postcode__in=homes.values())}
    rows = [
        HomeArea(
            case_id=each.case_id, edition=edition, mark=each.sealed[-MARK:],
            local_authority=areas[home].local_authority if home in areas else "",
            imd_quintile=areas[home].imd_quintile if home in areas else None,
        )
        for each, home in homes.items()
    ]  # fmt: skip
    HomeArea.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["case"],
        update_fields=["edition", "mark", "local_authority", "imd_quintile"],
    )  # fmt: skip

"""Figures about the children who died: when, at what age, who they were and where."""

from collections.abc import Mapping
from dataclasses import replace
from statistics import median_low
from typing import Any

from django.db.models import Case, CharField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.db.models.fields.json import KT

from exports.disclosure import Cell
from exports.figures.bands import BIRTH_WEIGHTS, GESTATIONS, banded
from exports.figures.children import counted, deaths, ours, reviews
from exports.figures.rates import published_elsewhere, rate_of_each, rates, shares_of_each
from exports.figures.tables import DIED, REVIEWED, FigureTable, Measure, Result, Told, categorised
from exports.figures.years import Asked
from exports.imports.selectors import Parts, area_numbers, edition_in_use, listed_numbers
from exports.imports.states import BIRTHS, GROUPS, GROUPS_OF, POPULATION, POSTCODES
from exports.models import HomeArea
from forms.definitions import code_list
from forms.models import Code
from workflow.intake import AGE_GROUPS
from workflow.models import Clock, JarDecision

AGES = dict(AGE_GROUPS)
# The same words as in other figures: disclosure control knows a category by its name.
INFANTS = {code: AGES[code] for code in ("0_27_days", "28_364_days")}
AGE = "Age at death"
EXPECTED = {"expected": "Expected", "unexpected": "Unexpected"}
IN_AREA = {"yes": "In this area", "no": "Outside this area"}
ELSEWHERE = "Somewhere else, or abroad"
JAR = {"yes": "Needed", "no": "Not needed", "pending": "Not yet decided", "": "No decision recorded"}


FIFTHS = {"1": "1, the most deprived", "2": "2", "3": "3", "4": "4", "5": "5, the least deprived"}
NO_POSTCODES = "This needs the list of postcodes with their areas, which has not been brought in."
NO_COMPARISON = "Published rates of the region and of England have not been brought in, so there is no comparison."
NO_SHARES = "The number of children who live here by ethnic group has not been brought in for these years."


def one_way(of: str, children: Any, key: str, codes: Mapping[str, str], down: str) -> FigureTable:
    """Children by one thing that is recorded of them."""
    counts, (rows,) = categorised(counted(children, KT(f"record__{key}")), codes)
    return FigureTable(f"{of} by {down.lower()}", of, down, rows, counts, share=True)


def by_year(asked: Asked) -> Result:
    found = counted(deaths(asked), asked.year_of("died_on"))
    counts, _ = categorised(found, dict(zip(asked.labels, asked.labels, strict=True)))
    of_all, missing = rates(asked, POPULATION, {DIED: ()})
    caption = "Children who died by year"
    table = FigureTable(caption, DIED, "Year", asked.labels, counts, average=True, rates=of_all)
    if ours(asked).filter(died_on__isnull=True).exists():
        missing = (*missing, "Some deaths have no date recorded, and are in no year.")
    return Result((table,), missing=missing)


def infants(asked: Asked) -> Result:
    groups = INFANTS | dict.fromkeys(list(AGES)[2:], "1–17 years")
    found = counted(deaths(asked), asked.year_of("died_on"), KT("record__age_group"))
    counts, (_, columns) = categorised(found, dict(zip(asked.labels, asked.labels, strict=True)), groups)
    caption = "Children who died before their first birthday, and after it, by year"
    neonatal, later = INFANTS.values()
    of_births, missing = rates(asked, BIRTHS, {"Neonatal deaths": (neonatal,), "Infant deaths": (neonatal, later)})
    elsewhere, drawn_beside = published_elsewhere(asked)
    of_births = tuple(replace(one, elsewhere=others) for one, others in zip(of_births, drawn_beside, strict=False))
    table = FigureTable(caption, DIED, "Year", asked.labels, counts, AGE, columns, rates=of_births, beside=elsewhere)
    return Result((table,), missing=missing if elsewhere else (*missing, NO_COMPARISON))


def ages(asked: Asked) -> Result:
    return _both(asked, "age_group", AGES, AGE)


def sexes(asked: Asked) -> Result:
    return _both(asked, "sex", code_list("sex"), "Sex")


def _both(asked: Asked, key: str, codes: Mapping[str, str], down: str) -> Result:
    groups = ((DIED, deaths(asked)), (REVIEWED, reviews(asked)))
    return Result(tuple(one_way(of, children, key, codes, down) for of, children in groups))


def ethnic_groups(asked: Asked) -> Result:
    """The broad groups, which are the first words of each code."""
    broad = {code: _broad(label) for code, label in code_list("ethnicity").items()}
    table = one_way(DIED, deaths(asked), "ethnicity", broad, "Ethnic group")
    labels = {label.lower(): label for label in broad.values() if label.lower() in GROUPS_OF["ethnicity"]}
    shares = shares_of_each(asked, listed_numbers(GROUPS, "ethnicity"), labels)
    return Result((replace(table, beside=shares),), missing=() if shares else (NO_SHARES,))


def _broad(label: str) -> str:
    head = label.partition(" – ")[0]
    return "Other" if head in ("Arab", "Any other ethnic group") else head


def fifths(asked: Asked) -> Result:
    """By deprivation of the child's home."""
    found = _by_area(asked, "imd_quintile", FIFTHS, "Fifth", ((DIED, deaths(asked)),))
    return _with_rates(found, asked, listed_numbers(GROUPS, "imd_quintile"), FIFTHS, "fifth of deprivation")


def authorities(asked: Asked) -> Result:
    """A council has the name that the code list gives its code, where it does."""
    used = HomeArea.objects.exclude(local_authority="").values_list("local_authority", flat=True).distinct()
    names = dict(Code.objects.filter(code_list__name="local_authority").values_list("code", "label"))
    of = ((DIED, deaths(asked)), (REVIEWED, reviews(asked)))
    labels = {code: names.get(code, code) for code in sorted(used)}
    found = _by_area(asked, "local_authority", labels, "Local authority", of)
    return _with_rates(found, asked, area_numbers(POPULATION), labels, "local authority")


def _with_rates(found: Result, asked: Asked, parts: Parts, labels: Mapping[str, str], who: str) -> Result:
    """Rates of those who died: of those whose death was reviewed there is none."""
    if not found.tables:
        return found
    first, *others = found.tables
    each, missing = rate_of_each(asked, parts, labels, who)
    return Result((replace(first, rates=each), *others), missing=(*found.missing, *missing))


def _by_area(asked: Asked, column: str, named: Mapping[str, str], down: str, of: Any) -> Result:
    """A child whose home was not looked up, or is not in the list, is in “Not known”."""
    edition = edition_in_use(POSTCODES)
    if edition is None:
        return Result(missing=(NO_POSTCODES,))
    found = []
    for words, children in of:
        counts, (rows,) = categorised(counted(children, F(f"home_area__{column}")), named)
        caption = f"{words} by {down.lower()}, by “{edition}”"
        found.append(FigureTable(caption, words, down, rows, counts, share=True))
    return Result(tuple(found))


def places(asked: Asked) -> Result:
    """By kind of place, and by whether it is in the area.

    Abroad is no kind of its own there: beside the number outside the area it would tell of what is hidden.
    """
    kinds = code_list("place_type") | dict.fromkeys(("other", "abroad"), ELSEWHERE)
    by_kind = one_way(DIED, deaths(asked), "place_of_death_type", kinds, "Place of death")
    in_area = Case(
        When(record__place_in_area__in=list(IN_AREA), then=KT("record__place_in_area")),
        When(record__place_of_death_type="home", then=KT("record__normally_resident_here")),
        When(record__place_of_death_type="abroad", then=Value("no")),
        default=Value(""),
        output_field=CharField(),
    )
    counts, (rows,) = categorised(counted(deaths(asked), in_area), IN_AREA)
    caption = f"{DIED} in this area, or outside it"
    return Result((by_kind, FigureTable(caption, DIED, "Where the child died", rows, counts, share=True)))


def expected(asked: Asked) -> Result:
    newest = JarDecision.objects.filter(case=OuterRef("pk"), at__lt=asked.known_before)
    later = JarDecision.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"), at__lt=asked.known_before)
    last = newest.filter(~Exists(later))
    decided = Case(
        *(When(Exists(last.filter(required=code)), then=Value(code)) for code in ("yes", "no", "pending")),
        default=Value(""),
        output_field=CharField(),
    )
    found = counted(deaths(asked), KT("record__expected"), decided)
    counts, (rows, columns) = categorised(found, EXPECTED, JAR)
    caption = "Children who died, expected or not, by decision on a Joint Agency Response"
    table = FigureTable(caption, DIED, "Death was", rows, counts, "Joint Agency Response", columns)
    return Result((table,), _days_to_first_meeting(asked))


def _days_to_first_meeting(asked: Asked) -> tuple[Measure, ...]:
    clocks = Clock.objects.filter(case__in=deaths(asked), rule__met_by="jar_meeting", met_at__lt=asked.known_before)
    taken = ExpressionWrapper(F("met_at") - F("started_at"), output_field=DurationField())
    days = sorted(max(each.days, 0) for each in clocks.values_list(taken, flat=True))
    words = "Median number of days to the first Joint Agency Response meeting"
    return (Measure(words, str(median_low(days)), len(days)),) if days else ()


def born_early(asked: Asked) -> Result:
    """Gestation and weight at birth of those who died before their first birthday, in deaths and in reviews."""
    young = Q(record__age_group__in=list(INFANTS))
    found = []
    for of, children in ((DIED, deaths(asked)), (REVIEWED, reviews(asked))):
        for key, bands, down in (
            ("gestation_weeks", GESTATIONS, "Gestation at birth"),
            ("birth_weight_g", BIRTH_WEIGHTS, "Weight at birth"),
        ):
            infant = f"{of}, before the first birthday"
            rows, counts = banded(counted(children.filter(young), KT(f"record__{key}")), bands)
            young_ones = {"": Told(Cell(), of, tuple(f"{AGE}: {label}" for label in INFANTS.values()))}
            caption = f"{infant}, by {down.lower()}"
            found.append(FigureTable(caption, infant, down, rows, counts, share=True, tells=young_ones))
    return Result(tuple(found))

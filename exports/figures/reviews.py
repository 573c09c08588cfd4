"""Figures about what reviews found, and how long they took."""

from collections import Counter

from django.db.models import Count, DateField, DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncDate

from exports.disclosure import Cell
from exports.figures.bands import REVIEW_TIMES, banded, median_of
from exports.figures.children import counted, reviews
from exports.figures.tables import NOT_KNOWN, REVIEWED, FigureTable, Measure, Result, categorised
from exports.figures.years import Asked
from exports.models import FoundFactor
from forms.definitions import code_list
from workflow.analyses.states import AnalysisState
from workflow.models import Analysis
from workflow.selectors import newest_fact
from workflow.states import CATEGORIES, MODIFIABLE

CATEGORY = "Category of death"
TOP, COMMON = 15, "Factors that panels noted most often"


def categories(asked: Asked) -> Result:
    counts, (rows,) = categorised(counted(reviews(asked), newest_fact("category")), dict(CATEGORIES))
    return Result((FigureTable("Deaths reviewed by category", REVIEWED, CATEGORY, rows, counts, share=True),))


def modifiable(asked: Asked) -> Result:
    found = counted(reviews(asked), newest_fact("category"), newest_fact("modifiability"))
    counts, (rows, columns) = categorised(found, dict(CATEGORIES), dict(MODIFIABLE))
    caption = "Deaths reviewed by category, and whether modifiable factors were found"
    return Result((FigureTable(caption, REVIEWED, CATEGORY, rows, counts, "Modifiable factors", columns, share=True),))


def factors(asked: Asked) -> Result:
    """In how many reviews a factor, or any of a domain, was noted at least once."""
    signed = Analysis.objects.filter(case__in=reviews(asked).values("pk"), state=AnalysisState.SIGNED)
    domains, codes, read = _noted_in(signed, "domain"), _noted_in(signed, "factor_code"), signed.count()
    of = "Reviews with a signed analysis"
    known = code_list("factor_code")
    first = [code for code, _ in codes.most_common() if code in known][:TOP]
    tables = (
        _noted("Reviews that noted a factor, by domain", f"{of}, by domain", code_list("domain"), domains, read),
        _noted(COMMON, f"{of}, by factor", {code: known[code] for code in first}, codes, read),
    )
    return Result(tables if read else (), missing=() if read else ("No analysis of these reviews is signed here.",))


def _noted_in(signed: QuerySet[Analysis], key: str) -> Counter[str]:
    """By code, in how many of these analyses."""
    found = FoundFactor.objects.filter(analysis__in=signed.values("pk")).order_by()
    each = found.annotate(code=KT(f"answers__{key}")).values_list("code")
    return Counter(dict(each.annotate(often=Count("analysis", distinct=True))))


def _noted(caption: str, of: str, labels: dict[str, str], often: Counter[str], read: int) -> FigureTable:
    counts = {Cell(label, "Noted"): often[code] for code, label in labels.items()}
    counts |= {Cell(label, "Not noted"): read - often[code] for code, label in labels.items()}
    columns = ("Noted", "Not noted")
    return FigureTable(caption, of, "Factor", tuple(labels.values()), counts, "Review", columns, True, True)


def time_to_review(asked: Asked) -> Result:
    reviewed = TruncDate("reviewed_at", output_field=DateField())
    taken = ExpressionWrapper(Cast(reviewed, DateField()) - F("died_on"), output_field=DurationField())
    found = [(each, often) for each, often in counted(reviews(asked), taken)]
    days = [(each.days, often) for each, often in found if each is not None]
    undated = [(NOT_KNOWN, often) for each, often in found if each is None]
    rows, counts = banded([*days, *undated], REVIEW_TIMES)
    table = FigureTable("Time from death to the panel’s review", REVIEWED, "Time", rows, counts, share=True)
    base = sum(often for _, often in days)
    words = "Median number of days from death to review"
    return Result((table,), (Measure(words, f"{median_of(days):,}", base),) if base else ())

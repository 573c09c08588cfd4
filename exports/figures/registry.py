"""The twenty figures, as declared data: annual reports are made of these."""

from exports.figures import deaths, process, reviews, work
from exports.figures.tables import Figure

BY_YEAR_OF_DEATH = "Counted by date of death, as recorded. Reviews of these deaths may not have ended."
BY_REVIEW = "Counted by the day of the panel’s review, not of the death: these are other children than those who died."
BOTH = "Of the children who died in these years; then of those whose death the panel reviewed in them, who are others."
INTERVALS = "A rate has its 95% interval: how far chance alone may have moved it."
AS_RECORDED = "As recorded on the day of the extract; what was recorded later is not in it."

DECLARED = (
    Figure(1, "Children who died, by year", f"{BY_YEAR_OF_DEATH} The average is of three years, where all are shown. "
           f"{INTERVALS}", ("deaths",), deaths.by_year),
    Figure(2, "Infant and neonatal deaths", f"{BY_YEAR_OF_DEATH} Neonatal is before 28 days of life, infant before the "
           f"first birthday. {INTERVALS}", ("deaths",), deaths.infants, "lines"),
    Figure(3, "Age at death", f"The groups of the national data release. {BOTH}", ("deaths", "reviews"),
           deaths.ages),
    Figure(4, "Sex", f"As recorded for each child. {BOTH}", ("deaths", "reviews"), deaths.sexes),
    Figure(5, "Ethnic group", "The broad groups of the census. Choose several years: groups are small.", ("deaths",),
           deaths.ethnic_groups),
    Figure(6, "Deprivation", f"By fifths of the Index of Multiple Deprivation of the child’s home. {INTERVALS}",
           ("deaths",), deaths.fifths),
    Figure(7, "Local authority", f"By the local authority in which the child lived. {BOTH} {INTERVALS}",
           ("deaths", "reviews"), deaths.authorities),
    Figure(8, "Place of death", "The kind of place, as recorded, and whether it is in this area. Where nobody said "
           "so of a death at home, it is where the child lived.", ("deaths",), deaths.places),
    Figure(9, "Expected and unexpected deaths", "Unexpected: not a significant possibility 24 hours before. The newest "
           "decision on a Joint Agency Response counts.", ("deaths",), deaths.expected, "none"),
    Figure(10, "Category of death", f"The panel’s category. {BY_REVIEW}", ("reviews",), reviews.categories),
    Figure(11, "Category and modifiable factors", "Modifiable factors may have contributed, and could be changed to "
           f"lower the risk for other children. {BY_REVIEW}", ("reviews",), reviews.modifiable),
    Figure(12, "Factors noted by panels", "In how many reviews a factor was noted at least once; one review notes "
           "several. It may have contributed; it is nobody’s blame.", ("reviews",), reviews.factors),
    Figure(13, "Gestation and weight at birth", f"Of children who died before their first birthday. {BOTH}",
           ("deaths", "reviews"), deaths.born_early, "none"),
    Figure(14, "Time from death to review", f"From the date of death to the panel’s review. {BY_REVIEW}", ("reviews",),
           reviews.time_to_review),
    Figure(15, "Reviews opened, closed and carried over", "Of the last of the chosen years. A review that was on hold "
           "twice counts twice among the holds.", ("process",), process.flow, "none"),
    Figure(16, "Answers of agencies", f"Of requests sent in these years. {AS_RECORDED}", ("process",), process.returns,
           "none"),
    Figure(17, "Completeness, and returns to the national database", f"Of children who died in these years. "
           f"{AS_RECORDED}", ("process",), process.completeness, "none"),
    Figure(18, "Recommendations and actions", f"Agreed in these years. {AS_RECORDED}", ("actions",), work.actions,
           "none"),
    Figure(19, "Meetings and attendance", "Meetings that were held in these years, and everybody who was invited.",
           ("process",), process.meetings, "none"),
    Figure(20, "Families", f"What was recorded for the families. {BY_REVIEW}", ("process",), process.families, "none"),
)  # fmt: skip
FIGURES = {figure.number: figure for figure in DECLARED}

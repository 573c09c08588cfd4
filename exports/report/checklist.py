"""What a report must have before anybody is asked to approve it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from exports.report.blocks import STATUTORY, TEXT

if TYPE_CHECKING:
    from exports.models import AnnualReportPage

# Block, figure, first and last year, audience.
Chosen = tuple[str, int, int, int, str]


def figures_in(body: Any) -> dict[str, Chosen]:
    """By block: what is chosen there."""
    found = (block for part in body for block in part.value["body"] if block.block_type == "figure")
    return {
        block.id: (
            block.id,
            int(block.value["number"]),
            block.value["first"],
            block.value["last"],
            block.value["audience"],
        )
        for block in found
    }


def problems(page: "AnnualReportPage") -> list[str]:
    """In sentences; none when the report is ready for approval."""
    return [*_missing_parts(page.body), *_not_frozen(page)]


def _missing_parts(body: Any) -> Iterator[str]:
    for about, label in STATUTORY.items():
        found = [block for part in body if part.value["about"] == about for block in part.value["body"]]
        if not any(block.block_type in TEXT and _says_something(block) for block in found):
            yield f"“{label}” needs text."
        if not any(block.block_type == "figure" and block.value["audience"] == "public" for block in found):
            yield f"“{label}” needs a figure that the public may read."


def _says_something(block: Any) -> bool:
    return bool(" ".join(block.block.get_searchable_content(block.value)).strip())


def _not_frozen(page: "AnnualReportPage") -> Iterator[str]:
    if page.freeze_id is None:
        yield "The figures have not been frozen. Do that under Exports → Annual reports."
        return
    frozen = {
        block: (block, each.number, each.first, each.last, each.audience) for block, each in page.frozen().items()
    }
    if any(frozen.get(block) != chosen for block, chosen in figures_in(page.body).items()):
        yield "A figure was added or changed since the figures were frozen. Freeze them again."

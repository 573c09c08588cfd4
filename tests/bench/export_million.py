"""CSV of 1,000,000 rows by 60 columns; stock, which would need some 6 GB for them, is measured with 100,000."""

from tests.bench import export_csv
from tests.bench.export_csv import fill
from tests.bench.measure import Row, in_fresh_process

LONG = True
ROWS, FEW = 1_000_000, 100_000


def row() -> Row:
    fill(FEW)
    few, stock = (in_fresh_process(export_csv.__name__, way) for way in ("ours", "peer"))
    fill(ROWS)
    ours, limit = (in_fresh_process(export_csv.__name__, way) for way in ("ours", "limit"))
    return Row(
        "export_million",
        ROWS / ours.seconds,
        FEW / stock.seconds,
        limit=ROWS / limit.seconds,
        peak_mb=ours.added_mb,
        unit="rows/s",
        note=f"{FEW:,} rows add {few.added_mb:,.0f} MB",
    )

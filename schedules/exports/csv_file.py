"""A schedule as CSV, for any spreadsheet."""

import csv
from io import StringIO

from schedules.exports.table import ScheduleTable
from shiftsync.core.text import without_unfit

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(table: ScheduleTable) -> bytes:
    """UTF-8 with a byte order mark, by which Excel knows it."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["staffId", "name", "position", *table.days])
    for row in table.rows:
        values = (row.values.get(day, "") for day in table.days)
        writer.writerow([row.staff_id, *map(_harmless, (row.name, row.position, *values))])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula is quoted."""
    text = without_unfit(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

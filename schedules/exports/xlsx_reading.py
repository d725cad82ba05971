"""A workbook as sheets, and the state that one of our own files was exported from."""

import threading

from schedules.exports.sheet_people import text_at
from schedules.exports.sheets import Sheet
from schedules.exports.workbook_rows import Limits, UnreadableWorkbook, read_sheets
from schedules.exports.workbooks import STATE_SHEET, Exported, ReadWorkbook, Remark, refused_table
from shiftsync.core.errors import Unavailable

KEPT_COLUMNS = 3
"""Staff id, day, value, before what was shown."""
AT_A_TIME = 2
"""How many workbooks a process reads at once: each may take as much memory as its limits let it."""
WAIT_SECONDS = 10.0

_places = threading.BoundedSemaphore(AT_A_TIME)


def read_xlsx(content: bytes, limits: Limits = Limits()) -> ReadWorkbook:  # noqa: B008  # it is frozen
    """What the workbook holds. Raises :class:`ValidationFailed` with a sentence where it cannot be read, and :class:`Unavailable`
    where too many others are read."""
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Unavailable("Other workbooks are being read; try again.", retry_after=WAIT_SECONDS)
    try:
        sheets = read_sheets(content, limits)
    except UnreadableWorkbook as refusal:
        raise refused_table(Remark(refusal.code, refusal.text)) from None
    finally:
        _places.release()
    state = next((sheet for sheet in sheets if sheet.title == STATE_SHEET and sheet.rows), None)
    others = [sheet for sheet in sheets if sheet.title != STATE_SHEET]
    shown = [sheet for sheet in others if not sheet.is_hidden]
    return ReadWorkbook(shown or others, _exported(state) if state is not None else None)


def _exported(state: Sheet) -> Exported:
    head, *kept = [[text_at(row, index) for index in range(KEPT_COLUMNS + 1)] for row in state.rows]
    return Exported(
        schedule_id=head[0],
        position=head[1],
        cells={(staff_id, day): value for staff_id, day, value, _ in kept},
        shown={(staff_id, day): shown for staff_id, day, _, shown in kept},
    )

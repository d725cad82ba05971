"""A workbook as sheets, and the state that one of our own files was exported from."""

from schedules.exports.sheet_people import text_at
from schedules.exports.sheets import Sheet
from schedules.exports.workbook_rows import Limits, UnreadableWorkbook, read_sheets
from schedules.exports.workbooks import STATE_SHEET, Exported, ReadWorkbook
from shiftsync.core.errors import ValidationFailed

KEPT_COLUMNS = 3
"""Staff id, day, value, before what was shown."""


def read_xlsx(content: bytes, limits: Limits = Limits()) -> ReadWorkbook:  # noqa: B008  # it is frozen
    """What the workbook holds. Raises :class:`ValidationFailed` with a sentence where it cannot be read."""
    try:
        sheets = read_sheets(content, limits)
    except UnreadableWorkbook as refusal:
        raise ValidationFailed.of("file", str(refusal)) from None
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

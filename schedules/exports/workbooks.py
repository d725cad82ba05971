"""Workbooks, for those who serve them: the library behind takes 25 MB, and is loaded by the first who asks for one."""

from dataclasses import dataclass, field

from django.utils.module_loading import import_string

from schedules.exports.table import ScheduleTable

WRITER = "schedules.exports.xlsx_file.xlsx_bytes"
READER = "schedules.exports.xlsx_reading.read_xlsx"

Cells = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """What a file holds: the cells, by staff id and day, and what was exported (None: not one of our files)."""

    cells: Cells
    exported: Cells | None
    schedule_id: str | None
    position: str | None
    problems: list[str] = field(default_factory=list)


def xlsx_bytes(table: ScheduleTable) -> bytes:
    """The workbook of a schedule."""
    made: bytes = import_string(WRITER)(table)
    return made


def read_xlsx(content: bytes) -> ReadWorkbook:
    """What a workbook holds. Raises :class:`ValidationFailed` where it holds no schedule, or not surely one."""
    read: ReadWorkbook = import_string(READER)(content)
    return read

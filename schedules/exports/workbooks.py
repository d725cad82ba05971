"""Workbooks, for those who serve them: the library behind takes 25 MB, and is loaded by the first who asks for one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.module_loading import import_string

from schedules.exports.sheets import Sheet
from schedules.exports.table import ScheduleTable
from shiftsync.core.errors import ValidationFailed

WRITER = "schedules.exports.xlsx_file.xlsx_bytes"
READER = "schedules.exports.xlsx_reading.read_xlsx"

Cells = dict[tuple[str, str], str]


STATE_SHEET = "_shiftsync"
"""The name of the hidden sheet in which our own files hold the state that was exported."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What was left out of a table, or why it cannot be read: ``text`` for people, and its parts for a page in another language.

    ``place`` is a cell, row or column as a spreadsheet names it.
    """

    code: str
    text: str
    place: str = ""
    name: str = ""
    day: str = ""
    value: str = ""

    def payload(self) -> dict[str, str]:
        """The remark on the wire."""
        return {
            "code": self.code,
            "text": self.text,
            "place": self.place,
            "name": self.name,
            "dateKey": self.day,
            "value": self.value,
        }


def refused_table(remark: Remark) -> ValidationFailed:
    """The refusal of a whole table, for that reason."""
    return ValidationFailed(remark.text, {"file": [remark.text], "remark": remark.payload()})


@dataclass(frozen=True, slots=True)
class Exported:
    """What one of our files says of the state that it was exported from: the cells as stored and as they were shown."""

    schedule_id: str
    position: str
    cells: Cells
    shown: Cells


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """The sheets that may hold a month; ``exported``: None for a file that is not one of ours, or a pasted table."""

    sheets: Sequence[Sheet]
    exported: Exported | None = None


def xlsx_bytes(table: ScheduleTable) -> bytes:
    """The workbook of a schedule."""
    made: bytes = import_string(WRITER)(table)
    return made


def read_xlsx(content: bytes) -> ReadWorkbook:
    """The sheets of a workbook. Raises :class:`ValidationFailed` with a sentence for one that cannot be read."""
    read: ReadWorkbook = import_string(READER)(content)
    return read

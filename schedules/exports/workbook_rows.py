"""The rows of a workbook, read in a process that may die: ``python -m schedules.exports.workbook_rows`` reads one from its input.

What a workbook costs cannot be told from its size: a small file may unpack to gigabytes. So it is read by a child whose memory, time and
cells are limited, and which knows nothing of the server. Neither Django nor the settings are imported here.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from schedules.exports.sheets import Cell, Sheet

ROOT = Path(__file__).parents[2]
NO_WORKBOOK = "This is not an Excel workbook (.xlsx)."
TOO_LARGE = "The workbook is too large: it takes too much memory or time to read."
DAMAGED = "The workbook is damaged, or too large to be read; open it in a spreadsheet and save it again."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may ask for."""

    unpacked_bytes: int = 64 << 20
    memory_bytes: int = 768 << 20
    seconds: int = 20
    sheets: int = 20
    rows: int = 5_000
    columns: int = 400
    cells: int = 200_000


class UnreadableWorkbook(Exception):
    """Why a file cannot be taken over, in a sentence."""


def read_sheets(content: bytes, limits: Limits = Limits()) -> list[Sheet]:  # it is frozen
    """The sheets with their rows. Raises :class:`UnreadableWorkbook`; whatever the file is, this process goes on as before."""
    _require_bearable(content, limits)
    asked = [sys.executable, "-m", "schedules.exports.workbook_rows", json.dumps(asdict(limits))]
    try:
        done = subprocess.run(asked, input=content, capture_output=True, cwd=ROOT, timeout=limits.seconds, check=False)  # noqa: S603  # our own program
    except subprocess.TimeoutExpired:
        raise UnreadableWorkbook(TOO_LARGE) from None
    if done.returncode != 0:
        raise UnreadableWorkbook(TOO_LARGE)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableWorkbook(answer["error"])
    return [Sheet(**sheet) for sheet in answer["sheets"]]


def _require_bearable(content: bytes, limits: Limits) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableWorkbook(NO_WORKBOOK) from None
    if size > limits.unpacked_bytes:
        raise UnreadableWorkbook(TOO_LARGE)


def _sheets(content: bytes, limits: Limits) -> list[dict[str, Any]]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    unsaid = _formulas(content, limits) if _has_formulas(content) else {}
    found: list[dict[str, Any]] = []
    cells = 0
    for place, sheet in enumerate(book.worksheets[: limits.sheets]):
        sheet.reset_dimensions()  # a file may say that it has fewer cells than it has
        rows: list[list[Cell]] = []
        for row in sheet.iter_rows(max_row=limits.rows + 1, max_col=limits.columns + 1, values_only=True):
            formulas = unsaid.get((place, len(rows)), ())
            values = [
                ["formula", ""] if value is None and column in formulas else _cell(value)
                for column, value in enumerate(row)
            ]
            while values and values[-1] is None:
                values.pop()
            cells += len(values)
            if cells > limits.cells or len(rows) >= limits.rows or len(values) > limits.columns:
                raise UnreadableWorkbook(
                    f"The workbook has more than {limits.rows:,} rows, {limits.columns} columns or {limits.cells:,} cells."
                )
            rows.append(values)
        found.append({"title": sheet.title, "rows": rows, "is_hidden": sheet.sheet_state != "visible"})
    return found


def _has_formulas(content: bytes) -> bool:
    """Whether any sheet may hold a formula: to look where costs a second reading."""
    with ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/" in name]
        return any(b"<f" in archive.read(name) or b":f" in archive.read(name) for name in sheets)


def _formulas(content: bytes, limits: Limits) -> dict[tuple[int, int], set[int]]:
    """The columns with formulas, by sheet and row, all from 0."""
    book = load_workbook(BytesIO(content), read_only=True)
    found: dict[tuple[int, int], set[int]] = {}
    for place, sheet in enumerate(book.worksheets[: limits.sheets]):
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=limits.rows, max_col=limits.columns)
        for number, row in enumerate(rows):
            columns = {index for index, cell in enumerate(row) if cell.data_type == "f"}
            if columns:
                found[place, number] = columns
    return found


def _cell(value: Any) -> Cell:
    match value:
        case None | "":
            return None
        case bool():
            return ["flag", "TRUE" if value else "FALSE"]
        case str():
            return value
        case int() | float():
            whole = isinstance(value, float) and value.is_integer()
            return ["number", str(int(value) if whole else value)]
        case datetime() if value.time() == time():
            return ["day", value.date().isoformat()]
        case datetime():
            return ["time", value.isoformat(" ")]
        case date():
            return ["day", value.isoformat()]
        case time() | timedelta():
            return ["time", str(value)]
    return str(value)


def main() -> None:
    """Reads a workbook from the input; writes its sheets, or why it cannot be read, as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    answer: dict[str, Any]
    try:
        answer = {"sheets": _sheets(sys.stdin.buffer.read(), limits)}
    except UnreadableWorkbook as refusal:
        answer = {"error": str(refusal)}
    except MemoryError:
        answer = {"error": TOO_LARGE}
    except Exception:  # openpyxl raises whatever a damaged file leads it to
        answer = {"error": DAMAGED}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

"""The rows of a workbook, a text file or a web page, read in a process that may die: ``python -m schedules.exports.workbook_rows`` reads
one from its input.

What a file costs cannot be told from its size: a small workbook may unpack to gigabytes. So it is read by a child whose memory, time and
cells are limited, and which knows nothing of the server. Neither Django nor the settings are imported here.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from schedules.exports.html_rows import TableReader, html_text, looks_like_html
from schedules.exports.sheets import SERIALS, Cell, Sheet
from schedules.exports.text_rows import rows_of_text, text_of
from schedules.exports.workbook_parts import Covered, covered_cells, in_common_names, without_covered

ROOT = Path(__file__).parents[2]
NO_WORKBOOK = (
    "no_workbook",
    "This is not an Excel workbook (.xlsx), a CSV or text file, or a web page with a table. Open it in a spreadsheet and save it as .xlsx.",
)
TOO_LARGE = "too_large", "The workbook is too large: it takes too much memory or time to read."
DAMAGED = "damaged", "The workbook is damaged, or too large to be read; open it in a spreadsheet and save it again."
ZIP = b"PK"
"""How a workbook begins."""
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How a real .xls begins, which is not read. Many that are called so are web pages."""
LAST_ROW = 1_048_576
"""Of any sheet; a damaged one may speak of more."""

Formulas = dict[tuple[int, int], set[int]]


@dataclass(frozen=True, slots=True)
class Counting:
    """From where a workbook counts its days: what it calls no hours at all, the first moment that is no length of time but a day, and by
    how much its numbers are behind those of other workbooks."""

    no_hours: datetime
    first_moment: datetime
    behind: int = 0


# 25:30, the end of a late shift, is 1.0625 days. Without brackets in its format it is read as 1:30 on the first day that the workbook knows.
SINCE_1900 = Counting(datetime(1899, 12, 31), datetime(1900, 3, 1))  # noqa: DTZ001  # as spreadsheets have it, without a zone
# Workbooks that began on a Mac of old, and their copies.
SINCE_1904 = Counting(datetime(1904, 1, 1), datetime(1904, 3, 1), 1462)  # noqa: DTZ001  # likewise


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may ask for. ``seconds`` are of the processor; on a machine that does other things too a sound workbook
    takes longer by the clock, for which ``patience_seconds`` is the end."""

    unpacked_bytes: int = 64 << 20
    memory_bytes: int = 768 << 20
    seconds: int = 20
    patience_seconds: int = 60
    sheets: int = 100
    rows: int = 5_000
    columns: int = 400
    cells: int = 200_000
    characters: int = 4_000_000


class UnreadableWorkbook(Exception):
    """Why a file cannot be taken over: a code, and a sentence."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def read_sheets(content: bytes, limits: Limits = Limits()) -> list[Sheet]:  # it is frozen
    """The sheets with their rows. Raises :class:`UnreadableWorkbook`; whatever the file is, this process goes on as before."""
    _require_bearable(content, limits)
    asked = [sys.executable, "-m", "schedules.exports.workbook_rows", json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            asked, input=content, capture_output=True, cwd=ROOT, timeout=limits.patience_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableWorkbook(*TOO_LARGE) from None
    if done.returncode != 0:
        raise UnreadableWorkbook(*TOO_LARGE)
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableWorkbook(*answer["error"])
    return [Sheet(**sheet) for sheet in answer["sheets"]]


def _require_bearable(content: bytes, limits: Limits) -> None:
    if not content.startswith(ZIP):
        return
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableWorkbook(*NO_WORKBOOK) from None
    if size > limits.unpacked_bytes:
        raise UnreadableWorkbook(*TOO_LARGE)


@dataclass(slots=True)
class _Taken:
    """What was read so far, against the limits."""

    limits: Limits
    cells: int = 0
    characters: int = 0

    def take(self, number: int, values: list[Cell]) -> None:
        """Counts a row, by number from 0. Raises :class:`UnreadableWorkbook` where it is too much."""
        limits = self.limits
        self.cells += len(values)
        if number >= limits.rows or len(values) > limits.columns or self.cells > limits.cells:
            raise UnreadableWorkbook(
                "too_many_cells",
                f"The workbook has more than {limits.rows:,} rows, {limits.columns} columns or {limits.cells:,} cells.",
            )
        # Many cells may share one long text, which each of them would then be told of.
        self.characters += sum(len(value if isinstance(value, str) else value[1]) for value in values if value)
        if self.characters > limits.characters:
            raise UnreadableWorkbook(*TOO_LARGE)


def _sheets(content: bytes, limits: Limits) -> list[dict[str, Any]]:
    """The sheets of whatever the file is, by what it begins with: its name may say anything."""
    if content.startswith(ZIP):
        return _workbook_sheets(content, limits)
    tables: Iterable[tuple[str, Iterable[list[str]]]]
    if looks_like_html(content):
        tables = _html_tables(content, limits)
    else:
        text = None if content.startswith(OLD_EXCEL) else text_of(content)
        if not text or text.isspace():
            raise UnreadableWorkbook(*NO_WORKBOOK)
        tables = [("", rows_of_text(text, limits.characters))]
    taken = _Taken(limits)
    return [{"title": title, "rows": list(_filled_texts(rows, taken)), "is_hidden": False} for title, rows in tables]


def _html_tables(content: bytes, limits: Limits) -> list[tuple[str, Iterable[list[str]]]]:
    text = html_text(content)
    if text is None:
        raise UnreadableWorkbook(*NO_WORKBOOK)
    reader = TableReader(limits.cells)
    reader.feed(text)
    reader.close()
    if reader.is_too_large:
        raise UnreadableWorkbook(*TOO_LARGE)
    if len(reader.tables) > limits.sheets:
        raise UnreadableWorkbook("too_many_sheets", f"The workbook has more than {limits.sheets} sheets.")
    return [(str(number), rows) for number, rows in enumerate(reader.tables, 1)]


def _filled_texts(rows: Iterable[list[str]], taken: _Taken) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows):
        values: list[Cell] = [value or None for value in row]
        while values and values[-1] is None:
            values.pop()
        taken.take(number, values)
        yield values


def _workbook_sheets(content: bytes, limits: Limits) -> list[dict[str, Any]]:
    content = in_common_names(content)
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    if len(book.worksheets) > limits.sheets:
        raise UnreadableWorkbook("too_many_sheets", f"The workbook has more than {limits.sheets} sheets.")
    unsaid = _formulas(content, limits) if _has_formulas(content) else {}
    counting = SINCE_1904 if book.epoch == CALENDAR_MAC_1904 else SINCE_1900
    found: list[dict[str, Any]] = []
    taken = _Taken(limits)
    for place, sheet in enumerate(book.worksheets):
        sheet.reset_dimensions()  # a file may say that it has fewer cells than it has
        rows: list[list[Cell]] = []
        formulas = {row: columns for (of, row), columns in unsaid.items() if of == place}
        for number, values in _filled_rows(sheet, formulas, counting, covered_cells(sheet, limits.rows)):
            taken.take(number, values)
            rows += [[] for _ in range(number - len(rows))]
            rows.append(values)
        found.append({"title": sheet.title, "rows": rows, "is_hidden": sheet.sheet_state != "visible"})
    if not found:
        raise UnreadableWorkbook(*DAMAGED)  # it names sheets that are not in it
    return found


def _filled_rows(
    sheet: Any, unsaid: dict[int, set[int]], counting: Counting, covered: Covered
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that hold something to be seen, by number from 0, each up to its last filled cell. Cells that are only formatted, of
    which a sheet may have a million, are nothing."""
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, values_only=True)):
        formulas = unsaid.get(number, ())
        values = [
            ["formula", ""] if value is None and column in formulas else _cell(value, counting)
            for column, value in enumerate(row)
        ]
        values = without_covered(number, values, covered)
        while values and values[-1] is None:
            values.pop()
        if values:
            yield number, values


def _has_formulas(content: bytes) -> bool:
    """Whether any sheet may hold a formula: to look where costs a second reading."""
    with ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/" in name]
        return any(b"<f" in archive.read(name) or b":f" in archive.read(name) for name in sheets)


def _formulas(content: bytes, limits: Limits) -> Formulas:
    """The columns with formulas, by sheet and row, all from 0."""
    book = load_workbook(BytesIO(content), read_only=True)
    found: Formulas = {}
    for place, sheet in enumerate(book.worksheets):
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=limits.rows, max_col=limits.columns)
        for number, row in enumerate(rows):
            columns = {index for index, cell in enumerate(row) if cell.data_type == "f"}
            if columns:
                found[place, number] = columns
    return found


def _hours(length: timedelta) -> str:
    """``25:30``."""
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moment(value: date | time | timedelta, counting: Counting) -> Cell:
    match value:
        case datetime() if value < counting.first_moment:
            return ["time", _hours(value - counting.no_hours)]
        case datetime() if value.time() == time():
            return ["day", value.date().isoformat()]
        case datetime():
            return ["time", value.isoformat(" ")]
        case date():
            return ["day", value.isoformat()]
        case time():
            return ["time", f"{value:%H:%M:%S}".removesuffix(":00")]
    return ["time", _hours(value)]


def _number(value: Any, counting: Counting) -> Cell:
    """A number that may be a day is that of the same day in other workbooks."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return ["number", str(value + counting.behind if value + counting.behind in SERIALS else value)]


def _cell(value: Any, counting: Counting) -> Cell:
    match value:
        case None | "":
            return None
        case bool():
            return ["flag", "TRUE" if value else "FALSE"]
        case str():
            return value
        case int() | float():
            return _number(value, counting)
        case date() | time() | timedelta():
            return _moment(value, counting)
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
        answer = {"error": [refusal.code, refusal.text]}
    except MemoryError:
        answer = {"error": TOO_LARGE}
    except Exception:  # openpyxl raises whatever a damaged file leads it to
        answer = {"error": DAMAGED}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

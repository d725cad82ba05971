"""The part of a workbook, or of a pasted table, that is the month: which sheet, which rows and columns, and what is left out and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from schedules.exports.headings import FEWEST_NUMBERS, days_above, disagreeing, weekday_of
from schedules.exports.sheet_people import Directory, Owner, name_column, owner_of_row, text_at
from schedules.exports.sheets import Cell, Sheet
from schedules.exports.workbooks import Cells, Remark, refused_table
from shiftsync.core.errors import ValidationFailed

TITLE_ROWS = 60
"""How far down a sheet the row with the days is looked for."""

MISTYPED = {"day": "a date", "time": "a time", "flag": "a truth value"}
ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """A row of somebody whom nobody knows by that name, and who may be meant; ``place``: that row in words."""

    row: int
    place: str
    name: str
    suggested: str | None


@dataclass(slots=True)
class FoundTable:
    """What a table holds: cells by staff id and day, the days that it has, whom to ask about, and what was left out."""

    cells: Cells = field(default_factory=dict)
    days: list[date] = field(default_factory=list)
    asked: list[UnknownPerson] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows below one row of days: the number of this row, from 1, the day of each column, from 0, and where the next block begins."""

    first: int
    days: Mapping[int, date]
    end: int


def find_table(sheets: Sequence[Sheet], period: Sequence[date], directory: Directory) -> FoundTable:
    """The month among the sheets. Raises :class:`ValidationFailed` with an explanation if there is none, or more than one candidate."""
    fitting = _fitting(sheets, period)
    across = max((count for count, _, _ in fitting), default=0)
    if turned := _with_days_down(sheets, period, across):
        fitting = _fitting(turned, period)
    if not fitting:
        raise refused_table(
            Remark(
                "no_days", "The workbook holds no schedule: there is no header row with dates, as in an exported file."
            )
        )
    most = max(count for count, _, _ in fitting)
    if most == 0:
        days = max((block.days.values() for _, _, blocks in fitting for block in blocks), key=len)
        text = f"The days of this table, {min(days)} to {max(days)}, are not those of this period."
        raise refused_table(Remark("other_days", text, value=f"{min(days)} – {max(days)}"))
    best = [(sheet, blocks) for count, sheet, blocks in fitting if count == most]
    found = [(sheet, _read(sheet, blocks, period, directory)) for sheet, blocks in _of_these_days(best)]
    known = max(len(table.people) for _, table in found)
    found = [(sheet, table) for sheet, table in found if len(table.people) == known]
    if any(table.cells != found[0][1].cells for _, table in found):
        names = "」 and 「".join(sheet.title for sheet, _ in found[:2])
        text = f"The sheets 「{names}」 both have the days of this period. Keep one of them in the file."
        raise refused_table(Remark("two_sheets", text, value="、".join(sheet.title for sheet, _ in found[:2])))
    return found[0][1]


def _blocks(sheet: Sheet, period: Sequence[date]) -> list[Block]:
    """The parts of a sheet, one below the other: below the row with the most days, and below others of days of their own."""
    heads = _heads(sheet, period, by_number=False)
    if all(len(days) < FEWEST_NUMBERS for days in heads.values()):
        heads = _heads(sheet, period, by_number=True)
    near = {number: days for number, days in heads.items() if number <= TITLE_ROWS}
    if not near:
        return []
    main = max(near, key=lambda number: sum(day in period for day in near[number].values()))
    starts: list[int] = []
    for number in sorted(heads):
        is_another = not starts or heads[number] != heads[starts[-1]]
        if number == main or (len(heads[number]) >= FEWEST_NUMBERS and is_another):
            starts.append(number)
    ends = [*starts[1:], len(sheet.rows) + 1]
    return [Block(start, heads[start], end) for start, end in zip(starts, ends, strict=True)]


def _heads(sheet: Sheet, period: Sequence[date], *, by_number: bool) -> dict[int, dict[int, date]]:
    """The rows that may head a table, by number, with the day of each column. Bare numbers are no days where others are written out."""
    found = {
        number: days_above(row, period, below, by_number=by_number)
        for number, (row, below) in enumerate(zip_longest(sheet.rows, sheet.rows[1:], fillvalue=()), 1)
    }
    return {number: days for number, days in found.items() if days}


def _with_days_down(sheets: Iterable[Sheet], period: Sequence[date], across: int) -> list[Sheet]:
    """Those whose days run down a column, as a table with one row for each day and one column for each person has them, turned so that
    they are read like all others. None where the days of another stand ``across``.

    Bare numbers down a column are days only where nothing else is: people are numbered, too.
    """
    if across >= FEWEST_NUMBERS:
        return []
    found = [sheet.turned() for sheet in sheets]
    return [sheet for sheet in found if _most_days(sheet, period, by_number=across == 0) >= FEWEST_NUMBERS]


def _most_days(sheet: Sheet, period: Sequence[date], *, by_number: bool) -> int:
    """How many days of the period the row says that has the most of them."""
    heads = _heads(sheet, period, by_number=by_number)
    return max((len(set(days.values()) & set(period)) for days in heads.values()), default=0)


def _fitting(sheets: Iterable[Sheet], period: Sequence[date]) -> list[tuple[int, Sheet, list[Block]]]:
    """Those that have days, with how many of the period."""
    return [(_fitting_days(blocks, period), sheet, blocks) for sheet in sheets if (blocks := _blocks(sheet, period))]


def _fitting_days(blocks: Iterable[Block], period: Sequence[date]) -> int:
    return len({day for block in blocks for day in block.days.values()} & set(period))


def _of_these_days(found: Sequence[tuple[Sheet, list[Block]]]) -> list[tuple[Sheet, list[Block]]]:
    """Those whose weekdays are those of their days: days by number alone fit any month. Raises :class:`ValidationFailed` if none does."""
    wrong = [_wrong_weekday(sheet, blocks) for sheet, blocks in found]
    if all(wrong):
        raise refused_table(next(filter(None, wrong)))
    return [each for each, problem in zip(found, wrong, strict=True) if problem is None]


def _wrong_weekday(sheet: Sheet, blocks: Iterable[Block]) -> Remark | None:
    for block in blocks:
        for number in (block.first - 1, block.first + 1):
            row = sheet.rows[number - 1] if 0 < number <= len(sheet.rows) else ()
            column = disagreeing(block.days, row)
            if column is not None:
                day, said = block.days[column], text_at(row, column)
                where = sheet.cell_place(number, column)
                text = f"{where} says {said}, but {day} is another weekday: is this table for another period?"
                return Remark("other_weekdays", text, place=where, day=str(day), value=said)
    return None


def _read(sheet: Sheet, blocks: Sequence[Block], period: Sequence[date], directory: Directory) -> FoundTable:
    table = FoundTable()
    rows_of: dict[tuple[str, date], int] = {}
    for block in blocks:
        _require_once({sheet.column_place(index): str(day) for index, day in block.days.items()}, f"{sheet.words[1]}s")
        outside = {index: day for index, day in block.days.items() if day not in period}
        table.days.extend(day for day in block.days.values() if day in period)
        taken = dict(_owned(sheet, block, directory, table))
        for number, owner in taken.items():
            for day in block.days.values():
                _require_one_row(rows_of, owner, day, number, sheet)
            for where, cell in _cells_of(sheet, block, number):
                _take(table, owner, where, cell, period)
        filled = [index for index in outside if any(text_at(sheet.rows[number - 1], index) for number in taken)]
        table.remarks.extend(_outside(filled, outside, sheet))
        table.remarks.extend(_unread(sheet, block, list(taken)))
    return table


def _unread(sheet: Sheet, block: Block, numbers: Sequence[int]) -> Iterator[Remark]:
    """Remarks on columns with entries under a heading that names no day: those among the days, and others whose heading has a number, as
    days have. Totals and notes beside the month are passed over without a word."""
    heads = sheet.rows[block.first - 1]
    for index in range(min(block.days) + 1, len(heads)):
        heading = text_at(heads, index).strip()
        is_among = index < max(block.days) and index not in block.days
        if index in block.days or not (is_among or any(map(str.isdecimal, heading))):
            continue
        cells = (row[index] for number in numbers if index < len(row := sheet.rows[number - 1]))
        if any(isinstance(cell, str) and not _is_figure(cell) for cell in cells):
            place = sheet.column_place(index)
            text = f"{sheet.words[1]} {place} “{heading}” names no day of this period, and was left out."
            yield Remark(sheet.about("no_day"), text, place=place, name=heading)


def _outside(columns: Sequence[int], days: Mapping[int, date], sheet: Sheet) -> Iterator[Remark]:
    """The remark on columns for other days: one for each run of adjacent columns."""
    runs: list[list[int]] = []
    for index in columns:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    for first, last in ((run[0], run[-1]) for run in runs):
        begin, end = sheet.column_place(first), sheet.column_place(last)
        place = begin if first == last else f"{begin}–{end}"  # from to
        text = f"{place} ({days[first]} to {days[last]}) is not in this period and was left out."
        yield Remark(sheet.about("outside"), text, place=place, day=str(days[first]))


def _owned(sheet: Sheet, block: Block, directory: Directory, table: FoundTable) -> Iterator[tuple[int, Owner]]:
    """The rows of people, by number; remarks on the other rows go into ``table``."""
    rows = sheet.rows[block.first : block.end - 1]
    names = name_column(rows, sheet.rows[block.first - 1], min(block.days), directory)
    for number, row in enumerate(rows, block.first + 1):
        written = [row[index] for index in block.days if index < len(row) and row[index] is not None]
        owner = owner_of_row(row, names, directory)
        if owner is not None and owner.staff_id is not None:
            table.people[owner.label] = owner.staff_id
            yield number, owner
        elif _says_nothing(row, written, owner, block, directory):
            continue
        elif (remark := _left_out(sheet, number, owner, written)) is not None:
            table.remarks.append(remark)
        elif owner is not None and all(each.name != owner.label for each in table.asked):
            place = f"{sheet.words[0]} {sheet.row_place(number)}"
            table.asked.append(UnknownPerson(number, place, owner.label, directory.suggested(owner.label)))


def _left_out(sheet: Sheet, number: int, owner: Owner | None, written: Sequence[Cell]) -> Remark | None:
    """Why a row belongs to nobody; None if the user has to be asked who is meant."""
    place = sheet.row_place(number)
    row = f"{sheet.words[0]} {place}"
    if owner is None:
        return Remark(sheet.about("no_name"), f"{row} has entries but no name, and was left out.", place=place)
    if owner.is_by_id:
        text = f"{row} matches no staff member of this period, and was left out."
        return Remark(sheet.about("unknown_person"), text, place=place, name=owner.label)
    if all(map(_is_figure, written)):
        text = f"{row} ({owner.label}) holds only numbers, as totals do, and was left out."
        return Remark(sheet.about("totals"), text, place=place, name=owner.label)
    return None


def _says_nothing(
    row: Sequence[Cell], written: Sequence[Cell], owner: Owner | None, block: Block, directory: Directory
) -> bool:
    """Whether a row may be passed over without a word: a heading, a note, something worked out, or what its author leaves out."""
    if owner is None:
        return all(map(_is_formula, written)) or _repeats_the_days(row, block)
    is_left_out = directory.chosen.get(owner.label, "") is None
    return not written or is_left_out or _repeats_the_days(row, block)


def _is_figure(cell: Cell) -> bool:
    """Whether a cell counts something, or works it out."""
    if isinstance(cell, list):
        return cell[0] == "number" or _is_formula(cell)
    return bool(cell.strip().removesuffix("人").removesuffix("名").replace(".", "", 1).isdecimal())


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, list) and cell[0] == "formula"


def _repeats_the_days(row: Sequence[Cell], block: Block) -> bool:
    """Whether a row says the days, or their weekdays, once more for people to read."""
    said = [(row[index], day) for index, day in block.days.items() if index < len(row) and row[index] is not None]
    weekdays = sum(1 for cell, _ in said if weekday_of(cell) is not None)
    return weekdays * 2 > len(said) or bool(days_above([None, *(cell for cell, _ in said)], [day for _, day in said]))


def _cells_of(sheet: Sheet, block: Block, number: int) -> Iterator[tuple[tuple[date, str], Cell]]:
    row = sheet.rows[number - 1]
    for index, day in block.days.items():
        yield (day, sheet.cell_place(number, index)), row[index] if index < len(row) else None


def _take(table: FoundTable, owner: Owner, where: tuple[date, str], cell: Cell, period: Sequence[date]) -> None:
    day, place = where
    if owner.staff_id is None or day not in period:
        return
    problem = _mistyped(cell)
    if problem is None:
        table.cells[owner.staff_id, str(day)] = text_at([cell], 0)
        return
    code, why = problem
    value = cell[1] if isinstance(cell, list) else str(cell)
    table.remarks.append(
        Remark(code, f"{place} ({owner.label}, {day}): {why} It was left out.", place, owner.label, str(day), value)
    )


def _mistyped(cell: Cell) -> tuple[str, str] | None:
    if isinstance(cell, list) and cell[0] in MISTYPED:
        return cell[0], f"The spreadsheet turned this into {MISTYPED[cell[0]]} ({cell[1]})."
    if _is_formula(cell):
        return "formula", "The cell holds a formula, and the file does not say what it comes to."
    return ("error", f"The cell holds an error ({cell}).") if isinstance(cell, str) and cell in ERRORS else None


def _require_one_row(rows_of: dict[tuple[str, date], int], owner: Owner, day: date, number: int, sheet: Sheet) -> None:
    before = rows_of.setdefault((owner.staff_id or "", day), number)
    if before != number:
        raise _twice(f"{sheet.words[0]}s", sheet.row_place(before), sheet.row_place(number), owner.label)


def _require_once(named: Mapping[str, str], what: str) -> None:
    seen: dict[str, str] = {}
    for place, name in named.items():
        if name in seen:
            raise _twice(what, seen[name], place, name)
        seen[name] = place


def _twice(what: str, first: str, second: str, name: str) -> ValidationFailed:
    text = f"{what} {first} and {second} are both for {name}."
    return refused_table(Remark(f"twice_{what.lower()}", text, place=f"{first}, {second}", name=name))

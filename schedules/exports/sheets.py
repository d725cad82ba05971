"""A table as it was read: rows of cells, whatever file or clipboard they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Self

Cell = Any
"""Text as itself; of all else ``[kind, text]``: ``day``, ``time``, ``flag``, ``number``, and ``formula`` for one whose result the file
does not hold; null for an empty cell."""

SERIALS = range(20_000, 80_000)
"""The numbers by which spreadsheets count days, from 1954 to 2119."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; a pasted table is one without a title."""

    title: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    is_turned: bool = False
    """Whether its rows are the columns of what its author sees: what is said of them names those."""

    def turned(self) -> Self:
        """The same sheet with its columns as rows."""
        rows = [list(column) for column in zip_longest(*self.rows)]
        return type(self)(self.title, rows, self.is_hidden, not self.is_turned)

    def row_place(self, number: int) -> str:
        """What a spreadsheet calls a row, counted from 1."""
        return column_letter(number - 1) if self.is_turned else str(number)

    def column_place(self, index: int) -> str:
        """What a spreadsheet calls a column, counted from 0."""
        return str(index + 1) if self.is_turned else column_letter(index)

    def cell_place(self, number: int, index: int) -> str:
        """What a spreadsheet calls the cell of a row and a column."""
        row, column = self.row_place(number), self.column_place(index)
        return f"{row}{column}" if self.is_turned else f"{column}{row}"

    def about(self, code: str) -> str:
        """The code of a remark on a row or a column, by what of both its author sees."""
        return f"{code}_turned" if self.is_turned else code

    @property
    def words(self) -> tuple[str, str]:
        """What a row and a column are called."""
        return ("Column", "Row") if self.is_turned else ("Row", "Column")


def sheet_of_texts(rows: Sequence[Sequence[str]]) -> Sheet:
    """The sheet of a table that was copied as text."""
    return Sheet("", [[text or None for text in row] for row in rows])


def longest_table(sheets: Sequence[Sheet]) -> list[list[str]]:
    """The rows of the sheet that has the most of them, as text."""
    rows = max((sheet.rows for sheet in sheets), key=len, default=[])
    return [["" if cell is None else cell[1] if isinstance(cell, list) else cell for cell in row] for row in rows]


def column_letter(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0. (The library that knows it takes 25 MB, and only the reading child loads it.)"""
    letters = ""
    rest = index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters

"""A table as it was read: rows of cells, whatever file or clipboard they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Cell = Any
"""Text as itself; of all else ``[kind, text]``: ``day``, ``time``, ``flag``, ``number``, and ``formula`` for one whose result the file
does not hold; null for an empty cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; a pasted table is one without a title."""

    title: str
    rows: list[list[Cell]]
    is_hidden: bool = False


def sheet_of_texts(rows: Sequence[Sequence[str]]) -> Sheet:
    """The sheet of a table that was copied as text."""
    return Sheet("", [[text or None for text in row] for row in rows])

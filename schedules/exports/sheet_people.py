"""Whose row of a table is whose: by the id that our own files carry, by name, or as its author says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schedules.exports.sheets import Cell
from schedules.rules.spelling import tidy, word
from shiftsync.core.ids import parse_id

_HONORIFIC = re.compile(r"(?:さん|様|君|くん|ちゃん|氏)$")
_NOT_A_NAME = re.compile(r"^[\d\W_]*$")
_HEADINGS = {word(text) for text in ("名前", "氏名", "スタッフ", "スタッフ名", "従業員", "name", "staff", "employee")}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose row it is; ``label`` is how the table calls them. ``staff_id``: None for somebody whom nobody knows."""

    label: str
    staff_id: str | None
    is_by_id: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of a period by id; ``chosen``: by label, whom its author means (None: nobody, the row is left out)."""

    names: Mapping[str, str]
    chosen: Mapping[str, str | None] = field(default_factory=dict)

    def named(self, label: str) -> list[str]:
        """The ids of those who are called so."""
        wanted = {name_key(label), _HONORIFIC.sub("", name_key(label))}
        return [staff_id for staff_id, name in self.names.items() if name_key(name) in wanted]

    def suggested(self, label: str) -> str | None:
        """Who may be meant: the only one whose name begins so, or whose whole name begins the label."""
        key = _HONORIFIC.sub("", name_key(label))
        found = [
            staff_id
            for staff_id, name in self.names.items()
            if key and (name_key(name).startswith(key) or key.startswith(name_key(name)))
        ]
        return found[0] if len(found) == 1 else None

    def owner_of(self, label: str) -> Owner:
        """Whom a label means."""
        if label in self.chosen:
            staff_id = self.chosen[label]
            return Owner(label, staff_id if staff_id in self.names else None, is_by_id=staff_id is not None)
        found = self.named(label)
        return Owner(label, found[0] if len(found) == 1 else None)


def name_key(name: str) -> str:
    """A name as names are compared: one width, no spaces, no capitals."""
    return word(name)


def owner_of_row(row: Sequence[Cell], column: int | None, directory: Directory) -> Owner | None:
    """Whose row it is; None where no person is named. ``column`` has the names."""
    found = str(parse_id(text_at(row, 0)) or "")
    label = tidy(text_at(row, column)) if column is not None else ""
    if found in directory.names:
        return Owner(directory.names[found], found, is_by_id=True)
    if found:
        return Owner(label or found, None, is_by_id=True)
    return directory.owner_of(label) if label and not _NOT_A_NAME.match(label) else None


def name_column(rows: Iterable[Sequence[Cell]], heads: Sequence[Cell], before: int, directory: Directory) -> int | None:
    """The column, left of the days, that has the names: the one with the most people of the period, else the one that says so,
    else the one with the most different texts."""
    texts = [{tidy(text_at(row, index)) for row in rows} - {""} for index in range(before)]
    if not texts:
        return None

    def worth(index: int) -> tuple[int, bool, int]:
        known = sum(1 for label in texts[index] if directory.named(label) or label in directory.chosen)
        says_so = word(text_at(heads, index)) in _HEADINGS
        return known, says_so, sum(1 for label in texts[index] if not _NOT_A_NAME.match(label))

    best = max(range(before), key=worth)
    return best if any(worth(best)) else None


def text_at(row: Sequence[Cell], index: int) -> str:
    """The text of a cell, whatever its kind."""
    cell = row[index] if index < len(row) else None
    return "" if cell is None else (cell[1] if isinstance(cell, list) else cell).strip()

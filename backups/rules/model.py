"""The terms of the backup rules: assignments, groups, people, cells, and who covers whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person as a backup of one group; a lower ``priority`` is asked first. Dates are inclusive, None = open."""

    id: str
    staff_id: str
    group_id: str
    priority: int = 1
    effective_from: date | None = None
    effective_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the assignment applies on ``day``."""
        started = self.effective_from is None or self.effective_from <= day
        return started and (self.effective_until is None or day <= self.effective_until)


@dataclass(frozen=True, slots=True)
class BackupGroup:
    """A group as its backups see it."""

    id: str
    name: str
    members: tuple[str, ...]
    minimum: int = 0
    below_minimum: bool = False
    max_per_day: int | None = None
    required: bool = False
    shares_backups: bool = False
    unrecorded_covers: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff: name, the days of employment (inclusive, None = open), position."""

    id: str
    name: str
    starts: date | None = None
    ends: date | None = None
    position: str = ""

    def employed(self, day: date) -> bool:
        """Whether the person is employed on ``day``."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


class CellKind(StrEnum):
    """What a cell is to the backup rules. A blank is free to be called whether it means work or not; text that somebody wrote stays."""

    WORKING_BLANK = "working_blank"
    RESTING_BLANK = "resting_blank"
    WORKING = "working"
    OFF = "off"
    DESIGNATED_OFF = "designated_off"
    NOTE = "note"
    NOTED_OFF = "noted_off"

    @property
    def off(self) -> bool:
        """Whether the person has the day off."""
        return self in (CellKind.OFF, CellKind.DESIGNATED_OFF, CellKind.NOTED_OFF)

    @property
    def works(self) -> bool:
        """Whether the person works."""
        return self in (CellKind.WORKING, CellKind.WORKING_BLANK)

    @property
    def free_to_call(self) -> bool:
        """Whether a backup with such a cell may be called."""
        return self in (CellKind.OFF, CellKind.WORKING_BLANK, CellKind.RESTING_BLANK)


CellReader = Callable[[str, date], CellKind]
Covering = Mapping[tuple[str, date], str]
MayWork = Callable[[str, date, frozenset[date]], bool]
"""May this person be called on this day too, having been called on those days already, within its own limits?"""


class Why(StrEnum):
    """Why a need stays uncovered, or a backup cannot help."""

    NO_BACKUP = "no_backup"
    OUTSIDE_DATES = "outside_dates"
    NOT_EMPLOYED = "not_employed"
    UNKNOWN_STAFF = "unknown_staff"
    DESIGNATED_OFF = "designated_off"
    WORKING = "working"
    NOTE = "note"
    OTHER_GROUP = "other_group"
    OWN_LIMITS = "own_limits"
    OWN_GROUP = "own_group"
    MAX_PER_DAY = "max_backups_per_day"
    UNKNOWN_GROUP = "unknown_group"
    NEEDED_TWICE = "needed_by_two_groups"


WORDS: Mapping[Why, tuple[str, str]] = {
    Why.NO_BACKUP: ("no backup is assigned to the group", "グループにバックアップ担当がいません"),
    Why.OUTSIDE_DATES: ("outside the dates of the assignment", "担当期間外です"),
    Why.NOT_EMPLOYED: ("not employed on this day", "在籍していません"),
    Why.UNKNOWN_STAFF: ("unknown member of staff", "不明なスタッフです"),
    Why.DESIGNATED_OFF: ("has a designated day off (★)", "指定休(★)です"),
    Why.NOTE: ("has a note in that cell", "セルに文字が書かれています"),
    Why.WORKING: ("already has a shift", "すでにシフトがあります"),
    Why.OTHER_GROUP: ("covers another group on this day", "同じ日に別のグループを担当します"),
    Why.OWN_LIMITS: ("would break their own limits", "本人の勤務制限を超えます"),
    Why.OWN_GROUP: ("is a member of the group", "そのグループの一員です"),
    Why.UNKNOWN_GROUP: ("unknown group", "不明なグループです"),
    Why.NEEDED_TWICE: ("needed by more than one group that day", "同じ日に複数のグループから必要とされています"),
    Why.MAX_PER_DAY: ("the group's backups for the day are used up", "1日のバックアップ人数の上限です"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a backup was not called."""

    why: Why
    staff_id: str | None = None

    def to_wire(self) -> dict[str, object]:
        """The reason with its words in both languages."""
        english, japanese = WORDS[self.why]
        return {"reason": self.why.value, "staffId": self.staff_id, "message": english, "messageJa": japanese}


@dataclass(frozen=True, slots=True)
class Cover:
    """``staff_id`` covers the group; ``already`` when the grid says so, else it is to be called (the cell becomes ○).

    ``shared``: the call is made for another group that shares its backups with this one.
    """

    staff_id: str
    group_id: str
    day: date
    assignment_id: str
    already: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class CoverageDay:
    """One group on one day."""

    group_id: str
    day: date
    off: tuple[str, ...]
    needed: int
    covers: tuple[Cover, ...]
    reasons: tuple[Reason, ...]

    @property
    def uncovered(self) -> int:
        """How many places are left open."""
        return max(0, self.needed - len(self.covers))

    def to_wire(self) -> dict[str, object]:
        """One group's day as the protocol names its fields."""
        covered = [
            {
                "staffId": each.staff_id,
                "assignmentId": each.assignment_id,
                "already": each.already,
                "shared": each.shared,
            }
            for each in self.covers
        ]
        return {
            "groupId": self.group_id,
            "dateKey": self.day.isoformat(),
            "membersOff": list(self.off),
            "needed": self.needed,
            "coveredBy": covered,
            "uncovered": self.uncovered,
            "reasons": [reason.to_wire() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Roster:
    """All that coverage is judged by. ``closed`` days need nobody; unknown ids in assignments and members are passed
    over and named in the warnings."""

    days: Sequence[date]
    people: Mapping[str, Person]
    groups: Sequence[BackupGroup]
    assignments: Sequence[Assignment]
    cell: CellReader
    closed: frozenset[date] = frozenset()
    covering: Covering | None = None
    may_work: MayWork = lambda staff_id, day, called: True

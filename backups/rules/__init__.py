"""Who backs up whom: coverage of a schedule, suggestions and warnings, as pure functions over a grid.

A group with backups needs one of them on a day when a member is off (``each_absence``), or as many as its minimum lacks
(``below_minimum``). A backup may be called when the cell is blank or ×; ★ is never touched, and whoever has a working shift is
not free. A backup is called for one group a day, never for a group that it belongs to, and only where its own limits (asked
of the caller by ``Roster.may_work``) let it; groups that say so (``shares_backups``) share the call: one who is called for any of
them covers all of them that have the same backup. As many needs as possible are covered; of the backups for a group those with
the lowest ``priority`` are asked first.

Nothing here knows symbols or the ORM: the caller says what a cell is by ``Roster.cell``.
"""

from backups.rules.coverage import CoverageReport, cells_to_call, coverage, unrecorded_covers
from backups.rules.model import (
    Assignment,
    BackupGroup,
    CellKind,
    Cover,
    CoverageDay,
    Person,
    Reason,
    Roster,
    Why,
)
from backups.rules.suggestions import BackupWarning, Suggestion, suggestions, warnings

__all__ = [
    "Assignment",
    "BackupGroup",
    "BackupWarning",
    "CellKind",
    "Cover",
    "CoverageDay",
    "CoverageReport",
    "Person",
    "Reason",
    "Roster",
    "Suggestion",
    "Why",
    "cells_to_call",
    "coverage",
    "suggestions",
    "unrecorded_covers",
    "warnings",
]

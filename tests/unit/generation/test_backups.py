"""Backups in the model: who is called, and who cannot be."""

from typing import Any

import pytest

from backups.rules import coverage
from schedules.generation.coverage import roster_of
from schedules.generation.generate import generate
from schedules.generation.results import Result
from tests.unit.generation.builders import assignment, brute_force, day, grid, group, key, member, problem

PARTS = {name: member(name, type="パート") for name in ("p", "q")}
LEFT = member("p", type="パート", endPeriod={"year": 2025, "month": 8, "day": 24})
KITCHEN = group("g", ["a", "b"], backupRequired=True)
HALL = group("h", ["c"], backupRequired=True)

Case = tuple[dict[str, Any], dict[str, str], list[tuple[str, int, str]], int]
"""The settings, the grid, who covers which group on which day, and how many absences stay uncovered."""

CASES: dict[str, Case] = {
    "one off": ({"backups": [assignment("p", "g")]}, {"a": "★.", "b": ".."}, [("p", 0, "g")], 0),
    "several off, several backups": (
        {"backups": [assignment("p", "g"), assignment("q", "g", priorityOrder=2)]},
        {"a": "★.", "b": "★."},
        [("p", 0, "g"), ("q", 0, "g")],
        0,
    ),
    "several off, at most one a day": (
        {
            "groups": [group("g", ["a", "b"], backupRequired=True, maxBackupsPerDay=1), HALL],
            "backups": [assignment("p", "g"), assignment("q", "g", priorityOrder=2)],
        },
        {"a": "★.", "b": "★."},
        [("p", 0, "g")],
        1,
    ),
    "one backup for two groups": (
        {"backups": [assignment("p", "g"), assignment("p", "h"), assignment("q", "g", priorityOrder=2)]},
        {"a": "★.", "c": "★."},
        [("p", 0, "h"), ("q", 0, "g")],
        0,
    ),
    "backup itself off": ({"backups": [assignment("p", "g")]}, {"a": "★★", "p": "★."}, [("p", 1, "g")], 1),
    "outside its dates": (
        {"backups": [assignment("p", "g", effectiveFrom=key(1))]},
        {"a": "★★"},
        [("p", 1, "g")],
        1,
    ),
    "left the restaurant": (
        {"backups": [assignment("p", "g")], "staff": ["a", "b", "c", LEFT]},
        {"a": "★★"},
        [("p", 0, "g")],
        1,
    ),
    "unknown people and groups in old data": (
        {"backups": [assignment("gone", "g"), assignment("p", "nowhere"), assignment("q", "g")]},
        {"a": "★."},
        [("q", 0, "g")],
        0,
    ),
}


def generated(case: str) -> tuple[Any, Result]:
    settings, marks, _, _ = CASES[case]
    given = problem(
        staff=settings.get("staff", ["a", "b", "c", *PARTS.values()]),
        days=2,
        schedule=grid(**marks),
        staffGroups=settings.get("groups", [KITCHEN, HALL]),
        backupAssignments=settings["backups"],
    )
    return given, generate(given)


@pytest.mark.parametrize("case", CASES)
def test_generate__absences__call_those_who_can_be_called(case: str) -> None:
    _, result = generated(case)
    _, _, covers, uncovered = CASES[case]

    found = [(staff_id, (when - day(0)).days, group_id) for (staff_id, when), group_id in result.covering.items()]
    assert sorted(found) == sorted(covers)
    assert all(result.values[cell] == "○" for cell in result.covering)
    assert sum(each.amount for each in result.violations if each.kind == "backup_uncovered") == uncovered


@pytest.mark.parametrize("case", CASES)
def test_generate__absences__as_well_as_can_be_and_as_the_backup_rules_see_it(case: str) -> None:
    given, result = generated(case)

    assert (result.score.hard, result.score.objective) == brute_force(given)
    report = coverage(roster_of(given, result.values, result.covering))
    assert report.uncovered == CASES[case][3]

"""Backups in the model: who is called, and who cannot be."""

from typing import Any

import pytest

from backups.rules import coverage
from schedules.generation.asked import as_shown
from schedules.generation.coverage import roster_of
from schedules.generation.generate import generate
from schedules.generation.problem import Keep, Options, Problem
from schedules.generation.results import Result
from tests.unit.generation.builders import assignment, brute_force, day, found, grid, group, key, member, problem

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


def test_call__of_somebody_who_is_the_backup_of_a_group_by_turns__holds_in_each_of_the_stretches() -> None:
    turns = [
        assignment("p", "g", priorityOrder=2, effectiveUntil=key(0)),
        {**assignment("p", "g", effectiveFrom=key(1)), "id": "later"},
    ]
    given = problem(
        staff=["a", "b", PARTS["p"]],
        days=2,
        schedule=grid(a="★★", p="○○"),
        staffGroups=[KITCHEN],
        backupAssignments=turns,
        covering=[{"staffId": "p", "dateKey": key(each), "groupId": "g"} for each in (0, 1)],
    )

    assert given.warnings == ()
    assert found(given) == [("backup_priority", 1)]


SHARED = [group("g", ["a", "b"], backupRequired=True, sharesBackups=True), group("h", ["c"], sharesBackups=True)]
BOTH = [assignment("p", "g"), assignment("p", "h"), assignment("q", "g", priorityOrder=2)]


def month(
    marks: dict[str, str], *, groups: list[dict[str, Any]], options: Options | None = None, **rest: Any
) -> Problem:
    backups = rest.pop("backups", BOTH)
    given: dict[str, Any] = {"staff": ["a", "b", "c", *PARTS.values()], "days": 2, "schedule": grid(**marks), **rest}
    chosen: dict[str, Any] = {} if options is None else {"options": options}
    return problem(**given, **chosen, staffGroups=groups, backupAssignments=backups)


def uncovered(given: Problem) -> float:
    return sum(amount for kind, amount in found(given) if kind == "backup_uncovered")


def test_generate__groups_that_share_their_backups__one_call_covers_both() -> None:
    given = month({"a": "★.", "c": "★."}, groups=SHARED)
    result = generate(given)

    assert list(result.covering) == [("p", day(0))]
    assert not [each for each in result.violations if each.kind == "backup_uncovered"]
    assert (result.score.hard, result.score.objective) == brute_force(given)
    report = coverage(roster_of(given, result.values, result.covering))
    assert report.uncovered == 0
    assert {(each.group_id, cover.staff_id) for each in report.days for cover in each.covers} == {
        ("g", "p"),
        ("h", "p"),
    }


def test_generate__only_one_of_two_groups_shares__a_call_covers_one() -> None:
    given = month({"a": "★.", "c": "★."}, groups=[SHARED[0], HALL])
    result = generate(given)

    assert sorted(result.covering.items()) == [(("p", day(0)), "h"), (("q", day(0)), "g")]
    assert (result.score.hard, result.score.objective) == brute_force(given)


def test_score__minimum_of_a_group_that_shares__counts_who_is_called_for_the_other() -> None:
    groups = [group("g", ["a", "b"], sharesBackups=True), group("h", ["c"], sharesBackups=True, minimumCoverage=1)]
    covering = [{"staffId": "p", "dateKey": key(0), "groupId": "g"}]
    given = month({"a": "★.", "c": "★.", "p": "○."}, groups=groups, covering=covering)

    assert found(given) == []


WITHOUT_RECORD = [group("g", ["a", "b"], backupRequired=True, unrecordedCovers=True), HALL]


def test_load__shift_without_a_record_of_a_backup_who_has_nothing_else__covers_where_there_is_a_need() -> None:
    given = month({"a": "★.", "p": "○○"}, groups=WITHOUT_RECORD)

    assert given.covering == {("p", day(0)): "g"}
    assert given.unrecorded == {("p", day(0)), ("p", day(1))}
    assert uncovered(given) == 0
    report = coverage(roster_of(given))
    assert [(each.uncovered, [cover.already for cover in each.covers]) for each in report.days] == [(0, [True])]


@pytest.mark.parametrize(
    "other",
    [
        {"groups": [KITCHEN, HALL]},
        {"groups": [*WITHOUT_RECORD, group("own", ["p"])]},
        {"backups": [assignment("p", "g", effectiveFrom=key(1))]},
        {"backups": [assignment("p", "h")], "groups": [*WITHOUT_RECORD[:1], group("h", ["c"])]},
        {"marks": {"p": "△."}},
        {"marks": {"p": ".."}},
        {"covering": [{"staffId": "p", "dateKey": key(0), "groupId": "h"}]},
    ],
    ids=["not asked for", "a group of their own", "not yet in force", "of another group", "early", "blank", "recorded"],
)
def test_load__shift_that_says_something_else__covers_nothing(other: dict[str, Any]) -> None:
    settings = {"groups": WITHOUT_RECORD, "backups": [assignment("p", "g"), assignment("p", "h")], **other}
    given = month({"a": "★.", "p": "○.", **settings.pop("marks", {})}, **settings)

    assert uncovered(given) == 1


def test_load__two_groups_and_one_shift_without_a_record__covers_the_one_in_need() -> None:
    groups = [group(each, [member], unrecordedCovers=True) for each, member in (("g", "a"), ("h", "c"))]
    given = month({"c": "★.", "p": "○."}, groups=groups)

    assert given.covering == {("p", day(0)): "h"}
    assert uncovered(given) == 0


def test_generate__locked_shift_without_a_record__may_cover_another_group_than_in_the_grid_or_none() -> None:
    """In the grid it covers g, since h is not in need there. Nobody said so: once c is off and a at work, it covers h."""
    groups = [
        group("g", ["a"], unrecordedCovers=True, minimumCoverage=1, backupMode="below_minimum"),
        group("h", ["c"], unrecordedCovers=True, backupRequired=True, backupIsHard=True),
    ]
    locked = [{"staffId": "p", "dateKey": key(0)}, {"staffId": "c", "dateKey": key(0)}]
    given = month(
        {"a": "×.", "c": "×.", "p": "○."}, groups=groups, options=Options(time_limit=10, workers=1), locked_cells=locked
    )
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)
    assert result.score.hard == 0
    assert result.covering == {("p", day(0)): "h"}
    assert ("p", day(0)) not in result.changed


def test_generate__filled_shift_without_a_record_and_no_need__stays_and_breaks_nothing() -> None:
    given = month(
        {"a": "★.", "p": "○○"}, groups=WITHOUT_RECORD, options=Options(keep=Keep.FILLED, time_limit=10, workers=1)
    )
    result = generate(given)

    assert result.score.hard == 0
    assert [result.values["p", day(index)] for index in range(2)] == ["○", "○"]
    assert result.changed == ()


def test_as_shown__another_grid__its_covers_are_looked_for_anew() -> None:
    given = month({"a": "★.", "p": "○."}, groups=WITHOUT_RECORD)
    shown = as_shown(given, [key(0), key(1)], grid(b=".★", p=".○"))

    assert shown.covering == {("p", day(1)): "g"}

"""Problems from the wire: old and odd data is taken as it is and reported."""

from datetime import date
from fractions import Fraction

import pytest

from schedules.generation import score_schedule
from schedules.generation.kinds import Kind, ShiftTypes
from schedules.generation.loading import PlanningData, load_member, load_problem, load_shift_type
from schedules.generation.loading_settings import load_options
from tests.unit.generation.builders import START, assignment, day, grid, group, key, limit, member, problem, rule


def test_load__unknown_ids__are_passed_over_and_named() -> None:
    given = problem(
        staffGroups=[group("g", ["a", "gone"])],
        backupAssignments=[assignment("gone", "g"), assignment("a", "nowhere"), assignment("b", "g")],
        dailyLimits=[limit(scope="group", targetIds=["nowhere"], shiftType="off", maxCount=1)],
        priorityRules=[
            rule("avoid_shift", "lost", staffIds=["gone"], shiftType="late"),
            rule("made_up", "strange"),
        ],
        schedule={"gone": {key(0): "×"}, "a": {"2020-01-01": "×"}},
    )

    assert [each.staff_id for each in given.backups] == ["b"]
    assert given.groups[0].members == ("a",)
    assert given.rules == ()
    warnings = " ".join(given.warnings)
    for named in ("gone", "nowhere", "made_up", "2020-01-01"):
        assert named in warnings


def test_load__names_instead_of_ids__are_resolved() -> None:
    given = problem(staffGroups=[group("g", ["A", "b"])])

    assert given.groups[0].members == ("a", "b")


def test_load__employment__without_a_day_means_the_whole_month() -> None:
    found = load_member(
        member("a", startPeriod={"year": 2025, "month": 4}, endPeriod={"year": 2025, "month": 12, "day": None})
    )

    assert (found.starts, found.ends) == (date(2025, 4, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("kind", "means", "works"), [("パート", None, False), ("社員", None, True), ("社員", "free", False)]
)
def test_load__what_a_blank_means__follows_the_field_then_the_type(kind: str, means: str | None, works: bool) -> None:
    assert load_member(member("a", type=kind, blankMeans=means)).blank_works is works


def test_load__members_outside_the_period_and_inactive__are_left_out() -> None:
    given = problem(
        staff=[
            "a",
            member("b", endPeriod={"year": 2025, "month": 7}),
            member("c", startPeriod={"year": 2025, "month": 9}),
            member("d", isActive=False),
        ]
    )

    assert [each.id for each in given.staff] == ["a"]


def test_load__own_symbols__keep_their_kind_and_share() -> None:
    types = ShiftTypes([load_shift_type({"symbol": "早", "kind": "early", "offEquivalent": "0.5", "id": "x"})])

    assert types.state("早", blank_works=True).kind is Kind.EARLY
    assert types.state("早", blank_works=True).off_equivalent == Fraction(1, 2)
    assert types.state("△", blank_works=True).kind is Kind.NOTE
    assert not types.state("研修", blank_works=True).works


def test_load__solver_configuration__takes_the_default_and_names_old_keys() -> None:
    warnings: list[str] = []
    rows = [
        {"id": "1", "parameters": {"seed": 1}},
        {"id": "2", "isDefault": True, "parameters": {"timeLimitSeconds": 5, "seed": 0, "populationSize": 9}},
    ]
    options = load_options({"mlModelConfigs": rows}, warnings)

    assert (options.time_limit, options.seed) == (5.0, 0)
    assert "populationSize" in warnings[0]


def test_load__period_that_ends_before_it_starts__is_refused() -> None:
    with pytest.raises(ValueError, match="first and a last day"):
        load_problem(PlanningData(start=START, end="2025-01-01", staff=[], settings={}))


def test_load__covering__holds_only_while_grid_and_assignment_bear_it_out() -> None:
    covering = [{"staffId": "b", "dateKey": key(index), "groupId": "g"} for index in range(3)]
    given = problem(
        schedule=grid(b="○×○"),
        staffGroups=[group("g", ["a"])],
        backupAssignments=[assignment("b", "g", effectiveFrom=key(1))],
        covering=covering,
    )

    assert given.covering == {("b", day(2)): "g"}
    assert len(given.warnings) == 2


def test_load__rows_that_are_deleted__do_not_count() -> None:
    row = {**limit(shiftType="off", maxCount=0), "isActive": False}

    assert problem(dailyLimits=[row]).daily == ()


@pytest.mark.parametrize("scope", ["staff_status", "group", "individual"])
def test_load__limit_whose_targets_are_not_chosen_yet__counts_for_everybody(scope: str) -> None:
    row = limit(shiftType="off", maxCount=1, scope=scope, targetIds=[], aboutEverybody=True)
    given = problem(staff=["a", "b"], schedule=grid(a="××.", b="××."), monthlyLimits=[row])

    assert [each.staff_id for each in score_schedule(given)[1]] == ["a", "b"]

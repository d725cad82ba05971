"""Who covers whom on a hand-made schedule."""

from collections.abc import Mapping
from datetime import date, timedelta

from backups.rules import (
    Assignment,
    BackupGroup,
    CellKind,
    CoverageReport,
    Person,
    Roster,
    Why,
    cells_to_call,
    coverage,
    suggestions,
    warnings,
)

START = date(2025, 8, 24)
KINDS = {
    ".": CellKind.WORKING_BLANK,
    " ": CellKind.RESTING_BLANK,
    "○": CellKind.WORKING,
    "×": CellKind.OFF,
    "★": CellKind.DESIGNATED_OFF,
}


def day(index: int) -> date:
    return START + timedelta(days=index)


def roster(
    cells: Mapping[str, str], groups: list[BackupGroup], assignments: list[Assignment], **rest: object
) -> Roster:
    """A roster as text: one character a day for each person."""
    length = max(len(row) for row in cells.values())
    people = {each: Person(each, each.upper()) for each in cells}
    return Roster(
        days=[day(index) for index in range(length)],
        people={**people, **rest.pop("people", {})},  # type: ignore[dict-item]  # tests replace single people
        groups=groups,
        assignments=assignments,
        cell=lambda staff_id, when: KINDS[cells[staff_id][(when - START).days]],
        **rest,  # type: ignore[arg-type]  # any field of the roster
    )


def backup(staff_id: str, group_id: str, priority: int = 1, **dates: date) -> Assignment:
    return Assignment(f"{staff_id}-{group_id}", staff_id, group_id, priority, **dates)


def who(report: CoverageReport) -> list[tuple[str, int, list[str], int]]:
    return [
        (each.group_id, (each.day - START).days, [cover.staff_id for cover in each.covers], each.uncovered)
        for each in report.days
    ]


KITCHEN = BackupGroup("kitchen", "Kitchen", ("a", "b"))
HALL = BackupGroup("hall", "Hall", ("c",))


def test_coverage__member_off__calls_the_backup_whose_cell_is_blank_or_off() -> None:
    report = coverage(roster({"a": "×.★×", "b": "....", "x": ". ×."}, [KITCHEN], [backup("x", "kitchen")]))

    assert who(report) == [("kitchen", 0, ["x"], 0), ("kitchen", 2, ["x"], 0), ("kitchen", 3, ["x"], 0)]
    assert report.to_wire()["totals"] == {"needed": 3, "covered": 3, "uncovered": 0, "rate": 1.0}


def test_coverage__backup_with_a_shift_or_designated_off__is_not_free() -> None:
    report = coverage(roster({"a": "××", "b": "..", "x": "○★"}, [KITCHEN], [backup("x", "kitchen")]))

    assert who(report) == [("kitchen", 0, [], 1), ("kitchen", 1, [], 1)]
    assert [each.reasons[0].why for each in report.days] == [Why.WORKING, Why.DESIGNATED_OFF]


def test_coverage__several_off__calls_several_by_priority_within_the_most_of_a_day() -> None:
    group = BackupGroup("kitchen", "Kitchen", ("a", "b"), max_per_day=1)
    assignments = [backup("x", "kitchen", 2), backup("y", "kitchen", 1)]
    cells = {"a": "×", "b": "×", "x": ".", "y": "."}

    assert who(coverage(roster(cells, [KITCHEN], assignments))) == [("kitchen", 0, ["y", "x"], 0)]
    report = coverage(roster(cells, [group], assignments))
    assert who(report) == [("kitchen", 0, ["y"], 1)]
    assert report.days[0].reasons[0].why is Why.MAX_PER_DAY


def test_coverage__one_backup_for_two_groups__covers_one_and_says_so() -> None:
    report = coverage(
        roster({"a": "×", "b": ".", "c": "×", "x": "."}, [KITCHEN, HALL], [backup("x", "kitchen"), backup("x", "hall")])
    )

    assert who(report) == [("kitchen", 0, ["x"], 0), ("hall", 0, [], 1)]
    assert [reason.why for reason in report.days[1].reasons] == [Why.OTHER_GROUP]


def test_coverage__backup_that_only_one_group_has__is_left_to_it() -> None:
    assignments = [backup("x", "kitchen", 1), backup("y", "kitchen", 2), backup("x", "hall", 1)]
    report = coverage(roster({"a": "×", "b": ".", "c": "×", "x": ".", "y": "."}, [KITCHEN, HALL], assignments))

    assert who(report) == [("kitchen", 0, ["y"], 0), ("hall", 0, ["x"], 0)]


def test_coverage__outside_dates_or_employment__nobody_is_called() -> None:
    assignments = [backup("x", "kitchen", effective_from=day(1)), backup("y", "kitchen", effective_until=day(5))]
    people = {"y": Person("y", "Y", ends=day(-1))}
    report = coverage(roster({"a": "××", "b": "..", "x": "..", "y": ".."}, [KITCHEN], assignments, people=people))

    assert who(report) == [("kitchen", 0, [], 1), ("kitchen", 1, ["x"], 0)]
    assert {reason.why for reason in report.days[0].reasons} == {Why.OUTSIDE_DATES, Why.NOT_EMPLOYED}


def test_coverage__unknown_ids_and_own_members__are_passed_over() -> None:
    group = BackupGroup("kitchen", "Kitchen", ("a", "gone"))
    assignments = [backup("ghost", "kitchen"), backup("a", "kitchen"), backup("x", "nowhere")]
    report = coverage(roster({"a": "×", "x": "."}, [group], assignments))

    assert who(report) == [("kitchen", 0, [], 1)]
    assert {reason.why for reason in report.days[0].reasons} == {Why.UNKNOWN_STAFF, Why.OWN_GROUP}


def test_coverage__below_minimum__calls_as_many_as_are_missing() -> None:
    group = BackupGroup("kitchen", "Kitchen", ("a", "b", "c"), minimum=2, below_minimum=True)
    cells = {"a": "××", "b": ".×", "c": "..", "x": ".."}
    report = coverage(roster(cells, [group], [backup("x", "kitchen")]))

    assert who(report) == [("kitchen", 1, ["x"], 0)]


def test_coverage__own_limits__count_the_earlier_calls() -> None:
    report = coverage(
        roster(
            {"a": "×××", "b": "...", "x": "   "},
            [KITCHEN],
            [backup("x", "kitchen")],
            may_work=lambda staff_id, when, called: len(called) < 2,
        )
    )

    assert who(report) == [("kitchen", 0, ["x"], 0), ("kitchen", 1, ["x"], 0), ("kitchen", 2, [], 1)]
    assert report.days[2].reasons[0].why is Why.OWN_LIMITS


def test_coverage__applied_and_recorded__stays_covered() -> None:
    given = ({"a": "×", "b": ".", "x": "."}, [KITCHEN], [backup("x", "kitchen")])
    called = cells_to_call(coverage(roster(*given)))
    assert [(cover.staff_id, cover.day, cover.group_id) for cover in called] == [("x", day(0), "kitchen")]

    applied = roster({**given[0], "x": "○"}, *given[1:], covering={("x", day(0)): "kitchen"})
    report = coverage(applied)
    assert who(report) == [("kitchen", 0, ["x"], 0)]
    assert cells_to_call(report) == []


def test_coverage__closed_day_and_group_without_backups__need_nobody() -> None:
    report = coverage(
        roster(
            {"a": "××", "b": "..", "c": "××", "x": ".."},
            [KITCHEN, HALL],
            [backup("x", "kitchen")],
            closed=frozenset({day(0)}),
        )
    )

    assert who(report) == [("kitchen", 1, ["x"], 0)]


def test_coverage__required_without_any_backup__says_so() -> None:
    group = BackupGroup("hall", "Hall", ("c",), required=True)
    report = coverage(roster({"c": "×"}, [group], []))

    assert [reason.why for reason in report.days[0].reasons] == [Why.NO_BACKUP]
    assert "messageJa" in report.days[0].reasons[0].to_wire()


def test_coverage__totals__by_backup() -> None:
    report = coverage(roster({"a": "××", "b": "..", "x": "..", "y": ".."}, [KITCHEN], [backup("x", "kitchen")]))

    assert report.by_backup() == [{"staffId": "x", "days": 2, "rate": 1.0, "byGroup": {"kitchen": 2}}]


def test_suggestions__best_first__by_what_they_would_cover() -> None:
    found = suggestions(roster({"a": "×××", "b": "...", "x": ".○.", "y": "○○."}, [KITCHEN], []))

    assert [(each.staff_id, each.covers) for each in found] == [("x", 2), ("y", 1)]
    assert found[0].to_wire()["dateKeys"] == [day(0).isoformat(), day(2).isoformat()]


def test_warnings__name_what_does_not_serve() -> None:
    assignments = [
        backup("x", "kitchen"),
        backup("x", "hall"),
        backup("y", "kitchen"),
        backup("ghost", "kitchen"),
        backup("a", "kitchen"),
        backup("x", "nowhere"),
    ]
    people = {"y": Person("y", "Y", ends=day(-1))}
    given = roster({"a": "×", "b": ".", "c": "×", "x": "★", "y": "."}, [KITCHEN, HALL], assignments, people=people)
    found = {(each.why, each.staff_id) for each in warnings(given)}

    assert found == {
        (Why.UNKNOWN_STAFF, "ghost"),
        (Why.OWN_GROUP, "a"),
        (Why.UNKNOWN_GROUP, "x"),
        (Why.DESIGNATED_OFF, "x"),
        (Why.NOT_EMPLOYED, "y"),
        (Why.NEEDED_TWICE, "x"),
    }


def test_coverage__groups_that_share__one_call_for_both_and_none_too_many() -> None:
    groups = [BackupGroup(each, each, (member,), shares_backups=True) for each, member in (("g", "a"), ("h", "c"))]
    backups = [backup("p", "g"), backup("q", "h"), backup("p", "h", 2)]
    report = coverage(roster({"a": "×", "c": "×", "p": " ", "q": " "}, groups, backups))

    assert [(each.group_id, [(cover.staff_id, cover.shared) for cover in each.covers]) for each in report.days] == [
        ("g", [("p", False)]),
        ("h", [("p", True)]),
    ]
    assert [(each.staff_id, each.group_id) for each in cells_to_call(report)] == [("p", "g")]
    assert report.by_backup() == [{"staffId": "p", "days": 1, "rate": 1.0, "byGroup": {"g": 1, "h": 1}}]


def test_coverage__call_for_a_group_that_shares_and_needs_nobody_now__covers_the_other() -> None:
    groups = [BackupGroup(each, each, (member,), shares_backups=True) for each, member in (("g", "a"), ("h", "c"))]
    given = roster(
        {"a": ".", "c": "×", "p": "○"}, groups, [backup("p", "g"), backup("p", "h")], covering={("p", day(0)): "g"}
    )

    assert [(each.group_id, each.uncovered, each.covers[0].already) for each in coverage(given).days] == [
        ("h", 0, True)
    ]


def test_coverage__one_of_the_groups_does_not_share__it_has_a_backup_of_its_own() -> None:
    groups = [
        BackupGroup("g", "g", ("a",), shares_backups=True),
        BackupGroup("h", "h", ("c",), shares_backups=True),
        BackupGroup("k", "k", ("d",)),
    ]
    backups = [backup("p", "g"), backup("p", "h"), backup("p", "k"), backup("q", "k")]
    report = coverage(roster({"a": "×", "c": "×", "d": "×", "p": " ", "q": " "}, groups, backups))

    assert who(report) == [("g", 0, ["p"], 0), ("h", 0, ["p"], 0), ("k", 0, ["q"], 0)]


def test_warnings__needed_by_two_groups_that_share__are_none() -> None:
    groups = [BackupGroup(each, each, (member,), shares_backups=True) for each, member in (("g", "a"), ("h", "c"))]
    cells = {"a": "×", "c": "×", "p": " "}

    assert warnings(roster(cells, groups, [backup("p", "g"), backup("p", "h")])) == []


def placed(*who_where: tuple[str, str]) -> dict[str, Person]:
    return {each: Person(each, each.upper(), position=position) for each, position in who_where}


def test_suggestions__somebody_of_the_groups_position__is_suggested_instead_of_others_who_are_free_more_often() -> None:
    people = placed(("a", "調理"), ("p", "調理"), ("q", "ホール"))
    given = roster({"a": "××", "p": "○×", "q": "  "}, [BackupGroup("g", "g", ("a",))], [], people=people)

    assert [(each.staff_id, each.covers, each.same_position) for each in suggestions(given)] == [("p", 1, True)]


def test_suggestions__nobody_of_the_groups_position_is_free__others_are_suggested() -> None:
    people = placed(("a", "調理"), ("p", "調理"), ("q", "ホール"))
    given = roster({"a": "××", "p": "○○", "q": "  "}, [BackupGroup("g", "g", ("a",))], [], people=people)

    assert [(each.staff_id, each.covers, each.same_position) for each in suggestions(given)] == [("q", 2, False)]


def test_suggestions__group_that_shares__counts_days_on_which_another_of_them_calls() -> None:
    groups = [BackupGroup(each, each, (member,), shares_backups=True) for each, member in (("g", "a"), ("h", "c"))]
    given = roster({"a": "★★", "c": "★★", "p": "  "}, groups, [backup("p", "g")])

    assert [(each.staff_id, each.group_id, each.covers) for each in suggestions(given)] == [("p", "h", 2)]

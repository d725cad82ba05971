"""What a cell means on a day for a person."""

from datetime import date, timedelta
from typing import Any

import pytest

from schedules.generation.kinds import TEXT, Kind, ShiftTypes
from schedules.generation.loading import load_member
from schedules.generation.meaning import meaning
from schedules.generation.score import Scorer
from schedules.generation.statistics import per_day, per_person
from tests.unit.generation.builders import START, day, grid, key, limit, member, problem, rule

DAY = date(2025, 8, 27)
TYPES = ShiftTypes()

READ = {
    "blank of a regular": ("社員", "", False, Kind.NORMAL, 0),
    "blank of a regular, closed": ("社員", "", True, Kind.OFF, 1),
    "blank of who is called": ("パート", "", False, Kind.FREE, 0),
    "blank of who is called, closed": ("パート", "", True, Kind.FREE, 0),
    "off, closed": ("社員", "×", True, Kind.OFF, 1),
    "off of who is called, closed": ("パート", "×", True, Kind.OFF, 1),
    "designated off, closed": ("社員", "★", True, Kind.DESIGNATED_OFF, 1),
    "written work, closed": ("社員", "○", True, Kind.NORMAL, 0),
    "a note, closed": ("社員", "棚卸", True, Kind.NOTE, 0),
}


@pytest.mark.parametrize("case", READ)
def test_meaning__of_a_cell__depends_on_the_person_and_the_day(case: str) -> None:
    kind, value, is_closed, expected, share = READ[case]
    state = meaning(load_member(member("a", type=kind)), DAY, value, types=TYPES, closed={DAY} if is_closed else ())

    assert (state.kind, int(state.off_equivalent), state.value) == (expected, share, value)


@pytest.mark.parametrize("value", ["", "×", "○"])
def test_meaning__outside_the_employment__is_absent_closed_or_not(value: str) -> None:
    person = load_member(member("a", startPeriod={"year": 2025, "month": 9}))

    assert meaning(person, DAY, value, types=TYPES, closed={DAY}).kind is Kind.ABSENT


CLOSED = [{"date": key(index), "kind": "closed"} for index in (-1, 2, 3)]


def test_statistics__closed_days__are_days_off_and_end_a_run() -> None:
    given = problem(
        staff=["a", member("p", type="パート")], days=7, calendar=CLOSED, schedule=grid(a="..×....", p="○......")
    )
    own, called = per_person(Scorer(given))

    assert (own.working, own.off, own.days_off, own.longest_run) == (5, 2, 2.0, 3)
    assert (called.working, called.off, called.days_off) == (1, 0, 0.0)
    assert [each.working for each in per_day(Scorer(given))] == [2, 1, 0, 0, 1, 1, 1]
    assert [each.off for each in per_day(Scorer(given))] == [0, 0, 1, 0, 0, 0, 0], (
        "of a closed day only who is marked off"
    )


COUNTED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "off of the week, most": ({"weeklyLimits": [limit(shiftType="off", maxCount=1)]}, ["weekly_limit"]),
    "off of the week, least": ({"weeklyLimits": [limit(shiftType="off", minCount=2)]}, []),
    "work of the week, most": ({"weeklyLimits": [limit(maxCount=5)]}, []),
    "off of the month, most": ({"monthlyLimits": [limit(limitType="max_off_days", maxCount=1)]}, ["monthly_limit"]),
    "off of the month, least": ({"monthlyLimits": [limit(limitType="min_off_days", minCount=2)]}, []),
    "run across": ({"priorityRules": [rule("max_consecutive_work", maxCount=3)]}, []),
    "run beside": ({"priorityRules": [rule("max_consecutive_work", maxCount=2)]}, ["max_consecutive_work"]),
    "nobody has to be there": ({"dailyLimits": [limit(minCount=1)]}, []),
}


@pytest.mark.parametrize("case", COUNTED)
def test_limits__blank_and_off_on_closed_days__count_as_days_off(case: str) -> None:
    tables, expected = COUNTED[case]
    given = problem(staff=["a"], days=7, calendar=CLOSED, schedule=grid(a="..×...."), **tables)

    assert [each.kind for each in Scorer(given).violations()] == expected


def test_run__closed_day_before_the_period__ends_it() -> None:
    earlier = {"a": {(START - timedelta(days=age)).isoformat(): "○" for age in range(2, 6)}}
    rules = [rule("max_consecutive_work", maxCount=3)]
    known = problem(staff=["a"], days=3, calendar=CLOSED[:1], previous_data=earlier, priorityRules=rules)
    worked = problem(staff=["a"], days=3, previous_data=earlier, priorityRules=rules)

    assert Scorer(known).violations() == []
    assert Scorer(worked).violations() != []


def test_week__closed_day_before_the_period__is_one_of_its_days_off() -> None:
    earlier = {"a": {day(-2).isoformat(): "○", day(-1).isoformat(): ""}}
    weekly = [limit(shiftType="off", maxCount=0, weekStartsOn=6)]
    known = problem(staff=["a"], days=6, calendar=CLOSED[:1], previous_data=earlier, weeklyLimits=weekly)

    assert [each.kind for each in Scorer(known).violations()] == ["weekly_limit"]


NAMED: dict[str, tuple[list[Any], list[int]]] = {
    "holiday": (["holiday"], [2, 5]),
    "day before one": (["before_holiday"], [1, 4]),
    "both and a Sunday": ([0, "holiday", "before_holiday"], [0, 1, 2, 4, 5, 7]),
    "a Sunday": ([0], [0, 7]),
}


@pytest.mark.parametrize("case", NAMED)
def test_days__named_by_holidays__are_those_of_the_rows(case: str) -> None:
    named, expected = NAMED[case]
    given = problem(
        staff=["a"],
        days=8,
        holidays=[day(2), day(5)],
        schedule=grid(a="○○○○○○○○"),
        dailyLimits=[limit(shiftType="any", maxCount=0, daysOfWeek=named)],
        priorityRules=[rule("required_off", daysOfWeek=named)],
    )
    for kind in ("daily_limit", "required_off"):
        assert [each.day for each in Scorer(given).violations() if each.kind == kind] == [
            day(index) for index in expected
        ]


def test_days__holiday_in_a_month_without_one__are_none() -> None:
    given = problem(staff=["a"], days=8, dailyLimits=[limit(shiftType="any", maxCount=0, daysOfWeek=["holiday"])])

    assert Scorer(given).violations() == []


@pytest.mark.parametrize("symbol", ["△", "◇", "★", "●"])
@pytest.mark.parametrize("says", ["nothing", "work", "off"])
def test_meaning__usual_symbol_that_the_restaurant_has_not__is_text(symbol: str, says: str) -> None:
    own = [each for each in ShiftTypes().types if each.symbol != symbol]
    types = ShiftTypes(own, says)

    assert not types.explains(symbol)
    assert types.state(symbol, blank_works=True).kind is TEXT[says][0]
    assert types.first(next(each.kind for each in ShiftTypes().types if each.symbol == symbol)) is None


@pytest.mark.parametrize("kind", [Kind.NORMAL, Kind.OFF])
def test_meaning__restaurant_without_normal_work_or_days_off__has_the_usual_symbols_for_them(kind: Kind) -> None:
    types = ShiftTypes([each for each in ShiftTypes().types if each.kind is not kind])

    assert types.first(kind) == ShiftTypes().first(kind)

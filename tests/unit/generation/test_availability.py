"""When people can work, in the generator: kept like a hard rule, by weekday and by the times of the shifts, and reported."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from schedules.generation.explain import explain
from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation.builders import QUICK, availability, brute_force, day, found, grid, key, limit, problem

SUNDAY, MONDAY, TUESDAY = 0, 1, 2
"""The weekdays of the first three days."""
TYPES: list[dict[str, Any]] = [
    {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "17:00"},
    {"symbol": "△", "kind": "early", "startTime": "06:00", "endTime": "13:00"},
    {"symbol": "◇", "kind": "late", "startTime": "17:00", "endTime": "01:00"},
    {"symbol": "夜", "kind": "late", "startTime": "20:00", "endTime": "05:00"},
    {"symbol": "研", "kind": "special"},
    {"symbol": "×", "kind": "off", "offEquivalent": 1},
]
STAFFED = limit("one", hard=True, shiftType="any", minCount=1)


def hours(begins: str | None, ends: str | None) -> dict[str, Any]:
    return {"availableFrom": begins, "availableUntil": ends}


def test_availability__not_on_mondays__is_a_day_off_every_monday() -> None:
    result = generate(problem(["a", "b"], 9, availability=[availability("a", MONDAY)]))

    assert [result.values["a", day(index)] for index in (0, 1, 2, 8)] == ["", "×", "", "×"]
    assert result.status is Status.OPTIMAL
    assert result.violations == []


@pytest.mark.parametrize(
    ("begins", "ends", "fitting"),
    [
        ("17:00", None, "◇夜研"),
        ("17:01", None, "夜研"),
        (None, "17:00", "○△研"),
        (None, "16:59", "△研"),
        (None, "00:00", "○△研"),
        ("09:00", "02:00", "○◇研"),
        ("17:00", "01:00", "◇研"),
        ("10:00", "12:00", "研"),
    ],
)
def test_availability__hours__rule_out_the_shifts_whose_times_lie_outside(
    begins: str | None, ends: str | None, fitting: str
) -> None:
    entry = availability("a", SUNDAY, **hours(begins, ends))
    kept = [
        symbol
        for symbol in "○△◇夜研×"
        if not found(problem(["a"], 1, shift_types=TYPES, schedule=grid(a=symbol), availability=[entry]))
    ]

    assert "".join(kept) == fitting + "×"


def test_availability__from_the_evening__offers_the_shift_that_fits() -> None:
    given = problem(
        ["a", "b"],
        1,
        shift_types=TYPES,
        availability=[availability("a", SUNDAY, **hours("19:00", None))],
        dailyLimits=[limit("two", hard=True, shiftType="any", minCount=2)],
    )

    assert generate(given).values["a", day(0)] == "夜"


def test_availability__a_blank_that_means_work__has_the_times_of_normal_work() -> None:
    entry = availability("a", SUNDAY, **hours("17:00", None))
    (told,) = Scorer(problem(["a"], 1, shift_types=TYPES, availability=[entry])).violations()

    assert (told.kind, told.staff_id, told.day, told.is_hard) == ("availability_from", "a", day(0), True)
    assert told.message == "A works on 24 August before 17:00, when they can begin"
    assert told.message_ja == "A:8月24日のシフトは出勤できる17:00より前に始まります"
    assert (told.rule_id, told.penalty) == ("a-0", 3000)


@pytest.mark.parametrize(
    ("fields", "message", "message_ja"),
    [
        (
            {},
            "A works on 24 August, a weekday on which they cannot",
            "A:8月24日は出勤できない曜日ですが出勤です",
        ),
        (
            hours(None, "16:00"),
            "A works on 24 August after 16:00, when they must end",
            "A:8月24日のシフトは出勤できる16:00より後に終わります",
        ),
        (
            hours("18:00", "02:00"),
            "A works on 24 August outside 18:00–2:00, when they can work",
            "A:8月24日のシフトは出勤できる時間(18:00–2:00)の外です",
        ),
    ],
)
def test_availability__not_kept__is_said_in_both_languages(
    fields: dict[str, Any], message: str, message_ja: str
) -> None:
    given = problem(["a"], 1, shift_types=TYPES, availability=[availability("a", SUNDAY, **fields)])
    (told,) = Scorer(given).violations()

    assert (told.message, told.message_ja) == (message, message_ja)


def test_availability__times_that_apply_from_a_day__are_those_of_each_day() -> None:
    types = [
        {
            **TYPES[0],
            "times": [
                {"validFrom": None, "startTime": "09:00", "endTime": "17:00"},
                {"validFrom": key(1), "startTime": "12:00", "endTime": "20:00"},
            ],
        },
        TYPES[-1],
    ]
    entry = availability("a", SUNDAY, MONDAY, **hours("12:00", None))
    given = problem(["a"], 2, shift_types=types, schedule=grid(a="○○"), availability=[entry])

    assert [each.day for each in Scorer(given).violations()] == [day(0)]


def test_availability__outside_its_dates_or_the_employment__says_nothing() -> None:
    entries = [
        availability("a", SUNDAY, MONDAY, TUESDAY, validFrom=key(1), validUntil=key(1)),
        availability("b", SUNDAY, validUntil=key(-1), validFrom=key(-9)),
        availability("gone", SUNDAY),
    ]
    late = {"id": "c", "name": "C", "startPeriod": {"year": 2025, "month": 8, "day": 25}}
    given = problem(["a", "b", late], 3, availability=[*entries, availability("c", SUNDAY)])

    assert found(given) == [("availability_day", 1)]


def test_availability__against_soft_rules__is_kept() -> None:
    staffed = limit("two", weight=50, shiftType="any", minCount=2)
    result = generate(problem(["a", "b"], 3, availability=[availability("a", MONDAY)], dailyLimits=[staffed]))

    assert result.values["a", day(1)] == "×"
    assert [each.kind for each in result.violations] == ["daily_limit"]


def test_availability__impossible_with_the_hard_rules__is_reported_with_the_conflict() -> None:
    given = problem(["a"], 3, availability=[availability("a", MONDAY)], dailyLimits=[STAFFED])
    result = generate(given)
    conflict = explain(given, result.violations).conflict

    assert result.status is Status.INFEASIBLE
    assert len([each for each in result.violations if each.is_hard]) == 1
    assert conflict is not None
    assert {part.kind for part in conflict.parts} == {"daily_limit", "availability_day"}
    (part,) = [part for part in conflict.parts if part.kind == "availability_day"]
    assert part.message == "no work on a weekday on which the person cannot (A) on 25 August"


def test_availability__weight_of_its_kind_in_the_options__multiplies() -> None:
    options = replace(QUICK, penalty_weights={"availability_day": Fraction(2)})
    given = problem(["a"], 1, options=options, availability=[availability("a", SUNDAY)])
    (told,) = Scorer(given).violations()

    assert told.penalty == 6000


def test_availability__shift_without_times__is_not_judged_by_hours_and_said() -> None:
    types = [{"symbol": "○", "kind": "normal"}, *TYPES[1:]]
    entries = [availability("a", SUNDAY, **hours("17:00", None)), availability("b", SUNDAY)]
    given = problem(["a", "b"], 1, shift_types=types, schedule=grid(a="○", b="○"), availability=entries)

    assert found(given) == [("availability_day", 1)]
    assert given.warnings == ("Availability of A: ○ without times, so its hours do not exclude them.",)


@pytest.mark.parametrize("entry", [availability("a", SUNDAY), availability("a", SUNDAY, **hours("17:00", "05:00"))])
def test_availability__solved__is_as_good_as_the_best_of_all_schedules(entry: dict[str, Any]) -> None:
    given = problem(["a", "b"], 2, shift_types=TYPES, availability=[entry], dailyLimits=[STAFFED])
    result = generate(given)

    assert (result.score.hard, result.score.objective) == brute_force(given)

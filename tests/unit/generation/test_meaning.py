"""Limits, groups and backups against an oracle that reads the settings' JSON itself: no two readers of the same code."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.generation.score import Scorer
from tests.unit.generation import builders, oracle, oracle_backups
from tests.unit.generation.builders import key, limit
from tests.unit.generation.drawn import EXAMPLES, PEOPLE, SHIFTS, WEEKDAYS, amounts, as_problem, broken, limits, months
from tests.unit.generation.oracle import CALLED, Month

SWITCH = st.sampled_from([None, True, False])


@EXAMPLES
@given(month=months())
def test_closed_day__any_month__only_written_work_breaks_it(month: Month) -> None:
    closed = month.closed.intersection(month.days)
    worked = [(person, day) for person in PEOPLE for day in closed if month.count([person], [day], "any")]
    found = {(each.staff_id, each.day) for each in Scorer(as_problem(month)).violations()}

    assert found == {(person, builders.day(index)) for person, index in worked}
    assert all(month.written[person][index + month.before] in ("○", "△", "◇") for person, index in worked)


@EXAMPLES
@given(month=months(), row=limits(), weekdays=WEEKDAYS, hard=st.booleans())
def test_daily_limit__any_month__counted_as_the_settings_say(
    month: Month, row: dict[str, Any], weekdays: list[int], hard: bool
) -> None:
    row = {**row, "daysOfWeek": weekdays}

    assert amounts(month, dailyLimits=[limit(hard=hard, **row)]) == broken(daily_limit=oracle.daily(month, row))


@EXAMPLES
@given(month=months(), row=limits(), start=st.integers(0, 6), weekdays=st.sampled_from([[], [0, 6], [*range(7)]]))
def test_weekly_limit__any_month__counted_as_the_settings_say(
    month: Month, row: dict[str, Any], start: int, weekdays: list[int]
) -> None:
    row = {**row, "weekStartsOn": start, "daysOfWeek": weekdays}

    assert amounts(month, weeklyLimits=[limit(**row)]) == broken(weekly_limit=oracle.weekly(month, row))


@EXAMPLES
@given(month=months(), row=limits())
def test_monthly_limit__any_month__counted_as_the_settings_say(month: Month, row: dict[str, Any]) -> None:
    assert amounts(month, monthlyLimits=[limit(**row)]) == broken(monthly_limit=oracle.monthly(month, row))


@EXAMPLES
@given(
    month=months(),
    row=limits(),
    limit_type=st.sampled_from(
        ["off_days", "off_days", "max_off_days", "max_work_days", "max_early_shifts", "max_late_shifts", "max_shifts"]
    ),
    half=st.sampled_from([0, 0.5]),
    switches=st.fixed_dictionaries({}, optional=dict.fromkeys(oracle.SWITCHES, SWITCH)),
)
def test_limit_of_a_month__any_type_and_switches__counted_as_the_settings_say(
    month: Month, row: dict[str, Any], limit_type: str, half: float, switches: dict[str, bool | None]
) -> None:
    row = {**row, **switches, "limitType": limit_type}
    if row["minCount"] is not None and limit_type.endswith("off_days"):
        row["minCount"] += half
    amount = oracle.limit_of_a_month(month, row)

    assert amounts(month, monthlyLimits=[limit(hard=True, **row)]) == ({"monthly_limit": amount} if amount else {})


@EXAMPLES
@given(
    month=months(),
    shift=SHIFTS,
    rules=st.fixed_dictionaries(
        {},
        optional={
            "maxConsecutive": st.integers(1, 3),
            "minDaysBetween": st.integers(1, 4),
            "preferWeekends": st.booleans(),
        },
    ),
)
def test_distribution__any_month__counted_as_the_settings_say(month: Month, shift: str, rules: dict[str, Any]) -> None:
    row: dict[str, Any] = {"shiftType": shift, "limitType": "shift_distribution", "distributionRules": rules}

    assert amounts(month, monthlyLimits=[limit(**row)]) == +oracle.distribution(month, row)


@EXAMPLES
@given(
    month=months(),
    members=st.sampled_from([["a", "b"], ["a", "b", "c"], ["a", CALLED]]),
    rules=st.fixed_dictionaries(
        {"maxOffPerDay": st.integers(0, 2)},
        optional={"minimumCoverage": st.integers(0, 3), "minEarly": st.integers(0, 2), "minLate": st.integers(0, 2)},
    ),
)
def test_group__any_month__counted_as_the_settings_say(month: Month, members: list[str], rules: dict[str, Any]) -> None:
    row = builders.group("g", members, **rules)

    assert amounts(month, staffGroups=[row]) == +oracle.group(month, row["groupConfig"])


@st.composite
def called(
    draw: st.DrawFn,
) -> tuple[Month, dict[str, dict[str, Any]], list[dict[str, Any]], dict[tuple[str, int], str]]:
    """A month, groups that share some of their members, who backs them up, and who is called for which: only who is a backup then."""
    month = draw(months())
    rules = st.fixed_dictionaries(
        {"maxOffPerDay": st.just(99)},
        optional={
            "minimumCoverage": st.integers(0, 3),
            "backupRequired": st.booleans(),
            "backupMode": st.sampled_from(["each_absence", "below_minimum"]),
            "maxBackupsPerDay": st.integers(0, 2),
            "sharesBackups": st.booleans(),
        },
    )
    members = {"g": ["a", "b"], "h": draw(st.sampled_from([["c"], ["b", "c"], [CALLED]])), "i": ["a"]}
    groups = {name: {"members": each, "coverageRules": draw(rules)} for name, each in members.items()}
    pairs = draw(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from([*groups])), max_size=6))
    assignments = [
        {
            "id": str(number),
            "staffId": person,
            "groupId": group,
            "priorityOrder": draw(st.integers(1, 3)),
            "from": draw(st.sampled_from([-99, -99, 0, 2])),
            "until": draw(st.sampled_from([99, 99, 1, 5])),
        }
        for number, (person, group) in enumerate(pairs)
    ]
    calls = {}
    for person in PEOPLE:
        for day in month.days:
            fits = [each for each in groups if oracle_backups.may_cover(groups, assignments, person, each, day)]
            if fits and month.mark(person, day) == "○" and draw(st.booleans()):
                calls[person, day] = draw(st.sampled_from(fits))
    return month, groups, assignments, calls


@settings(EXAMPLES, max_examples=600)
@given(drawn=called())
def test_backups__any_month__counted_as_the_settings_say(
    drawn: tuple[Month, dict[str, dict[str, Any]], list[dict[str, Any]], dict[tuple[str, int], str]],
) -> None:
    month, groups, assignments, calls = drawn
    rows = [
        {
            **{name: each[name] for name in ("id", "staffId", "groupId", "priorityOrder")},
            "effectiveFrom": key(each["from"]),
            "effectiveUntil": key(each["until"]),
        }
        for each in assignments
    ]
    found = amounts(
        month,
        staffGroups=[builders.group(name, each["members"], **each["coverageRules"]) for name, each in groups.items()],
        backupAssignments=rows,
        covering=[{"staffId": person, "dateKey": key(day), "groupId": group} for (person, day), group in calls.items()],
    )

    assert found == +oracle_backups.backups(month, groups, assignments, calls)

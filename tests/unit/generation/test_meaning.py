"""The scorer against an oracle that reads the settings' JSON itself: no two readers of the same code."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schedules.generation.problem import Problem
from schedules.generation.score import Scorer
from tests.unit.generation import builders, oracle, oracle_backups
from tests.unit.generation.builders import key, limit, member, problem
from tests.unit.generation.oracle import CALLED, Month

PEOPLE = ["a", "b", "c", CALLED]
STAFF = [
    member(person, type="パート" if person == CALLED else "社員", status=oracle.STATUS.get(person, ""))
    for person in PEOPLE
]
GROUPS = {"g0": ["a", "b"], "g1": ["c", CALLED]}
KINDS = {"○": "normal", "△": "early", "◇": "late"}


def hours(times: tuple[int, int]) -> dict[str, str]:
    return {"startTime": f"{times[0]:02}:00", "endTime": f"{times[1] % 24:02}:00"}


def timed(other_from: int | None) -> list[dict[str, Any]]:
    """The shift types, as the oracle knows their times; the types' own are those that the month does not begin with."""
    rests = [{"symbol": "×", "kind": "off"}, {"symbol": "★", "kind": "designated_off"}]
    if other_from is None:
        return [
            *rests,
            *({"symbol": mark, "kind": KINDS[mark], **hours(times)} for mark, times in oracle.TIMES.items()),
        ]
    changed = {mark: times for mark, times in oracle.OTHER_TIMES.items() if times != oracle.TIMES[mark]}
    return [
        *rests,
        *(
            {
                "symbol": mark,
                "kind": KINDS[mark],
                **hours(oracle.OTHER_TIMES[mark]),
                "times": [
                    {"validFrom": None, **hours(times)},
                    *([{"validFrom": key(other_from), **hours(changed[mark])}] if mark in changed else []),
                ],
            }
            for mark, times in oracle.TIMES.items()
        ),
    ]


EXAMPLES = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SHIFTS = st.sampled_from(["any", "normal", "early", "late", "off"])
BOUNDS = st.one_of(st.none(), st.integers(0, 4))
WEEKDAYS = st.sampled_from([[], [], [0], [1, 3], [0, 6]])


@st.composite
def months(draw: st.DrawFn, around: bool = True) -> Month:
    length = draw(st.integers(1, 16))
    marks = st.lists(st.sampled_from(["", "", "", "○", "△", "◇", "×", "×", "★"]), min_size=length, max_size=length)
    before, after = draw(st.sampled_from([(0, 0), (0, 0), (3, 0), (0, 4), (6, 9)] if around else [(0, 0)]))
    closed = draw(st.sets(st.integers(-before, length + after - 1), max_size=3)) if draw(st.booleans()) else set()
    # Of who has no mark at all before the period nothing is known there.
    earlier = st.lists(st.sampled_from(["○", "○", "△", "◇", "×", "★"]), min_size=before, max_size=before)
    later = st.lists(st.sampled_from(["", "", "○", "△", "◇", "×", "★"]), min_size=after, max_size=after)
    written = {person: [*draw(earlier), *draw(marks), *draw(later)] for person in PEOPLE}
    other_from = draw(st.none() | st.integers(-before, length + after))
    return Month(written, GROUPS, frozenset(closed), before, after, other_times_from=other_from)


def as_problem(month: Month, first: int = 0, staff: list[dict[str, Any]] | None = None, **tables: Any) -> Problem:
    """The month, which begins on the day of that number."""

    def cells(days: range) -> dict[str, dict[str, str]]:
        return {
            person: {key(first + day): marks[day + month.before] for day in days}
            for person, marks in month.written.items()
        }

    return problem(
        staff=staff or STAFF,
        start=builders.day(first),
        days=len(month.days),
        schedule=cells(month.days),
        previous_data=cells(range(-month.before, 0)),
        following_data=cells(range(len(month.days), len(month.days) + month.after)),
        calendar=[{"date": key(first + index), "kind": "closed"} for index in month.closed],
        shift_types=tables.pop("shift_types", None)
        or timed(None if month.other_times_from is None else first + month.other_times_from),
        **tables,
    )


def amounts(month: Month, **tables: Any) -> Counter[str]:
    """What the scorer finds broken of these tables, by kind."""
    groups = [builders.group(group, members) for group, members in GROUPS.items()]
    given = as_problem(month, **{"staffGroups": groups, **tables})
    found: Counter[str] = Counter()
    for violation in Scorer(given).violations():
        if violation.kind == "closed_day":
            continue
        found[violation.kind] += violation.amount  # type: ignore[assignment]  # decimals are not drawn
    return found


def broken(**found: float) -> Counter[str]:
    return +Counter(found)


@st.composite
def limits(draw: st.DrawFn) -> dict[str, Any]:
    scope, targets = draw(
        st.sampled_from(
            [
                ("all", []),
                ("individual", ["a"]),
                ("individual", ["b", CALLED]),
                ("individual", []),
                ("staff_status", ["社員"]),
                ("staff_status", ["社員", "派遣"]),
                ("group", ["g0"]),
                ("group", ["g0", "g1"]),
            ]
        )
    )
    bounds = {"minCount": draw(BOUNDS), "maxCount": draw(BOUNDS)}
    return {"shiftType": draw(SHIFTS), "scope": scope, "targetIds": targets, **bounds}


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


@st.composite
def needs(draw: st.DrawFn) -> dict[str, Any]:
    row = draw(limits())
    days = st.sampled_from([*oracle.NAMES, "holiday", "beforeHoliday"])
    return {
        **{name: row[name] for name in ("shiftType", "scope", "targetIds")},
        "perDay": draw(st.dictionaries(days, BOUNDS)),
        "spare": draw(st.sampled_from([0, 0, 1])),
        "tooManyWeight": draw(st.sampled_from([0, 1, 2.5])),
    }


@settings(EXAMPLES, max_examples=300)
@given(
    month=months(),
    row=needs(),
    dates=st.dictionaries(st.integers(0, 15), st.integers(0, 4), max_size=3),
    holidays=st.sets(st.integers(0, 16), max_size=4),
    hard=st.booleans(),
)
def test_need__any_month__counted_as_the_table_says(
    month: Month, row: dict[str, Any], dates: dict[int, int], holidays: set[int], hard: bool
) -> None:
    expected = oracle.needs(month, {**row, "dates": dates, "holidays": holidays})
    asked = builders.need(hard=hard, **row, perDate={key(index): number for index, number in dates.items()})
    found = amounts(month, staffingNeeds=[asked], holidays=[builders.day(index) for index in holidays])

    assert found == +expected


PEOPLE_OF_A_LEVEL = st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True)


LEVEL_FOR_A_TIME = st.fixed_dictionaries(
    {
        "staffId": st.sampled_from(PEOPLE),
        "level": st.integers(1, 3),
        "from": st.none() | st.integers(-3, 12),
        "until": st.none() | st.integers(0, 16),
    }
)


@st.composite
def needs_with_skills(draw: st.DrawFn) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    skills = {
        name: {
            "levels": [draw(PEOPLE_OF_A_LEVEL) for _ in range(3)],
            "dated": draw(st.lists(LEVEL_FOR_A_TIME, max_size=3)),
        }
        for name in ("cook", "till")
    }
    return skills, [
        {
            **draw(needs()),
            "skillId": draw(st.sampled_from(["cook", "till"])),
            "minLevel": draw(st.sampled_from([1, 1, 2, 3])),
            "tooManyWeight": 0,
            "penaltyWeight": draw(st.sampled_from([1, 2, 5])),
            "hard": draw(st.booleans()),
            "dates": draw(st.dictionaries(st.integers(0, 15), st.integers(0, 3), max_size=8)),
            "holidays": [],
        }
        for _ in range(draw(st.integers(1, 4)))
    ]


@settings(EXAMPLES, max_examples=1500)
@given(month=months(), asked=needs_with_skills())
def test_needs_with_skills__any_month__cost_what_the_cheapest_of_all_assignments_leaves_empty(
    month: Month, asked: tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]
) -> None:
    skills, rows = asked
    told = [
        builders.need(
            str(number),
            hard=row["hard"],
            weight=row["penaltyWeight"],
            perDate={key(index): wanted for index, wanted in row["dates"].items()},
            **{name: row[name] for name in ("perDay", "shiftType", "scope", "targetIds", "skillId", "minLevel")},
        )
        for number, row in enumerate(rows)
    ]
    groups = [builders.group(group, members) for group, members in GROUPS.items()]
    known = [builders.skill(name, *each["levels"], dated=each["dated"]) for name, each in skills.items()]
    given = as_problem(month, staffGroups=groups, skills=known, staffingNeeds=told)
    found = [each for each in Scorer(given).violations() if each.kind == "staffing_skill"]
    hard, soft = (sum(each.penalty for each in found if each.is_hard is is_hard) for is_hard in (True, False))

    assert (hard, soft) == oracle.places(month, skills, rows)


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


SWITCH = st.sampled_from([None, True, False])


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


@st.composite
def definitions(draw: st.DrawFn, rule_type: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "shiftType": draw(SHIFTS),
        "staffIds": draw(st.sampled_from([[], ["a"], ["a", "c"], ["b", CALLED]])),
        "groupIds": draw(st.sampled_from([[], ["g0"]])),
        "daysOfWeek": draw(WEEKDAYS),
        "days": draw(st.sampled_from([[], [], [0], [2, 5]])),
    }
    if rule_type == "avoid_shift_with_exceptions":
        row["allowedShifts"] = draw(st.lists(SHIFTS, max_size=2))
    if rule_type in ("forbidden_sequence", "required_sequence"):
        row["sequence"] = draw(st.lists(SHIFTS, min_size=2, max_size=3))
    if rule_type == "hours":
        row["per"], row["weekStartsOn"] = draw(st.sampled_from(["week", "period"])), draw(st.integers(0, 6))
        row["breakMinutes"] = draw(st.sampled_from([0, 45, 60]))
        row["breakOverHours"] = draw(st.sampled_from([6, 8]))
        row["maxHours"] = draw(st.sampled_from([None, 20, 28.5]))
    if rule_type in ("hours", "rest_between"):
        row["minHours"] = draw(st.sampled_from([8, 11, 16]))
    if rule_type == "run_length":
        row["minCount"] = draw(st.sampled_from([None, 2, 3, 4]))
    if rule_type in ("max_consecutive_work", "max_weekends") or draw(st.booleans()):
        row["maxCount"] = draw(st.integers(1 if rule_type in ("max_consecutive_work", "run_length") else 0, 3))
    return row


@pytest.mark.parametrize("rule_type", oracle.RULES)
@EXAMPLES
@given(data=st.data())
def test_priority_rule__any_month__counted_as_the_settings_say(rule_type: str, data: st.DataObject) -> None:
    month, row = data.draw(months()), data.draw(definitions(rule_type))
    dates = [key(index) for index in row["days"] if index in month.days]
    row = {**row, "days": [index for index in row["days"] if index in month.days]}
    rule = builders.rule(rule_type, **{name: value for name, value in row.items() if name != "days"}, dates=dates)

    assert amounts(month, priorityRules=[rule]) == broken(**{rule_type: oracle.RULES[rule_type](month, row)})


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Month, list[dict[str, Any]]]:
    month = draw(months())
    places = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(month.days))
    return month, [
        {
            **builders.wish(person, index, draw(st.sampled_from(["off", "cannot", "prefer", "avoid"])), "○"),
            "shiftValue": draw(st.sampled_from(["○", "△", "◇", "×"])),
            "state": draw(st.sampled_from(["open", "open", "taken", "declined"])),
            "day": index,
        }
        for person, index in draw(st.lists(places, max_size=6, unique=True))
    ]


@settings(EXAMPLES, max_examples=400)
@given(wished=wishes())
def test_wishes__any_month__kept_as_they_say(wished: tuple[Month, list[dict[str, Any]]]) -> None:
    month, rows = wished
    expected: Counter[str] = Counter()
    for row in rows:
        if row["state"] != "declined":
            expected[f"wish_{row['kind']}"] += oracle.unkept(month, row)

    assert amounts(month, staffGroups=[], wishes=rows) == +expected


BLOCK = 21
"""Months that come before another begin so many days, or a multiple of that, before it: on a Sunday, too."""


@st.composite
def histories(draw: st.DrawFn) -> tuple[Month, dict[str, int]]:
    """A month that others come before, and on which day people have come."""
    joined = draw(st.dictionaries(st.sampled_from(PEOPLE), st.integers(-2 * BLOCK - 2, 14), max_size=2))

    def absent(first: int) -> dict[str, frozenset[int]]:
        return {person: frozenset(range(day - first)) for person, day in joined.items()}

    past = [
        replace(draw(months(around=False)), absent=absent(-BLOCK * age))
        for age in range(1, draw(st.integers(0, 2)) + 1)
    ]
    return replace(draw(months(around=False)), absent=absent(0), past=past), joined


@settings(EXAMPLES, max_examples=400)
@given(
    history=histories(),
    row=st.fixed_dictionaries(
        {"shiftType": SHIFTS, "daysOfWeek": WEEKDAYS, "pastPeriods": st.integers(0, 3)},
        optional={"maxCount": st.integers(0, 2), "staffIds": st.sampled_from([[], ["a", "b"], ["b", "c", CALLED]])},
    ),
)
def test_fairness__people_who_came_and_months_before__counted_by_the_days_that_they_were_there(
    history: tuple[Month, dict[str, int]], row: dict[str, Any]
) -> None:
    month, joined = history
    staff = [
        member if (came := joined.get(member["id"])) is None else {**member, "startPeriod": key(came)}
        for member in STAFF
    ]
    past = [builders.past_of(as_problem(each, -BLOCK * age, staff)) for age, each in enumerate(month.past, 1)]
    given = as_problem(month, staff=staff, past=past, priorityRules=[builders.rule("fairness", **row)])
    found = [each.amount for each in Scorer(given).violations() if each.kind == "fairness"]

    assert sum(found) == oracle.RULES["fairness"](month, row)

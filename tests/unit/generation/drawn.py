"""Months and tables of the settings drawn by chance, for what is held to an oracle."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from schedules.generation.problem import Problem
from schedules.generation.score import Scorer
from tests.unit.generation import builders, oracle
from tests.unit.generation.builders import key, member, problem
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

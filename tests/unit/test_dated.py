"""Facts that hold from a day on: which one holds, and how they are changed."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schedules.rules.times import as_of_month, times_on
from shiftsync.core.dated import fact_on, facts_within, settled, with_fact

DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 28))


def fact(day: date | None, what: int) -> dict[str, Any]:
    return {"validFrom": None if day is None else str(day), "what": what}


FACTS = st.builds(
    lambda first, later: settled([fact(None, first), *(fact(day, what) for day, what in later.items())]),
    st.integers(0, 2),
    st.dictionaries(DAYS, st.integers(0, 2), max_size=5),
)


def on_each_day(facts: list[Any]) -> list[int]:
    return [fact_on(facts, date(2025, 12, 30) + timedelta(days=step))["what"] for step in range(65)]


@given(FACTS, st.none() | DAYS, st.integers(0, 2))
def test_with_fact__any__changes_the_days_until_the_next_alone(facts: list[Any], day: date | None, what: int) -> None:
    changed = with_fact(facts, day, {"what": what})
    begins = "" if day is None else str(day)
    ends = min((each["validFrom"] for each in facts if (each["validFrom"] or "") > begins), default="9")
    for step, (before, after) in enumerate(zip(on_each_day(facts), on_each_day(changed), strict=True)):
        is_within = begins <= str(date(2025, 12, 30) + timedelta(days=step)) < ends
        assert after == (what if is_within else before)
    assert [each["what"] for each in changed[1:]] != [each["what"] for each in changed[:-1]] or len(changed) == 1


@given(FACTS, DAYS, st.integers(0, 30))
def test_facts_within__any_days__say_the_same_of_them(facts: list[Any], first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = facts_within(facts, first, last)
    assert found[0]["validFrom"] is None
    for step in range(length + 1):
        day = first + timedelta(days=step)
        assert fact_on(found, day)["what"] == fact_on(facts, day)["what"]
    assert facts_within(found, first, last) == found


def test_month__of_a_type__is_the_same_whenever_it_is_asked() -> None:
    times = [
        {"validFrom": None, "startTime": "13:00", "endTime": "22:00"},
        {"validFrom": "2026-01-10", "startTime": "14:00", "endTime": "22:00"},
        {"validFrom": "2026-03-01", "startTime": "15:00", "endTime": "22:00"},
    ]
    asked = [
        as_of_month(
            {"symbol": "◇", "startTime": today, "endTime": "22:00", "times": times}, date(2026, 1, 1), date(2026, 1, 31)
        )
        for today in ("13:00", "14:00", "15:00")
    ]
    assert asked[0] == asked[1] == asked[2]
    assert [times_on(asked[0], date(2026, 1, day))["startTime"] for day in (1, 9, 10, 31)] == ["13:00"] * 2 + [
        "14:00"
    ] * 2
    later = as_of_month(
        {"symbol": "◇", "startTime": "13:00", "endTime": "22:00", "times": times}, date(2026, 4, 1), date(2026, 4, 30)
    )
    assert later == {"symbol": "◇", "startTime": "15:00", "endTime": "22:00"}

"""When people can work, against an oracle that knows of the generator's code nothing."""

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.generation import builders, oracle
from tests.unit.generation.builders import key
from tests.unit.generation.drawn import EXAMPLES, PEOPLE, amounts, months
from tests.unit.generation.oracle import Month

AVAILABLE = {
    (False, False): "availability_day",
    (True, False): "availability_from",
    (False, True): "availability_until",
    (True, True): "availability_hours",
}


@st.composite
def availability(draw: st.DrawFn) -> tuple[Month, list[dict[str, Any]]]:
    """Hours are whole ones: one that ends at or before its beginning ends on the next day, on which no shift of these ends."""
    month, rows = draw(months()), []
    for person in draw(st.lists(st.sampled_from(PEOPLE), max_size=4)):
        first, length = draw(st.integers(-9, 9)), draw(st.none() | st.integers(0, 12))
        begins, ends = draw(st.none() | st.integers(0, 23)), draw(st.none() | st.integers(1, 24))
        weekdays = draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
        last = None if length is None else first + length
        row = builders.availability(person, *weekdays, validFrom=key(first))
        is_overnight = begins is not None and ends is not None and ends <= begins
        rows.append(
            {
                **row,
                "validUntil": None if last is None else key(last),
                "availableFrom": None if begins is None else f"{begins:02}:00",
                "availableUntil": None if ends is None else f"{ends % 24:02}:00",
                "first": first,
                "last": last,
                "begins": begins,
                "ends": ends + 24 if is_overnight and ends is not None else ends,
            }
        )
    return month, rows


@settings(EXAMPLES, max_examples=400)
@given(entered=availability())
def test_availability__any_month__kept_as_it_says(entered: tuple[Month, list[dict[str, Any]]]) -> None:
    month, rows = entered
    expected: Counter[str] = Counter()
    for row in rows:
        kind = AVAILABLE[row["begins"] is not None, row["ends"] is not None]
        expected[kind] += oracle.cannot(month, row)

    assert amounts(month, staffGroups=[], availability=rows) == +expected

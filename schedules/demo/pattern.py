"""What a kitchen writes down before the month is filled: wishes for days off, turns of early and late, who is called when."""

from collections.abc import Sequence
from datetime import date

from schedules.demo.people import Person

DESIGNATED_OFF, EARLY, LATE, NORMAL = "★", "△", "◇", "○"
PART_TIME = "パート"
SATURDAY = 5
PART_TIME_DAYS = ({4, 5, 6}, {0, 2, 5, 6}, {1, 3, 5}, {4, 5, 6}, {2, 4, 6})


def wishes(people: Sequence[Person], days: Sequence[date]) -> dict[str, dict[str, str]]:
    """``scheduleData`` for those people and days, without chance; only cells with a value."""
    data: dict[str, dict[str, str]] = {}
    part_timers = [person for person in people if person.status == PART_TIME]
    for place, person in enumerate(people):
        row = {}
        for number, day in enumerate(days):
            value = _called(part_timers.index(person), day) if person in part_timers else _on_staff(place, number, day)
            if value:
                row[str(day)] = value
        data[str(person.id)] = row
    return data


def _called(place: int, day: date) -> str:
    """Part-timers come on their own weekdays."""
    return NORMAL if day.weekday() in PART_TIME_DAYS[place % len(PART_TIME_DAYS)] else ""


def _on_staff(place: int, number: int, day: date) -> str:
    """The others work as usual, where they are not early or late, or have asked for the day."""
    turn = (number + place * 3) % 7
    if turn == 0 and number // 7 == 1 and place % 4 == 0:
        return DESIGNATED_OFF
    if turn == 4 and place % 3 == 0 and day.weekday() < SATURDAY:
        return EARLY
    if turn == 5 and place % 3 == 1:
        return LATE
    return ""

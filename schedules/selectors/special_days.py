"""Which days are not like the others: what is said of single days, over what repeats."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid5

from django.db.models import QuerySet

from schedules.events.calendar import calendar_day_payload
from schedules.models import CalendarDay, ClosingRule, DayKind, HolidayCase
from schedules.rules.closings import LONGEST_MOVE, Closing, OnHoliday, Repeats, closed_days
from shiftsync.core.dates import FIRST_DAY
from shiftsync.core.errors import NotFound
from shiftsync.core.holidays import holiday_dates
from shiftsync.core.ids import parse_id
from shiftsync.tenants.selectors import habits_of

Row = dict[str, Any]


def closing_rules_of(restaurant_id: UUID) -> QuerySet[ClosingRule]:
    """The closings that repeat, in the order in which they were made."""
    return ClosingRule.objects.filter(restaurant_id=restaurant_id, is_active=True).order_by("created_at", "id")


def closing_rule_in(restaurant_id: UUID, rule_id: object, *, include_deleted: bool = False) -> ClosingRule:
    """The one door to a closing that repeats. Raises :class:`NotFound`."""
    wanted = parse_id(rule_id)
    found = ClosingRule.objects.filter(restaurant_id=restaurant_id, id=wanted).first() if wanted else None
    if found is None or not (found.is_active or include_deleted):
        raise NotFound("No such closing.")
    return found


def special_days_between(restaurant_id: UUID, first: date, last: date) -> list[Row]:
    """The days from ``first`` to ``last`` that are not like the others, as calendar days on the wire.

    What is said of a single day counts before what repeats: an exception leaves an ordinary day, a note alone stays beside the closing.
    """
    rows = CalendarDay.objects.filter(restaurant_id=restaurant_id, date__range=(first, last)).exclude(kind="", note="")
    return _laid_over(rows, repeated_closings(restaurant_id, first, last))


def closed_days_between(restaurant_id: UUID, first: date, last: date) -> frozenset[date]:
    """The closed days from ``first`` to ``last``."""
    rows = special_days_between(restaurant_id, first, last)
    return frozenset(date.fromisoformat(row["date"]) for row in rows if row["kind"] == DayKind.CLOSED)


def repeated_closings(restaurant_id: UUID, first: date, last: date) -> dict[date, ClosingRule]:
    """The days from ``first`` to ``last`` that are closed by what repeats, exceptions not looked at."""
    rules = list(closing_rules_of(restaurant_id))
    if not rules:
        return {}
    holidays: frozenset[date] = frozenset()
    if any(rule.on_holiday != HolidayCase.CLOSED for rule in rules):
        country = habits_of(restaurant_id).country
        earliest = date.fromordinal(max(FIRST_DAY.toordinal(), first.toordinal() - LONGEST_MOVE))
        holidays = holiday_dates(country, earliest, date.fromordinal(last.toordinal() + LONGEST_MOVE))
    by_id = {str(rule.id): rule for rule in rules}
    found = closed_days(map(closing_of, rules), first, last, holidays)
    return {day: by_id[closing.id] for day, closing in found.items()}


def closing_of(rule: ClosingRule) -> Closing:
    """The closing that a row describes."""
    return Closing(
        id=str(rule.id),
        repeats=cast(Repeats, rule.repeats),
        days_of_week=frozenset(rule.days_of_week),
        weeks=frozenset(rule.weeks),
        from_day=rule.from_day,
        to_day=rule.to_day,
        on_holiday=cast(OnHoliday, rule.on_holiday),
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
    )


def _laid_over(rows: Iterable[CalendarDay], closings: dict[date, ClosingRule]) -> list[Row]:
    found = {day: _closed_row(day, rule) for day, rule in closings.items()}
    for row in rows:
        told = calendar_day_payload(row)
        if row.kind == DayKind.OPEN:
            found.pop(row.date, None)
            told["kind"] = None
        elif not row.kind and row.date in closings:
            told["kind"] = DayKind.CLOSED.value
        if told["kind"] or told["note"]:
            found[row.date] = told
    return [found[day] for day in sorted(found)]


def _closed_row(day: date, rule: ClosingRule) -> Row:
    """What a single closed day would look like; its id is the same whenever it is told."""
    return {
        "id": str(uuid5(rule.id, day.isoformat())),
        "date": day.isoformat(),
        "kind": DayKind.CLOSED.value,
        "note": rule.note,
        "revision": rule.revision,
    }

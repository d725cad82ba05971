"""Which cells there are: the schedules of a restaurant, their days, and the people who belong to them."""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from schedules.models import VALUE_LENGTH
from schedules.rules.spelling import Speller
from schedules.selectors.schedules import (
    PlannedPeriod,
    period_question,
    period_question_of_many,
    periods_from,
    speller_from,
    speller_told,
    spelling_question,
    spelling_question_of_many,
)
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.core.queries import BoundQuery, CompiledQuery, Parameter, fetch_together
from shiftsync.core.text import unfit
from staff.models import StaffMember
from staff.rules import is_employed_in

DAY_LENGTH = 10
NOT_A_DAY = "Must be a day, YYYY-MM-DD."
OUTSIDE = "Outside the schedule's period."
NOT_EMPLOYED = "This person is not employed on this day."
NOBODY = "No such staff member in this period."
TOO_LONG = f"Has more than {VALUE_LENGTH} characters."


_PEOPLE = CompiledQuery(
    lambda: StaffMember.objects.filter(
        restaurant_id=Parameter("restaurant"), id__among=Parameter("people"), is_active=True
    ).values_list("id", "start_period", "end_period", "employments")
)


_PEOPLE_OF_MANY = CompiledQuery(
    lambda: StaffMember.objects.filter(
        restaurant_id__among=Parameter("restaurants"), id__among=Parameter("people"), is_active=True
    ).values_list("restaurant_id", "id", "start_period", "end_period", "employments")
)


class Plan:
    """The schedules, the people that the requests refer to, and how values are spelled. Instances with the same content are equal.

    Made of the answers to the first two of :func:`plan_questions`, and the speller that the third tells.
    """

    def __init__(self, periods: Iterable[Any], staff: Iterable[Any], speller: Speller) -> None:
        self._periods = periods_from(periods)
        self._by_schedule = {period.schedule_id: period for period in self._periods if period.schedule_id}
        self._staff = {
            str(staff_id): (staff_id, spans or [{"startPeriod": start, "endPeriod": end}])
            for staff_id, start, end, spans in staff
        }
        self._speller = speller
        self.spell = speller.spell

    @classmethod
    def of(cls, periods: Iterable[Any], staff: Iterable[Any], types: Iterable[Any]) -> "Plan":
        """By the answers to :func:`plan_questions`."""
        return cls(periods, staff, speller_from(tuple(types)))

    @classmethod
    def of_one(cls, periods: Iterable[Any], staff: Iterable[Any], types: Sequence[tuple[str]]) -> "Plan":
        """By one restaurant's part of the answers to :func:`plan_questions_of_many`."""
        return cls(periods, staff, speller_told(types))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self._said == other._said

    __hash__ = None  # type: ignore[assignment]  # compared, never a key

    def knows(self, value: str) -> bool:
        """Whether a stored value is blank or a symbol; what is neither is text."""
        return self._speller.knows(value)

    @property
    def _said(self) -> tuple[object, ...]:
        return self._periods, self._staff, self._speller

    def period(self, schedule_id: str | None, index: int | None) -> PlannedPeriod:
        """The period of that schedule (or with that index). Raises :class:`NotFound`."""
        period = None
        if schedule_id is not None:
            wanted = parse_id(schedule_id)
            period = self._by_schedule.get(wanted) if wanted else None
        elif index is not None and 0 <= index < len(self._periods):
            period = self._periods[index]
        if period is None or period.schedule_id is None:
            raise NotFound("No such schedule.", {"scheduleId": ["No such schedule."]})
        return period

    def staff_id(self, staff_id: str, period: PlannedPeriod) -> UUID | None:
        """The id of a person who belongs to ``period``; None for all others."""
        member = self._staff.get(staff_id) or self._staff.get(str(parse_id(staff_id)))
        if member is None:
            return None
        found, spans = member
        return found if is_employed_in(spans, period.start_date, period.end_date) else None

    def employs(self, staff_id: UUID, day: date) -> bool:
        """Whether that person is employed on the day."""
        member = self._staff.get(str(staff_id))
        return member is not None and is_employed_in(member[1], day, day)


def plan_questions(restaurant_id: UUID, staff_ids: Iterable[str]) -> tuple[BoundQuery, ...]:
    """What a :class:`Plan` must know of a restaurant, and of those among the ids that are people's."""
    wanted = set(filter(None, map(parse_id, staff_ids)))
    people = _PEOPLE(restaurant=restaurant_id, people=wanted)
    return period_question(restaurant_id), people, spelling_question(restaurant_id)


def plan_questions_of_many(restaurant_ids: Set[UUID], staff_ids: Iterable[str]) -> tuple[BoundQuery, ...]:
    """:func:`plan_questions` for several restaurants; each row begins with its restaurant."""
    wanted = set(filter(None, map(parse_id, staff_ids)))
    people = _PEOPLE_OF_MANY(restaurants=restaurant_ids, people=wanted)
    return period_question_of_many(restaurant_ids), people, spelling_question_of_many(restaurant_ids)


def read_plan(restaurant_id: UUID, staff_ids: Iterable[str]) -> Plan:
    """The plan as it is now, in one round trip."""
    return Plan.of(*fetch_together(*plan_questions(restaurant_id, staff_ids)))


def parse_day(date_key: str) -> date | None:
    """The day of a ``YYYY-MM-DD`` key, or None."""
    return _known_day(date_key) if len(date_key) == DAY_LENGTH else None


@lru_cache(1024)
def _known_day(date_key: str) -> date | None:
    try:
        day = date.fromisoformat(date_key)
    except ValueError:
        return None
    return day if str(day) == date_key else None  # ISO 8601 has other spellings: 2025-W31-5


def problem_of(day: date | None, period: PlannedPeriod, staff_id: UUID | None, value: str) -> tuple[str, str] | None:
    """The field that keeps a cell from being set, and why."""
    if day is None:
        return "dateKey", NOT_A_DAY
    if not period.covers(day):
        return "dateKey", OUTSIDE
    if staff_id is None:
        return "staffId", NOBODY
    if len(value) > VALUE_LENGTH:
        return "shiftValue", TOO_LONG
    if not value.isprintable() and (unfit_character := unfit(value)) is not None:
        return "shiftValue", unfit_character
    return None

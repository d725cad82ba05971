"""What a swap exchanges, and when there is nothing to exchange: pure rules over the month as it is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schedules.generation import Problem, Scorer
from schedules.generation.kinds import BLANK, Kind, State
from schedules.generation.problem import Staff
from schedules.models import SwapEnd

Refusal = tuple[str, str]
Row = dict[str, Any]

OVER = "This day is over."
NOBODY = "No such staff member in this period."
OUTSIDE = "Outside the schedule's period."
NOTHING_TO_GIVE = "There is no shift to give away on this day."
THEMSELVES = "Choose a colleague, not the same person."
BUSY = "They work on this day already."
WORKING = "You work on this day already."
SAME = "Both have the same shift."
NOTHING_IN_RETURN = "The colleague has no shift on this day."
ENDS: Mapping[str, str] = {
    SwapEnd.CHANGED: "A shift of this swap has changed meanwhile.",
    SwapEnd.PAST: OVER,
    SwapEnd.LEFT: "Somebody in this swap is no longer on the schedule.",
    SwapEnd.UNPUBLISHED: "This month is no longer published.",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What a swap is judged on: a month's problem with the grid in question, and a scorer that stands at it. ``leave``: the symbols
    that somebody asked for."""

    problem: Problem
    scorer: Scorer
    leave: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """Who gives the shift of which day to whom, and for which of theirs; without ``other_day`` for nothing."""

    staff_id: str
    day: date
    other_id: str
    other_day: date | None = None

    def days(self) -> tuple[date, ...]:
        """The days whose cells are exchanged."""
        return (self.day,) if self.other_day is None or self.other_day == self.day else (self.day, self.other_day)


def giving_refusal(ground: Ground, staff_id: str, day: date, today: date | None) -> Refusal | None:
    """The field and the sentence that keep somebody from giving away the shift of that day. ``today`` None: days that are over count too."""
    if today is not None and day < today:
        return "dateKey", OVER
    if day not in ground.problem.days:
        return "dateKey", OUTSIDE
    state = _state(ground, staff_id, day)
    if state is None:
        return "staffId", NOBODY
    return None if state.works else ("dateKey", NOTHING_TO_GIVE)


def taking_refusal(ground: Ground, terms: Terms, today: date | None) -> Refusal | None:
    """The field and the sentence that keep the colleague from taking the shift, and giving what is asked for it."""
    if terms.other_id == terms.staff_id:
        return "otherId", THEMSELVES
    theirs = _state(ground, terms.other_id, terms.day)
    if theirs is None:
        return "otherId", NOBODY
    if terms.other_day is None:
        return ("otherId", BUSY) if theirs.works else None
    if today is not None and terms.other_day < today:
        return "otherDateKey", OVER
    if terms.other_day not in ground.problem.days:
        return "otherDateKey", OUTSIDE
    given = _state(ground, terms.other_id, terms.other_day)
    if given is None or not given.works:
        return "otherDateKey", NOTHING_IN_RETURN
    if terms.other_day == terms.day:
        return None if exchanged(ground, terms) else ("otherId", SAME)
    mine = _state(ground, terms.staff_id, terms.other_day)
    if mine is None or mine.works:
        return "otherDateKey", BUSY
    return ("otherId", BUSY) if theirs.works else None


def asking_refusal(ground: Ground, terms: Terms, today: date | None) -> Refusal | None:
    """What keeps somebody from asking the colleague, as far as it says nothing of the colleague's shifts: the field and the sentence."""
    if terms.other_id == terms.staff_id:
        return "otherId", THEMSELVES
    if terms.other_id not in ground.problem.staff_by_id:
        return "otherId", NOBODY
    if terms.other_day is None or terms.other_day == terms.day:
        return None
    if today is not None and terms.other_day < today:
        return "otherDateKey", OVER
    if terms.other_day not in ground.problem.days:
        return "otherDateKey", OUTSIDE
    mine = _state(ground, terms.staff_id, terms.other_day)
    return ("otherDateKey", WORKING) if mine is None or mine.works else None


def exchanged(ground: Ground, terms: Terms) -> list[Row]:
    """The cells that the swap writes: each has what the other had then, as it is written for whoever has it now."""
    people = ground.problem.staff_by_id
    first, second = people[terms.staff_id], people[terms.other_id]
    rows = []
    for day in terms.days():
        for holder, giver in ((first, second), (second, first)):
            before = ground.problem.values.get((holder.id, day), BLANK)
            after = _written(ground.problem, giver, holder, day)
            if before != after:
                rows.append({"staffId": holder.id, "dateKey": str(day), "previousValue": before, "shiftValue": after})
    return rows


def candidates(ground: Ground, staff_id: str, day: date) -> list[str]:
    """Who could take the shift: those who are free then, and not on leave that they asked for, may work it, and would break no hard
    rule by it that is not broken already."""
    found = []
    for member in ground.problem.staff:
        state = _state(ground, member.id, day)
        if member.id == staff_id or state is None or state.works or state.value in ground.leave:
            continue
        rows = exchanged(ground, Terms(staff_id, day, member.id))
        taken = next((row["shiftValue"] for row in rows if row["staffId"] == member.id), state.value)
        if ground.problem.state(member, day, taken).allowed and not broken_by(ground, rows):
            found.append(member.id)
    return found


def broken_by(ground: Ground, rows: Iterable[Row]) -> list[dict[str, str]]:
    """The hard rules that writing those cells would newly break, as sentences in both languages."""
    cells = [(row["staffId"], date.fromisoformat(row["dateKey"]), row["shiftValue"]) for row in rows]
    return [{"message": each.message, "messageJa": each.message_ja} for each in ground.scorer.newly_broken(cells)]


def _state(ground: Ground, staff_id: str, day: date) -> State | None:
    """What somebody does on a day; None where they are not employed then."""
    member = ground.problem.staff_by_id.get(staff_id)
    if member is None or not member.employed(day):
        return None
    return ground.problem.present(member, day)


def _written(problem: Problem, giver: Staff, holder: Staff, day: date) -> str:
    """What stands in the cell of ``holder`` for them to do what ``giver`` did.

    A blank is written for whom it means the same, else the symbol of it. A day off that somebody asked for is theirs: it becomes an
    ordinary one.
    """
    state = problem.present(giver, day)
    if state.works and state.value != BLANK:
        return state.value
    if problem.state(holder, day, BLANK).works == state.works and (state.value == BLANK or not state.off):
        return BLANK
    found = problem.shift_types.first(Kind.NORMAL if state.works else Kind.OFF)
    return found.symbol if found is not None else BLANK

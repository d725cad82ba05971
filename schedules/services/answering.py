"""Answering wishes: taking them into the grid, declining them with a word, opening them again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from schedules.events.wishes import WishesAnswered
from schedules.models import Wish, WishState
from schedules.rules.cells import CellKey
from schedules.rules.wishes import written_for
from schedules.selectors.schedules import PlannedPeriod, period_of_schedule, shift_types_of
from schedules.selectors.wishes import wish_payloads, wishes_of
from schedules.services.cells import told_of_skipped, write_cells_change
from schedules.services.plan import NOT_EMPLOYED, Plan, problem_of, read_plan
from schedules.services.telling import tell_of_answers
from schedules.sql.cells import GridKey, read_cells
from shiftsync.core.errors import NotFound
from shiftsync.core.history import update_all_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

LOCKED = "The cell is locked."
ANSWERED = ["state", "answer", "taken_value"]


@dataclass(frozen=True, slots=True)
class WishesAnswer(FromPayload):
    """``state`` for those wishes of a schedule; without ``wish_ids`` for all that are open in it. ``answer``: a word to the person."""

    schedule_id: str
    state: str
    wish_ids: Sequence[str] | None = field(default=None, metadata=from_payload(read=tuple))
    answer: str = ""


@dataclass(frozen=True, slots=True)
class _Taking:
    """What taking wishes would write: the values by cell, and the cells that cannot be written, with why."""

    wanted: dict[GridKey, str]
    skipped: list[dict[str, str]]


def wishes_answer(request: ChangeRequest[WishesAnswer]) -> Outcome:
    """Answers wishes. Those taken are written into their cells as one change, which is undone as one; an undone one is open again.

    Cells that are locked or that others changed since stay, and their wishes are not answered. The result: ``wishes`` as they are now,
    ``changed`` (cells), ``skipped``, ``refused``. Raises :class:`NotFound` for a schedule or a wish that is not there.
    """
    intent = request.intent

    def write(tx: Transaction) -> Written:
        period = period_of_schedule(tx.restaurant_id, intent.schedule_id)
        schedule_id = period.schedule_id
        if schedule_id is None:
            raise NotFound("No such schedule.")
        wishes = _asked(schedule_id, intent)
        written: dict[GridKey, str] = {}
        result: Mapping[str, Any] = {"changed": 0}
        if intent.state == WishState.TAKEN:
            written, result = _take(tx, request, period, wishes)
        answered = [wish for wish in wishes if intent.state != WishState.TAKEN or _key(wish) in written]
        turned = [wish for wish in answered if _turn(wish, intent, written.get(_key(wish), ""))]
        event_wishes = wish_payloads(answered)
        if not turned:
            return Written(None, {**result, "wishes": event_wishes}, echo=WishesAnswered(schedule_id, event_wishes))
        version = tx.take_version()
        for wish in turned:
            wish.revision = version
        columns = [*ANSWERED, "revision"]
        update_all_with_history(Wish, turned, columns, request.actor, reason=request.reason)
        told = wish_payloads(turned)
        change = tx.record(request, WishesAnswered(schedule_id, told), version)
        tell_of_answers(tx, request.actor, period, turned, version)
        return Written(change, {**result, "wishes": told})

    return commit(request, write)


def _asked(schedule_id: UUID, intent: WishesAnswer) -> list[Wish]:
    """The wishes that are answered. Raises :class:`NotFound` where one is not there."""
    found = list(wishes_of(schedule_id))
    if intent.wish_ids is None:
        return _open(found)
    by_id = {wish.id: wish for wish in found}
    wanted = [parse_id(id) for id in intent.wish_ids]
    if any(id not in by_id for id in wanted):
        raise NotFound("No such wish.", {"wishIds": ["No such wish."]})
    return [by_id[id] for id in dict.fromkeys(wanted) if id is not None]


def _open(wishes: Sequence[Wish]) -> list[Wish]:
    """Those without an answer; one whose cell no longer holds what was written for it has none any more."""
    taken = [_key(wish) for wish in wishes if wish.state == WishState.TAKEN and wish.taken_value]
    cells = read_cells(taken)
    values = {key: cell.value for key, cell in cells.items()}
    return [
        wish
        for wish in wishes
        if wish.state == WishState.OPEN
        or (wish.state == WishState.TAKEN and wish.taken_value and values.get(_key(wish), "") != wish.taken_value)
    ]


def _take(
    tx: Transaction, request: ChangeRequest[WishesAnswer], period: PlannedPeriod, wishes: Sequence[Wish]
) -> tuple[dict[GridKey, str], Mapping[str, Any]]:
    """Writes the cells of wishes. What stands in the cell of each that is taken now, and what is told of it."""
    types = [(each.symbol, each.kind) for each in shift_types_of(tx.restaurant_id)]
    plan = read_plan(tx.restaurant_id, [str(wish.staff_id) for wish in wishes])
    taking = _judged(plan, period, wishes, types)
    cells = {key: value for key, value in taking.wanted.items() if value}
    result: dict[str, Any] = {"changed": 0, **told_of_skipped(taking.skipped)}
    if not cells:
        return taking.wanted, result
    told = write_cells_change(tx, request, period, cells, taking.skipped).result
    refused = {(item["staffId"], item["dateKey"]) for item in told.get("refused", ())}
    taken = {
        key: value for key, value in taking.wanted.items() if (str(key[1].staff_id), str(key[1].date)) not in refused
    }
    return taken, told


def _judged(plan: Plan, period: PlannedPeriod, wishes: Sequence[Wish], types: Sequence[tuple[str, str]]) -> _Taking:
    stored = read_cells([_key(wish) for wish in wishes])
    taking = _Taking({}, [])
    for wish in wishes:
        key = _key(wish)
        value = written_for(wish.kind, wish.value, types)
        cell = stored.get(key)
        problem = problem_of(wish.date, period, plan.staff_id(str(wish.staff_id), period), value)
        if problem is None and value and not plan.employs(wish.staff_id, wish.date):
            problem = ("dateKey", NOT_EMPLOYED)
        if problem is None and value and cell is not None and cell.is_locked and cell.value != value:
            problem = ("shiftValue", LOCKED)
        if problem is None:
            taking.wanted[key] = value
        else:
            taking.skipped.append(_skipped(key, problem))
    return taking


def _skipped(key: GridKey, problem: tuple[str, str]) -> dict[str, str]:
    where = {"staffId": str(key[1].staff_id), "dateKey": str(key[1].date)}
    return {**where, "field": problem[0], "reason": problem[1]}


def _turn(wish: Wish, intent: WishesAnswer, value: str) -> bool:
    """Sets the answer; whether that changes anything."""
    before = _answer_of(wish)
    wish.state, wish.answer, wish.taken_value = intent.state, intent.answer, value
    return _answer_of(wish) != before


def _answer_of(wish: Wish) -> Mapping[str, str]:
    return {name: getattr(wish, name) for name in ANSWERED}


def _key(wish: Wish) -> GridKey:
    return wish.schedule_id, CellKey(wish.staff_id, wish.date)

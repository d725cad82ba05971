"""Group commit: batches, repeats, faults."""

import asyncio
from collections.abc import Callable, Sequence
from threading import Event
from uuid import UUID, uuid4

import pytest

from shiftsync.core.actor import Actor
from shiftsync.core.errors import InternalError, NotFound, Unavailable, VersionLocked
from shiftsync.realtime.stream.lanes import BATCH, LaneQueue
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome
from shiftsync.realtime.stream.settling import Verdict
from tests.support.changes import RESTAURANT
from tests.support.waiting import PATIENCE_SECONDS

# The threads on which lanes run look after their database connections.
pytestmark = pytest.mark.django_db(transaction=True)

Answer = Callable[[Sequence[AnyRequest]], list[Verdict]]


class Ledger:
    """A lane that notes its batches; the first one waits until it is let go, so that others gather behind it."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.batches: list[list[int]] = []
        self.let_go = Event()
        self._answer = answer or (lambda requests: [Outcome(request.intent, {}) for request in requests])

    def __call__(self, requests: Sequence[AnyRequest]) -> list[Verdict]:
        self.let_go.wait(PATIENCE_SECONDS)
        self.batches.append([request.intent for request in requests])
        return self._answer(requests)


def request(number: int, request_id: UUID | None = None) -> AnyRequest:
    return ChangeRequest(Actor(RESTAURANT), number, request_id or uuid4())


async def verdicts(ledger: Ledger, requests: Sequence[AnyRequest]) -> list[Verdict]:
    queue = LaneQueue(ledger)
    first = queue.submit(requests[0])
    await asyncio.sleep(0)  # the writer has taken the first one alone
    futures = [first, *(queue.submit(later) for later in requests[1:])]
    ledger.let_go.set()
    return await asyncio.wait_for(asyncio.gather(*futures), PATIENCE_SECONDS)


async def test_submit__many_at_once__go_in_order_in_bounded_batches() -> None:
    ledger = Ledger()
    answers = await verdicts(ledger, [request(number) for number in range(BATCH + 10)])
    assert [len(batch) for batch in ledger.batches] == [1, BATCH, 9]
    assert [number for batch in ledger.batches for number in batch] == list(range(BATCH + 10))
    assert [answer.version for answer in answers if isinstance(answer, Outcome)] == list(range(BATCH + 10))


async def test_submit__repeat_of_a_waiting_request__goes_in_a_later_batch() -> None:
    ledger, same = Ledger(), uuid4()
    await verdicts(ledger, [request(0), request(1, same), request(2), request(3, same), request(4)])
    assert ledger.batches == [[0], [1, 2], [3, 4]]


async def test_submit__after_the_queue_ran_dry__is_carried_out() -> None:
    ledger = Ledger()
    ledger.let_go.set()
    queue = LaneQueue(ledger)
    await queue.submit(request(1))
    await queue.submit(request(2))
    assert ledger.batches == [[1], [2]]


async def test_submit__a_refusal_of_all__reaches_each() -> None:
    def refuse(requests: Sequence[AnyRequest]) -> list[Verdict]:
        raise NotFound("No such restaurant.")

    answers = await verdicts(Ledger(refuse), [request(0), request(1)])
    assert [type(answer) for answer in answers] == [NotFound, NotFound]


async def test_submit__one_of_a_batch_breaks_it__the_others_are_carried_out() -> None:
    def break_at_two(requests: Sequence[AnyRequest]) -> list[Verdict]:
        if any(wanted.intent == 2 for wanted in requests):
            raise ZeroDivisionError
        return [Outcome(wanted.intent, {}) for wanted in requests]

    ledger = Ledger(break_at_two)
    answers = await verdicts(ledger, [request(number) for number in range(4)])
    assert [type(answer) for answer in answers] == [Outcome, Outcome, InternalError, Outcome]
    assert ledger.batches == [[0], [1, 2, 3], [1], [2], [3]]


async def test_submit__fault_of_a_batch__nothing_that_waits_overtakes_it() -> None:
    def fail_once(requests: Sequence[AnyRequest]) -> list[Verdict]:
        if requests[0].intent == 0:
            raise Unavailable
        return [Outcome(wanted.intent, {}) for wanted in requests]

    ledger = Ledger(fail_once)
    answers = await verdicts(ledger, [request(number) for number in range(3)])
    assert [type(answer) for answer in answers] == [Unavailable] * 3
    assert ledger.batches == [[0]]


async def test_submit__fault_while_going_one_by_one__nothing_after_it_is_tried() -> None:
    def break_then_fail(requests: Sequence[AnyRequest]) -> list[Verdict]:
        if len(requests) > 1:
            raise ZeroDivisionError
        if requests[0].intent == 2:
            raise Unavailable
        return [VersionLocked() if requests[0].intent == 1 else Outcome(requests[0].intent, {})]

    ledger = Ledger(break_then_fail)
    answers = await verdicts(ledger, [request(number) for number in range(4)])
    assert [type(answer) for answer in answers] == [Outcome, VersionLocked, Unavailable, Unavailable]
    assert ledger.batches[-1] == [2]

"""Questions that are answered together: who is answered with whom, and with what."""

import asyncio
from collections.abc import Sequence
from threading import Event

import pytest

from shiftsync.core.errors import DomainError, NotFound
from shiftsync.realtime.hub.gathered import MOST_TOGETHER, Gathered
from tests.support.waiting import until

# The threads on which answers are found look after their database connections.
pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Answers with the square, refuses negative numbers, and fails where 0 is asked; not before it may."""

    def __init__(self) -> None:
        self.let_go = Event()
        self.asked: list[list[int]] = []

    def squares(self, numbers: Sequence[int]) -> list[int | DomainError]:
        self.asked.append(list(numbers))
        self.let_go.wait(5)
        if 0 in numbers:
            raise ZeroDivisionError
        return [number**2 if number > 0 else NotFound(str(number)) for number in numbers]


async def with_one_under_way(gathered: Gathered, desk: Desk) -> "asyncio.Task[int]":
    first = asyncio.create_task(gathered.ask(desk.squares, "key", 1))
    await until(lambda: bool(desk.asked), 5, "the first question to be asked")
    return first


async def test_ask__many_while_one_is_answered__are_answered_together_each_with_its_own(db_with_commits: None) -> None:
    gathered, desk = Gathered(), Desk()
    first = await with_one_under_way(gathered, desk)
    later = [asyncio.create_task(gathered.ask(desk.squares, "key", number)) for number in (2, -3, 4)]
    await asyncio.sleep(0)
    assert desk.asked == [[1]]
    desk.let_go.set()
    assert await first == 1
    answers = await asyncio.gather(*later, return_exceptions=True)
    assert answers[::2] == [4, 16]
    assert isinstance(answers[1], NotFound)
    assert desk.asked == [[1], [2, -3, 4]]


async def test_ask__another_key__does_not_wait(db_with_commits: None) -> None:
    gathered, desk, other = Gathered(), Desk(), Desk()
    other.let_go.set()
    first = await with_one_under_way(gathered, desk)
    assert await gathered.ask(other.squares, "key", 5) == 25
    desk.let_go.set()
    assert await first == 1


async def test_ask__who_leaves__is_not_asked_for(db_with_commits: None) -> None:
    gathered, desk = Gathered(), Desk()
    first = await with_one_under_way(gathered, desk)
    leaving, staying = (asyncio.create_task(gathered.ask(desk.squares, "key", number)) for number in (2, 3))
    await asyncio.sleep(0)
    leaving.cancel()
    desk.let_go.set()
    assert await staying == 9
    assert desk.asked == [[1], [3]]
    assert await first == 1


async def test_ask__it_fails__all_of_that_time_are_told_and_the_next_is_asked_anew(db_with_commits: None) -> None:
    gathered, desk = Gathered(), Desk()
    first = await with_one_under_way(gathered, desk)
    later = [asyncio.create_task(gathered.ask(desk.squares, "key", number)) for number in (0, 2)]
    await asyncio.sleep(0)
    desk.let_go.set()
    told = await asyncio.gather(*later, return_exceptions=True)
    assert [type(each) for each in told] == [ZeroDivisionError] * 2
    assert await gathered.ask(desk.squares, "key", 3) == 9
    assert await first == 1


async def test_ask__more_than_are_answered_together__are_answered_in_turns(db_with_commits: None) -> None:
    gathered, desk = Gathered(), Desk()
    desk.let_go.set()
    numbers = range(1, MOST_TOGETHER * 2 + 2)
    answers = await asyncio.gather(*(gathered.ask(desk.squares, "key", number) for number in numbers))
    assert answers == [number**2 for number in numbers]
    assert max(map(len, desk.asked)) == MOST_TOGETHER


async def test_close__while_some_wait__leaves_nobody_waiting(db_with_commits: None) -> None:
    gathered, desk = Gathered(), Desk()
    first = await with_one_under_way(gathered, desk)
    later = asyncio.create_task(gathered.ask(desk.squares, "key", 2))
    await asyncio.sleep(0)
    desk.let_go.set()
    await gathered.close()
    told = await asyncio.gather(first, later, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) or each == 1 for each in told)

"""Somebody edits while many sign in: hashing their passwords takes whole cores, and must not take them from edits."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles

import httpx

from benchmarks.driving import run, settle
from benchmarks.house import House
from benchmarks.measures import Measure, at_most, suite, target
from benchmarks.processes import Server
from benchmarks.sockets import connect
from benchmarks.worlds import World, make_world
from shiftsync.tenants.models import User

AT_A_TIME = 20
ROUNDS = 4
SECONDS = 3.0
PAUSE_SECONDS = 0.02
TOO_MANY_SECONDS = 0.2
PASSWORD = "for-benchmarks-only"  # of users who are gone with their database


@dataclass(slots=True)
class Crowd:
    """People who sign in again and again, each when the last time was answered; how many came in, and how many were told to wait."""

    server: Server
    names: list[str]
    is_on: bool = True
    let_in: int = 0
    told_to_wait: int = 0
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def come(self) -> None:
        """Begins."""
        self._tasks = [asyncio.create_task(self._sign_in(name)) for name in self.names]

    async def go(self) -> None:
        """Ends, when all were answered."""
        self.is_on = False
        await asyncio.gather(*self._tasks)

    async def _sign_in(self, name: str) -> None:
        async with httpx.AsyncClient(base_url=self._address, timeout=300) as browser:
            await browser.get("/sign-in/")
            form = {"username": name, "password": PASSWORD}
            headers = {"Referer": f"{self._address}/sign-in/"}
            while self.is_on:
                if "sessionid" in browser.cookies:
                    browser.cookies.delete("sessionid")  # they come anew
                # Each sign-in changes it, and without the right one nothing is checked.
                token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
                answer = await browser.post("/sign-in/", data=form | token, headers=headers)
                assert answer.status_code in (httpx.codes.FOUND, httpx.codes.SERVICE_UNAVAILABLE), answer.status_code
                self.let_in += answer.status_code == httpx.codes.FOUND
                if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                    self.told_to_wait += 1
                    await asyncio.sleep(TOO_MANY_SECONDS)


@suite("sign-ins")
def sign_ins(house: House) -> Iterator[Measure]:
    """Twenty people sign in at a time, beside one who edits."""
    world = make_world()
    names = [f"comes-{number}" for number in range(AT_A_TIME)]
    for name in names:
        User.objects.create_user(name, password=PASSWORD)
    settings = {
        **house.environment,
        "SHIFTSYNC_SECURE_COOKIES": "0",
        "SHIFTSYNC_GUESSES_PER_ADDRESS": "100000",
    }
    with House(settings).server() as server:
        beside, alone, let_in = run(_in_turn(server, world, names))
    yield Measure(f"an edit beside {AT_A_TIME} who sign in, p50", median(beside), "ms", median(alone), at_most(3))
    p95 = [quantiles(each, n=20)[-1] for each in (beside, alone)]
    yield Measure(f"an edit beside {AT_A_TIME} who sign in, p95", p95[0], "ms", None, target(100))
    yield Measure("the same while nobody does, p95", p95[1], "ms")
    yield Measure(f"an edit beside {AT_A_TIME} who sign in, the slowest", max(beside), "ms", max(alone))
    yield Measure("sign-ins a second meanwhile", let_in, "/s")


async def _in_turn(server: Server, world: World, names: list[str]) -> tuple[list[float], list[float], float]:
    """How long edits take beside them and alone, in milliseconds, and how many a second were let in."""
    writer, edits = await connect(server.port, world.tokens[0]), world.edits()
    await settle(server)

    async def edit() -> list[float]:
        took: list[float] = []
        until = time.perf_counter() + SECONDS
        while (started := time.perf_counter()) < until:
            await writer.ask(next(edits), "ACK")
            took.append((time.perf_counter() - started) * 1000)
            await asyncio.sleep(PAUSE_SECONDS)
        return took

    await edit()
    beside: list[float] = []
    alone: list[float] = []
    let_in = 0
    for _ in range(ROUNDS):
        alone += await edit()
        crowd = Crowd(server, names)
        crowd.come()
        await asyncio.sleep(0.5)
        before = crowd.let_in
        beside += await edit()
        let_in += crowd.let_in - before
        await crowd.go()
        await settle(server)
    writer.close()
    return beside, alone, let_in / ROUNDS / SECONDS

"""Everything that a run of faults breaks: services, servers behind proxies, workers, and the clients of two restaurants."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.mood import Mood
from tests.faults.proxy import Proxy
from tests.support.agent import Agent
from tests.support.ledger import Ledger
from tests.support.ports import free_port
from tests.support.provision import Place
from tests.support.server import ServerProcess
from tests.support.services import Postgres, RedisServer
from tests.support.worker import WorkerProcess

DAYS = [f"2025-08-{day:02}" for day in range(1, 16)]
CONTESTED_DAY = "2025-07-25"
PING_SECONDS = 1.5
BETWEEN_EDITS = (0.05, 0.4)


@dataclass
class Stage:
    """``pruned`` are the rows of each restaurant's log that were removed meanwhile, as they were before; ``found`` is what the faults
    themselves saw go wrong; backups are written into ``folder``. ``mood`` is that of a webhook's receiver, where there is one.
    ``kept`` is, by epoch that is over, the last version of it that a restored backup held; ``orphans`` are the tasks of the queue that
    ran at the moment of that backup. ``settings``: the module with which everything runs."""

    postgres: Postgres
    redis: RedisServer
    database_url: str
    servers: list[ServerProcess]
    proxies: list[Proxy]
    workers: list[WorkerProcess]
    places: list[Place]
    seed: int
    folder: Path
    chance: random.Random = field(init=False)
    agents: list[Agent] = field(default_factory=list)
    pruned: dict[str, list[Any]] = field(default_factory=dict)
    backups: list[Path] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)
    orphans: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    mood: Mood | None = None
    settings: str = "tests.settings"
    may_write: asyncio.Event = field(default_factory=asyncio.Event)
    database_turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    redis_turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        # The faults' own: were it the clients' as well, who writes first would decide what breaks.
        self.chance = random.Random(self.seed)

    def add_agents(self, count: int) -> None:
        """Every fifth client is of the second restaurant, every fourth speaks version 1; each starts at another server."""
        for number in range(count):
            first = number % len(self.proxies)
            urls = [proxy.url for proxy in (*self.proxies[first:], *self.proxies[:first])]
            self.agents.append(
                Agent(
                    f"agent-{number}",
                    self.places[number % 5 == 4],
                    urls,
                    is_v2=number % 4 != 0,
                    role="manager" if number % 3 else "owner",
                    ping_seconds=PING_SECONDS,
                )
            )

    def ledger(self, place: Place) -> Ledger:
        """What the database holds of that restaurant, and held."""
        return Ledger(self.database_url, place, self.pruned.get(place.restaurant, ()))

    def agents_of(self, place: Place) -> list[Agent]:
        """Its clients."""
        return [agent for agent in self.agents if agent.place is place]

    async def write(self, agent: Agent) -> None:
        """Edits cells of the client's own row, each to a value that was never there, until writing ends.

        Some edits are for a cell that all of the restaurant want, and are refused if somebody was there before.
        """
        number = self.agents.index(agent)
        own, chance = agent.place.staff[number], random.Random(f"{self.seed} {number}")
        for count in itertools.count():
            await asyncio.sleep(chance.uniform(*BETWEEN_EDITS))
            # Again, since it may be over by the time that one hears of it: an edit of then would be sent after all was judged.
            while not self.may_write.is_set():
                await self.may_write.wait()
            value = f"v{number}-{count}"
            if agent.is_v2 and count % 9 == 8:
                options = {"baseVersion": max(0, agent.version - 2), "strategy": "first_writer_wins"}
                await agent.edit(agent.place.staff[-1], CONTESTED_DAY, value, **options)
            else:
                await agent.edit(own, chance.choice(DAYS), value)


@asynccontextmanager
async def acting(stage: Stage) -> AsyncIterator[Stage]:
    """The clients come, write all the time, and go."""
    async with AsyncExitStack() as stack:
        for agent in stage.agents:
            agent.start()
            stack.push_async_callback(agent.stop)
        writing = [asyncio.ensure_future(stage.write(agent)) for agent in stage.agents]
        try:
            yield stage
        finally:
            for task in writing:
                task.cancel()


@asynccontextmanager
async def proxied(servers: list[ServerProcess]) -> AsyncIterator[list[Proxy]]:
    """A proxy before each of them."""
    proxies = [await Proxy(server.port).start() for server in servers]
    try:
        yield proxies
    finally:
        for proxy in proxies:
            await proxy.stop()


def started(
    stack: ExitStack, environment: Mapping[str, str], *, servers: int, workers: int, settings: str
) -> tuple[list[ServerProcess], list[WorkerProcess]]:
    """Processes that end with ``stack``. The clock of the last server is ahead, unless its settings are others anyway."""
    usual = {**environment, "DJANGO_SETTINGS_MODULE": settings}
    ahead = {**usual, "DJANGO_SETTINGS_MODULE": "tests.support.ahead_settings"}
    is_sabotaged = settings != "tests.settings"
    started_servers = [
        stack.enter_context(ServerProcess(ahead if number == servers - 1 and not is_sabotaged else usual, free_port()))
        for number in range(servers)
    ]
    impatient = {**environment, "DJANGO_SETTINGS_MODULE": "tests.support.impatient_settings"}
    started_workers = [stack.enter_context(WorkerProcess(impatient)) for _ in range(workers)]
    return started_servers, started_workers

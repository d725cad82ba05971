"""Two server processes on one PostgreSQL and one Redis, all of our own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from tests.support.agent import Agent
from tests.support.ledger import Ledger
from tests.support.ports import free_port
from tests.support.provision import Place
from tests.support.server import ServerProcess
from tests.support.services import Postgres, RedisServer

DAYS = [f"2025-08-{day:02}" for day in range(1, 21)]


@dataclass
class Cluster:
    """The processes, and a restaurant in their database. The first server may be killed and started again."""

    postgres: Postgres
    redis: RedisServer
    database_url: str
    servers: list[ServerProcess]
    place: Place

    @property
    def urls(self) -> list[str]:
        """Where the servers are."""
        return [server.url for server in self.servers]

    def ledger(self) -> Ledger:
        """What the database holds now."""
        return Ledger(self.database_url, self.place)

    def agents(self, count: int, *, every_nth_is_v1: int = 4) -> list[Agent]:
        """Clients, half of which come to each server first; each has a row of cells of its own."""
        return [
            Agent(
                f"agent-{number}",
                self.place,
                self.urls if number % 2 else self.urls[::-1],
                is_v2=number % every_nth_is_v1 != 0,
                role="manager" if number % 3 else "owner",
            )
            for number in range(count)
        ]


@contextmanager
def two_servers(environment: Mapping[str, str]) -> Iterator[list[ServerProcess]]:
    """Starts them, and ends them."""
    servers = [ServerProcess(environment, free_port()) for _ in range(2)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.stop()


def database_name() -> str:
    """A name that nobody uses."""
    return f"shiftsync_{uuid4().hex[:12]}"

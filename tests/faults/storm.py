"""Twenty clients write while everything around them breaks."""

import asyncio
import random
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from tests.support.agent import Agent, Edit
from tests.support.cluster import DAYS, Cluster
from tests.support.waiting import PATIENCE_SECONDS, until

CLIENTS = 20
ROUND = 6
# Promised are five (`make faults` holds a run to them); a machine that does other things too gets more.
CONVERGENCE_SECONDS = 20.0


@dataclass
class Storm:
    """The clients and what they have written. ``agents`` are live when the block is entered."""

    cluster: Cluster
    agents: list[Agent] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))
    _count: int = 0
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> "Storm":
        self.agents = self.cluster.agents(CLIENTS)
        for agent in self.agents:
            agent.start()
            self._stack.push_async_callback(agent.stop)
        await until(lambda: all(agent.is_live for agent in self.agents), PATIENCE_SECONDS, "all clients to be live")
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    async def write(self, times: int = ROUND) -> None:
        """Each client edits a few cells of its own row, each to a value that was never there."""
        for _ in range(times):
            for agent, staff_id in zip(self.agents, self.cluster.place.staff, strict=True):
                self._count += 1
                await agent.edit(staff_id, self._chance.choice(DAYS), f"v{self._count}")
            await asyncio.sleep(0)

    async def write_while(self, breaking: "asyncio.Future[None]") -> None:
        """Goes on writing until ``breaking`` is done."""
        while not breaking.done():
            await self.write(1)
            await asyncio.sleep(0.05)
        breaking.result()

    async def all_acked(self, seconds: float = PATIENCE_SECONDS) -> None:
        """Waits for the acknowledgement of everything."""
        await until(lambda: all(agent.has_all_acked for agent in self.agents), seconds, "all acknowledgements")

    async def send_old_ones_again(self) -> None:
        """Each client sends its first requests again, over which it has written since."""
        for agent in self.agents:
            for edit in overwritten(agent.sent)[:3]:
                await agent.send_again(edit)
        await self.all_acked()

    async def behind(self) -> list[str]:
        """Who is not equal to the database after a while."""
        ledger = await asyncio.to_thread(self.cluster.ledger)
        with suppress(AssertionError):
            await until(lambda: not ledger.behind(self.agents), CONVERGENCE_SECONDS, "all clients to be equal")
        return ledger.behind(self.agents)

    async def violations(self) -> list[str]:
        """What breaks a promise."""
        behind = [f"{name} is not equal to the database" for name in await self.behind()]
        return [*(await asyncio.to_thread(self.cluster.ledger)).violations(self.agents), *behind]


def overwritten(edits: list[Edit]) -> list[Edit]:
    """Those that a later one of the same cell replaced."""
    last = {(edit.staff_id, edit.date_key): edit for edit in edits}
    return [edit for edit in edits if last[(edit.staff_id, edit.date_key)] is not edit]

"""The installation is restored while its clients write: they lose what came after the backup, and nothing else.

What they were told until then is compared with the database of before, which a restore leaves as it is; then what came after the
backup is taken out of their notes. At the end of the run the notes must agree with the database like those of any other run: what
was acknowledged before the backup or after the restore is there once, and nobody holds anything else.
"""

import asyncio
from uuid import uuid4

from tests.faults.commands import manage
from tests.faults.jobs import tasks_without_worker
from tests.faults.stage import Stage
from tests.support.agent import Edit
from tests.support.ledger import Ledger
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE_SECONDS, until
from tests.support.worker import WorkerProcess

Known = dict[str, set[str]]


async def installation_restored(stage: Stage) -> None:
    """From a backup of some seconds ago, as docs/operations.md says: into a new database, while no server and no worker runs."""
    known = {agent.name: set(agent.acked) for agent in stage.agents}
    file = stage.folder / f"to-restore-{uuid4().hex[:12]}"
    await asyncio.to_thread(manage, stage.database_url, "backup", str(file))
    await asyncio.sleep(stage.chance.uniform(1, 3))
    processes: list[ServerProcess | WorkerProcess] = [*stage.servers, *stage.workers]
    await asyncio.gather(*(asyncio.to_thread(process.stop) for process in processes))
    try:
        await until(
            lambda: not any(agent.is_connected for agent in stage.agents), PATIENCE_SECONDS, "all to be cut off"
        )
        restored = await asyncio.to_thread(stage.postgres.create, f"restored_{uuid4().hex[:12]}")
        await asyncio.to_thread(manage, restored, "restore", str(file), settings=stage.settings)
        gone = await asyncio.to_thread(_go_back, stage, restored, known)
        for process in processes:
            process.move_to(restored)
    finally:
        await asyncio.gather(*(asyncio.to_thread(process.start) for process in processes))
    await until(lambda: all(agent.is_live for agent in stage.agents), PATIENCE_SECONDS, "all clients to be back")
    await _send_lost_ones(stage, gone)


def _go_back(stage: Stage, restored: str, known: Known) -> dict[str, list[Edit]]:
    """Judges the past that ends here and makes that of the backup the stage's own; returns what each client has lost."""
    gone: dict[str, list[Edit]] = {}
    for place in stage.places:
        before, agents = stage.ledger(place), stage.agents_of(place)
        after = Ledger(restored, place, stage.pruned.get(place.restaurant, ()))
        stage.found += [f"before it was restored: {line}" for line in before.violations(agents, are_answered=False)]
        if after.log != before.log[: after.version]:
            stage.found.append("the restored log is not the beginning of the one before")
        if after.epoch == before.epoch:
            stage.found.append("the restored log has the epoch of the one before")
        for agent in agents:
            gone[agent.name] = agent.forget_after(after.version)
            early = [edit for edit in gone[agent.name] if edit.request_id in known[agent.name]]
            stage.found += [f"{agent.name}: the backup lacks {edit.value}, acknowledged before it" for edit in early]
        stage.kept[before.epoch] = after.version
        stage.pruned[place.restaurant] = after.log[: after.pruned]
    stage.database_url = restored
    stage.orphans += tasks_without_worker(restored)
    print(f"        {sum(map(len, gone.values()))} acknowledged edits are lost, as they must be", flush=True)
    return gone


async def _send_lost_ones(stage: Stage, gone: dict[str, list[Edit]]) -> None:
    """Each client sends one of them again as if nothing had happened: it must be carried out once, or refused.

    None that names a version: it would be one of a past that is gone.
    """
    for agent in stage.agents:
        for edit in [edit for edit in gone[agent.name] if not edit.options][-1:]:
            await agent.send_as_if_new(edit)

"""What a database holds of a restaurant's cells, read beside the application: log, rows and history must tell one story."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import psycopg

from tests.support.agent import Agent, Cells
from tests.support.provision import Place

LOG = """SELECT version, type, payload, request_id::text, actor_id::text, client_id FROM realtime_change
    WHERE restaurant_id = %s ORDER BY version"""
ROWS = "SELECT staff_id::text, date::text, value, revision FROM schedules_shift WHERE schedule_id = %s"
HISTORY = """SELECT revision, staff_id::text, date::text, value, history_user_id::text
    FROM schedules_historicalshift WHERE schedule_id = %s ORDER BY revision"""


class Ledger:
    """One look at the database. ``pruned`` are rows of the log that were read before they were removed; so many of ``log`` it lacks."""

    def __init__(self, database_url: str, place: Place, pruned: Sequence[Any] = ()) -> None:
        self.place = place
        with psycopg.connect(database_url) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ  # somebody may be writing
            kept = connection.execute(LOG, [place.restaurant]).fetchall()
            self.rows = connection.execute(ROWS, [place.schedule]).fetchall()
            self.history = connection.execute(HISTORY, [place.schedule]).fetchall()
            stream = connection.execute(
                "SELECT version, epoch::text FROM realtime_stream WHERE restaurant_id = %s", [place.restaurant]
            ).fetchone()
        self.version: int
        self.epoch: str
        self.version, self.epoch = stream or (-1, "")
        first = kept[0][0] if kept else self.version + 1
        removed = [row for row in pruned if row[0] < first]
        self.log, self.pruned = [*removed, *kept], len(removed)

    @property
    def cells(self) -> Cells:
        """The filled cells."""
        return {(staff_id, day): value for staff_id, day, value, _ in self.rows if value}

    def violations(self, agents: Sequence[Agent], *, are_answered: bool = True) -> list[str]:
        """What breaks a promise: nothing lost, nothing twice, in order, one story everywhere. Empty where all is well.

        ``are_answered``: whether every request should have been answered by now.
        """
        found = [line for agent in agents for line in self._of(agent)]
        if are_answered:
            left = [(agent, agent.unanswered) for agent in agents if agent.unanswered]
            found += [
                f"{agent.name}: {edits[0].value} was never acknowledged, of {len(edits)}" for agent, edits in left
            ]
        return [*self._own_story(), *found]

    def _own_story(self) -> list[str]:
        found = []
        if [row[0] for row in self.log] != list(range(1, self.version + 1)):
            found.append("the versions of the log are not dense")
        replayed = _replayed(self.log)
        if {key: value for key, (value, _) in replayed.items() if value} != self.cells:
            found.append("the log does not lead to the rows")
        told = [(version, *cell) for version, cells in _cell_changes(self.log) for cell in cells]
        if sorted(told) != sorted((row[0], *row[1:4]) for row in self.history):
            found.append("the history is not what the log tells")
        return found

    def _of(self, agent: Agent) -> list[str]:
        found = []
        by_request = {row[3]: row for row in self.log if row[3]}
        times = Counter(row[3] for row in self.log if row[3])
        user = self.place.users[agent.role]
        users = {row[0]: row[4] for row in self.history}
        for edit in agent.sent:
            row = by_request.get(edit.request_id)
            if edit.request_id in agent.refused:
                found += [f"{agent.name}: {edit.value} was refused and took effect"] if row else []
            elif row is None:
                lost = edit.request_id in agent.acked
                found += [f"{agent.name}: {edit.value} was acknowledged and is lost"] if lost else []
            elif times[edit.request_id] != 1:
                found.append(f"{agent.name}: {edit.value} was applied {times[edit.request_id]} times")
            elif (row[4], row[5], users[row[0]]) != (user, agent.name, user):
                found.append(f"{agent.name}: {edit.value} is not under its author's name")
        shown = [edit for edit in agent.shown if times[edit.request_id] > 1]
        found += [f"{agent.name}: {edit.value} was applied {times[edit.request_id]} times" for edit in shown]
        if agent.epoch != self.epoch:
            found.append(f"{agent.name}: is of an epoch that is over")
        applied = [by_request[edit.request_id][0] for edit in agent.sent if edit.request_id in by_request]
        if applied != sorted(applied):
            found.append(f"{agent.name}: its edits were not applied in the order sent")
        return [*found, *self._told_to(agent)]

    def _told_to(self, agent: Agent) -> list[str]:
        """What it heard that did not happen so, or not in that order."""
        told = {(version, *cell) for version, cells in _cell_changes(self.log) for cell in cells}
        found = [
            f"{agent.name}: was told {cell}, which the log does not hold" for cell in agent.heard if cell not in told
        ]
        if agent.is_v2 and agent.versions != sorted(set(agent.versions)):
            found.append(f"{agent.name}: was not told in the order of versions, each once")
        return found[:5]

    def behind(self, agents: Sequence[Agent]) -> list[str]:
        """Who does not hold what the database holds."""
        return [agent.name for agent in agents if agent.cells != self.cells]


def _cell_changes(log: Sequence[Any]) -> list[tuple[int, list[tuple[str, str, str]]]]:
    found = []
    for version, type, payload, *_ in log:
        if type in ("SHIFT_BROADCAST", "SHIFT_BULK_BROADCAST"):
            told = json.loads(payload)
            cells = told.get("changes") or [told]
            found.append((version, [(cell["staffId"], cell["dateKey"], cell["shiftValue"]) for cell in cells]))
    return found


def _replayed(log: Sequence[Any]) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (staff_id, day): (value, version) for version, cells in _cell_changes(log) for staff_id, day, value in cells
    }

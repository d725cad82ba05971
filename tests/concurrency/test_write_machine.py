"""The write functions under every sequence of requests: what is acknowledged is there once, and everything tells it alike."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from schedules.services.cells import CellEdit, CellsEdit, cells_edit, cells_edit_together
from schedules.services.locks import CellsLock, CellsUnlock, cells_lock, cells_unlock
from schedules.services.undo import Redo, Undo, redo, undo
from shiftsync.core.actor import Role
from shiftsync.core.errors import ConflictError, DomainError, NotFound, ValidationFailed, VersionLocked
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.realtime.stream.settling import Verdict
from shiftsync.tenants.models import ConflictStrategy
from shiftsync.tenants.services import restaurant_update
from tests.support.lane_thread import LaneThread
from tests.support.story import Key, Story
from tests.support.world import World, make_world

Send = Callable[[AnyRequest], Outcome]

clients = st.sampled_from([(Role.OWNER, "one"), (Role.MANAGER, "one"), (Role.MANAGER, "two")])
cells = st.tuples(st.integers(0, 1), st.sampled_from(["2025-08-01", "2025-08-02"]))
values = st.sampled_from(["", "○", "△", "×"])
strategies = st.none() | st.sampled_from(Strategy)
behind = st.none() | st.integers(0, 6)
# Seeded, and not drawn from Hypothesis as it goes: how much there is to pick from depends on how the writers' threads ran.
picks = st.integers(0, 2**32).map(Random)
edits = st.tuples(clients, cells, values, behind, strategies)


SETTINGS = settings(max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))


class Broken(Exception):
    """What a write function raises that is no refusal."""


class WriteMachine(RuleBasedStateMachine):
    """One restaurant; each rule is what some client asks for, or something that goes wrong."""

    world: World
    story: Story

    @initialize(strategy=st.sampled_from(ConflictStrategy))
    def open(self, strategy: ConflictStrategy) -> None:
        self.world = make_world(f"Kitchen {uuid4().hex[:6]}", ("田中", "佐藤"))
        restaurant_update(self.world.system, conflict_strategy=strategy)
        self.usual = Strategy(strategy)
        self.acknowledged: list[tuple[Send, AnyRequest, Outcome]] = []
        self.look()

    @classmethod
    def together(cls, requests: Sequence[AnyRequest]) -> list[Verdict]:
        """How cell edits that arrive together are carried out."""
        return cells_edit_together(requests)

    @classmethod
    def edit_one(cls, request: AnyRequest) -> Outcome:
        (verdict,) = cls.together([request])
        if isinstance(verdict, DomainError):
            raise verdict
        return verdict

    @classmethod
    def edit_on_a_thread_of_its_own(cls, request: AnyRequest) -> Verdict:
        try:
            (verdict,) = cls.together([request])
            return verdict
        finally:
            connection.close()

    def look(self) -> None:
        self.story = Story(self.world)
        self.story.check()

    # --- requests ---

    def key(self, cell: tuple[int, str]) -> Key:
        return self.world.staff_ids[cell[0]], cell[1]

    def ask(
        self, client: tuple[Role, str], intent: Any, behind: int | None = None, strategy: Strategy | None = None
    ) -> AnyRequest:
        base = None if behind is None else max(0, self.story.version - behind)
        actor = self.world.actor(*client)
        return ChangeRequest(actor, intent, uuid4(), base, strategy, reason="machine")

    def send(self, send: Send, request: AnyRequest) -> Outcome:
        outcome = send(request)
        self.acknowledged.append((send, request, outcome))
        return outcome

    # --- edits ---

    @rule(wanted=st.lists(edits, min_size=1, max_size=6))
    def edit_together(self, wanted: list[Any]) -> None:
        requests = [
            self.ask(client, CellEdit(self.world.schedule_id, *self.key(cell), value), behind, strategy)
            for client, cell, value, behind, strategy in wanted
        ]
        self.judge_together(requests, self.together(requests))

    def judge_together(self, requests: list[AnyRequest], verdicts: list[Verdict]) -> None:
        """Each verdict is what the log up to it says that it must be."""
        after = Story(self.world)
        state = {key: self.story.cell(key).value for key in self.all_keys}
        version = self.story.version
        touches = list(self.story.touches)
        for request, verdict in zip(requests, verdicts, strict=True):
            key = (request.intent.staff_id, request.intent.date_key)
            expected = self.expected(request, key, state[key], touches)
            if isinstance(expected, type):
                assert isinstance(verdict, expected)
                continue
            assert isinstance(verdict, Outcome)
            self.acknowledged.append((self.edit_one, request, verdict))
            if expected != state[key]:
                version += 1
                touches += [touch for touch in after.touches if touch.version == version]
            assert verdict.version == version
            assert verdict.result["shiftValue"] == expected
            state[key] = expected
        assert {key: after.cell(key).value for key in self.all_keys} == state

    @property
    def all_keys(self) -> list[Key]:
        return [(staff_id, day) for staff_id in self.world.staff_ids for day in ("2025-08-01", "2025-08-02")]

    def expected(self, request: AnyRequest, key: Key, present: str, touches: list[Any]) -> Any:
        """The value that the cell must hold afterwards, or the class of the refusal."""
        wanted = request.intent.value
        if wanted == present:
            return present
        if self.story.cell(key).is_locked:
            return VersionLocked
        base, is_foreign = "", False
        for touch in touches:
            if touch.key != key or touch.value is None or request.base_version is None:
                continue
            if touch.version <= request.base_version or request.actor.is_same_client(*touch.author):
                base = touch.value
            else:
                is_foreign = True
        strategy = request.strategy or self.usual
        if is_foreign and strategy is Strategy.MERGE_CHANGES and wanted == base:
            return present
        is_conflict = is_foreign and present not in (base, wanted)
        return (
            ConflictError if is_conflict and strategy in (Strategy.FIRST_WRITER_WINS, Strategy.USER_CHOICE) else wanted
        )

    @rule(
        client=clients,
        grid=st.dictionaries(cells, values, max_size=4),
        mode=st.sampled_from(["merge", "replace"]),
        skips=st.booleans(),
    )
    def edit_many(self, client: tuple[Role, str], grid: dict[Any, str], mode: Any, skips: bool) -> None:
        data: dict[str, dict[str, str]] = {}
        for cell, value in grid.items():
            staff_id, day = self.key(cell)
            data.setdefault(staff_id, {})[day] = value
        request = self.ask(client, CellsEdit(self.world.schedule_id, data, mode, skips_invalid=skips))
        wanted = {self.key(cell): value for cell, value in grid.items()}
        locked = {key for key in wanted if self.story.cell(key).is_locked and self.story.cell(key).value != wanted[key]}
        if locked and not skips:
            with pytest.raises(VersionLocked):
                cells_edit(request)
            return
        self.send(cells_edit, request)
        after = Story(self.world)
        for key in self.all_keys:
            before = self.story.cell(key)
            kept = before.value if mode == "merge" or before.is_locked else ""
            assert after.cell(key).value == (before.value if key in locked else wanted.get(key, kept))
        assert after.version - self.story.version in (0, 1)

    @rule(client=clients, cell=cells, locks=st.booleans())
    def lock(self, client: tuple[Role, str], cell: tuple[int, str], locks: bool) -> None:
        staff_id, day = self.key(cell)
        named = [{"staff_id": staff_id, "date_key": day}]
        if locks:
            self.send(cells_lock, self.ask(client, CellsLock(self.world.schedule_id, named)))
        else:
            self.send(cells_unlock, self.ask(client, CellsUnlock(self.world.schedule_id, named)))
        after = Story(self.world).cell((staff_id, day))
        assert (after.is_locked, after.value) == (locks, self.story.cell((staff_id, day)).value)

    @rule(client=clients, back=st.booleans(), partial=st.booleans(), skip=st.booleans())
    def step(self, client: tuple[Role, str], back: bool, partial: bool, skip: bool) -> None:
        intent: Any = (Undo if back else Redo)(self.world.schedule_id, partial, skip)
        try:
            outcome = self.send(undo if back else redo, self.ask(client, intent))
        except (ConflictError, NotFound):
            assert Story(self.world).version == self.story.version
            return
        if outcome.change is None:
            return
        taken_back = next(change for change in self.story.log if change.version == outcome.result["undoes"])
        assert (taken_back.actor_id, taken_back.client_id) == (self.world.users[client[0]].id, client[1])
        after = Story(self.world)
        old = {(staff_id, day): value for staff_id, day, value in taken_back.old["cells"]}  # type: ignore[attr-defined]  # a list of cells
        changed = [touch.key for touch in after.touches if touch.version == outcome.version]
        assert changed
        assert all(after.cell(key).value == old[key] for key in changed)

    # --- repeats ---

    @rule(pick=picks)
    def repeat(self, pick: Any) -> None:
        if not self.acknowledged:
            return
        send, request, outcome = pick.choice(self.acknowledged)
        again = send(replace(request, base_version=0, strategy=Strategy.LAST_WRITER_WINS))
        assert again.is_repeat
        assert again.answer() == outcome.answer()
        assert Story(self.world).version == self.story.version

    @rule(pick=picks, cell=cells)
    def reuse_an_id(self, pick: Any, cell: tuple[int, str]) -> None:
        if not self.acknowledged:
            return
        _, request, _ = pick.choice(self.acknowledged)
        other = CellEdit(self.world.schedule_id, *self.key(cell), "another content")
        with pytest.raises(ValidationFailed, match="requestId"):
            self.edit_one(replace(request, intent=other))

    # --- what goes wrong ---

    @rule(client=clients, cell=cells, value=values)
    def break_a_write(self, client: tuple[Role, str], cell: tuple[int, str], value: str) -> None:
        request = self.ask(client, CellEdit(self.world.schedule_id, *self.key(cell), value))

        def write_and_raise(tx: Transaction) -> Written:
            tx.take_version()
            raise Broken

        with pytest.raises(Broken):
            commit(request, write_and_raise)
        assert Story(self.world).version == self.story.version
        self.judge_together([request], self.together([request]))

    @rule(cell=cells, value=values)
    def ask_without_the_right(self, cell: tuple[int, str], value: str) -> None:
        request = self.ask((Role.VIEWER, "one"), CellEdit(self.world.schedule_id, *self.key(cell), value))
        (verdict,) = self.together([request])
        assert isinstance(verdict, DomainError)
        assert verdict.code == "forbidden"

    @rule(data=st.lists(st.tuples(clients, cells, values), min_size=2, max_size=6))
    def write_concurrently(self, data: list[Any]) -> None:
        requests = [
            self.ask(client, CellEdit(self.world.schedule_id, *self.key(cell), value)) for client, cell, value in data
        ]
        with ThreadPoolExecutor(len(requests)) as pool:
            # Each is sent twice at the same time, as a client does whose connection broke.
            verdicts = list(pool.map(self.edit_on_a_thread_of_its_own, [*requests, *requests]))
        for request, first, second in zip(requests, verdicts, verdicts[len(requests) :], strict=False):
            if isinstance(first, Outcome):
                assert isinstance(second, Outcome)
                assert first.answer() == second.answer()
                assert [first.is_repeat, second.is_repeat].count(False) == 1
                self.acknowledged.append((self.edit_one, request, first))
            else:
                # A refusal is remembered too: the second of a pair may be told by the first.
                assert {first.code, getattr(second, "code", None)} == {VersionLocked.code}

    @invariant()
    def everything_tells_the_same(self) -> None:
        self.look()


def test_write_functions__any_sequence__acknowledged_once_and_told_alike(db_with_commits: None) -> None:
    run_state_machine_as_test(WriteMachine, settings=SETTINGS)


@pytest.mark.services
def test_lane_of_many_restaurants__any_sequence__acknowledged_once_and_told_alike(db_with_commits: None) -> None:
    with LaneThread() as lanes:

        class SharedMachine(WriteMachine):
            @classmethod
            def together(cls, requests: Sequence[AnyRequest]) -> list[Verdict]:
                return lanes.together(requests)

        run_state_machine_as_test(SharedMachine, settings=SETTINGS)

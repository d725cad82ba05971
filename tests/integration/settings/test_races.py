"""Activations that race with edits and with one another; the trigger that guards a locked version."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from settings_app.models import ConfigVersion
from settings_app.rules.table import SettingsTable
from settings_app.services.rows import RowWrite, row_update
from settings_app.services.versions import (
    VersionActivate,
    VersionCreate,
    VersionLock,
    version_activate,
    version_create,
    version_lock,
)
from settings_app.tables import model_of
from shiftsync.core.errors import ConflictError
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome
from tests.contract.settings.samples import TABLES, made
from tests.support.world import World

Call = Callable[[], Outcome]


def at_once(calls: Sequence[Call]) -> list[Outcome | Exception]:
    """What each call returned or raised; all begin together."""
    barrier = Barrier(len(calls))

    def run(call: Call) -> Outcome | Exception:
        barrier.wait()
        try:
            return call()
        except ConflictError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def new_version(world: World) -> str:
    """A copy of the active version."""
    made_version = version_create(ChangeRequest(world.system, VersionCreate("copy")))
    return str(made_version.result["version"]["id"])


def require_whole_log(world: World) -> None:
    """Every version of the restaurant is in the log once."""
    versions = Change.objects.filter(restaurant=world.restaurant).order_by("version").values_list("version", flat=True)
    assert list(versions) == list(range(1, world.position.version + 1))


def test_activations__at_once__leave_exactly_one_active(world: World) -> None:
    ids = [new_version(world) for _ in range(4)]

    def activation(version_id: str) -> Call:
        return lambda: version_activate(ChangeRequest(world.actor(), VersionActivate(version_id)))

    outcomes = at_once([activation(version_id) for version_id in ids])
    last = max((outcome for outcome in outcomes if isinstance(outcome, Outcome)), key=lambda outcome: outcome.version)
    active = ConfigVersion.objects.get(restaurant=world.restaurant, is_active=True)
    assert str(active.id) == last.result["version"]["id"]
    require_whole_log(world)


def test_activation__racing_with_an_edit__edits_the_active_version_or_nothing(world: World) -> None:
    table = TABLES[0]
    row = made(table, world)
    other = new_version(world)
    edit = RowWrite(table.key, {"description": "raced"}, row["id"])
    edited, _ = at_once(
        [
            lambda: row_update(ChangeRequest(world.actor(), edit)),
            lambda: version_activate(ChangeRequest(world.actor(client_id="other"), VersionActivate(other))),
        ]
    )
    stored = model_of(table)._default_manager.get(id=row["id"])
    assert (stored.description == "raced") is isinstance(edited, Outcome)
    require_whole_log(world)


def test_versions__created_at_once__are_numbered_without_gaps(world: World) -> None:
    at_once([lambda: version_create(ChangeRequest(world.actor(), VersionCreate("copy")))] * 5)
    numbers = ConfigVersion.objects.filter(restaurant=world.restaurant).values_list("version_number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
    require_whole_log(world)


@pytest.mark.services
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_locked_version__a_write_past_the_services__is_refused_by_the_database(
    world: World, table: SettingsTable
) -> None:
    row, model = made(table, world), model_of(table)
    version_lock(ChangeRequest(world.system, VersionLock(row["versionId"])))
    writes: list[Callable[[], object]] = [
        lambda: model._default_manager.filter(id=row["id"]).update(name="x"),
        lambda: model._default_manager.filter(id=row["id"]).delete(),
        lambda: model._default_manager.create(
            **{
                field.attname: value
                for field in model._meta.concrete_fields
                if (value := getattr(model._default_manager.get(id=row["id"]), field.attname)) is not None
                and not field.primary_key
            }
        ),
    ]
    for write in writes:
        with pytest.raises(DatabaseError, match="locked"), transaction.atomic():
            write()

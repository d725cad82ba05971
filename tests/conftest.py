"""Fixtures of the whole suite. Everything is committed for real: sockets and other processes must see it."""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from shiftsync.core.actor import Role
from tests.support.client import Client
from tests.support.kept_tables import stop_making_them_anew
from tests.support.server import ServerProcess
from tests.support.wire_check import check_message
from tests.support.world import World, make_world

# The servers that tests start would compile every module again, each of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Whether a change breaks something must not be a matter of luck: each run draws the same examples, however long one takes on a
# machine that does other things too. `make fuzz` draws others.
settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("new", settings.get_profile("same"), derandomize=False)
settings.load_profile("new" if os.environ.get("TEST_LONG_WALK") else "same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--needs-database",
        action="store_true",
        help="leave out what does the same on any database, and has been done on one",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nearly all that is imported and collected stays until the end: looking for garbage among it would take a quarter of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(config, items)
    if hasattr(config, "workerinput"):  # one of several processes (pytest-xdist), to which files go in this order
        items[:] = spread(items)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With ``--needs-database``, what another database cannot change."""
    if not config.getoption("--needs-database"):
        return
    left_out = [item for item in items if does_the_same_anywhere(item)]
    dropped = set(left_out)
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in dropped]


def spread(items: list[pytest.Item]) -> list[pytest.Item]:
    """The files whose tests mostly wait for what has failed to come back, spread among the first three quarters of the others. Last, as they would
    be (pytest-django begins with what uses its database), they would leave the processors idle; together in front, too."""
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.location[0], []).append(item)
    waiting = [name for name in files if name.startswith("tests/faults/")]
    others = [name for name in files if name not in set(waiting)]
    for number, name in enumerate(waiting):
        others.insert(round(len(others) * 0.75 * number / len(waiting)), name)
    return [item for name in others for item in files[name]]


def does_the_same_anywhere(item: pytest.Item) -> bool:
    """Whether another database changes nothing: the test touches none and starts no process that could, or says so by its mark."""
    return item.get_closest_marker("any_database") is not None or not (
        touches_database(item) or item.get_closest_marker("starts_processes") is not None
    )


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by a fixture or by pytest-django's mark, or for the services."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return not {"db", "transactional_db", "django_db_setup"}.isdisjoint(fixtures) or any(
        item.get_closest_marker(name) is not None for name in ("django_db", "services")
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The test database, made once; a flush after a test does not make again what is in it from the beginning."""
    stop_making_them_anew()


@pytest.fixture
def db_with_commits(transactional_db: None) -> None:
    """The database, with real commits; emptied after the test."""


@pytest.fixture
def world(db_with_commits: None) -> World:
    """A small restaurant."""
    return make_world()


@pytest.fixture(scope="session")
def database_url(django_db_setup: None) -> str:
    """The address of the test database, for server processes."""
    return address_of(connection.settings_dict)


def address_of(settings: dict[str, Any]) -> str:
    """A database's settings as ``DATABASE_URL`` has them."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user, password = settings["USER"], settings["PASSWORD"]
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    return f"postgresql://{login}{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"


@pytest.fixture(scope="session")
def server(database_url: str) -> Iterator[ServerProcess]:
    """One server process for the whole run."""
    with ServerProcess({"DATABASE_URL": database_url}) as process:
        yield process


Connect = Callable[..., Client]


@pytest.fixture
def connect(server: ServerProcess, world: World) -> Iterator[Connect]:
    """Opens clients: ``connect(Role.MANAGER, v2=True)``. They are greeted already, and closed after the test.

    Whatever they received is then checked against the exported protocol.
    """
    clients: list[tuple[Client, bool]] = []

    def open_client(role: Role = Role.MANAGER, *, v2: bool = True, **parameters: Any) -> Client:
        client = Client(server.url, token=world.tokens[role], v2=v2, **parameters)
        clients.append((client, not v2))
        client.expect("CONNECTION_ACK")
        if v2:
            client.expect("PRESENCE_STATE")
        return client

    yield open_client
    for client, _ in clients:
        client.close()
    for client, is_v1 in clients:
        for message in client.received:
            check_message(message, is_v1=is_v1)

"""What PostgreSQL lists of our connections tells an operator which process holds them."""

import psycopg
import pytest

from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.world import World

pytestmark = pytest.mark.services


def names(database_url: str) -> set[str]:
    """How the connections to that database are called."""
    with psycopg.connect(database_url, autocommit=True, application_name="onlooker") as onlooker:
        listed = onlooker.execute("SELECT application_name FROM pg_stat_activity WHERE datname = current_database()")
        return {name for (name,) in listed}


def test_server__its_connections__are_called_by_what_they_do(connect: Connect, world: World, database_url: str) -> None:
    assert connect(Role.MANAGER).request("SHIFT_UPDATE", world.edit(0, "08-01", "×"))["type"] == "ACK"
    assert {"shiftsync-server", "shiftsync-lane"} <= names(database_url)

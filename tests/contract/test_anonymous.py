"""Development without credentials: one configured restaurant, an editor without a name."""

from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.world import World, make_world


def test_anonymous_restaurant__configured__lets_a_client_in_as_an_editor(database_url: str, world: World) -> None:
    other = make_world("Other")
    environment = {"DATABASE_URL": database_url, "SHIFTSYNC_ANONYMOUS_RESTAURANT": str(world.id)}
    with ServerProcess(environment) as server:
        with Client(server.url, headers=[("Origin", "http://localhost:3000")]) as client:
            payload = client.expect("CONNECTION_ACK")["payload"]
            assert (payload["role"], payload["restaurantId"]) == ("manager", str(world.id))
            client.send("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
            assert client.expect("SHIFT_BROADCAST")["payload"]["shiftValue"] == "×"
        for restaurant in (other.id, uuid4()):
            with pytest.raises(InvalidStatus) as refusal:
                Client(server.url, restaurant=restaurant)
            assert refusal.value.response.status_code == 403

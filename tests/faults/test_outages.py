"""A service goes away and comes back: what is told, what is kept, who is closed."""

import asyncio

import pytest

from tests.faults.storm import Storm
from tests.support.agent import Agent
from tests.support.client import Client
from tests.support.cluster import Cluster
from tests.support.raw_socket import RawSocket
from tests.support.revoking import revoke_membership

pytestmark = [pytest.mark.services, pytest.mark.slow]


async def test_postgresql_restarted__while_everybody_writes__nothing_acknowledged_is_lost(cluster: Cluster) -> None:
    async with Storm(cluster) as storm:
        await storm.write()
        await storm.write_while(asyncio.ensure_future(asyncio.to_thread(cluster.postgres.restart)))
        await storm.write()
        await storm.all_acked()
        assert await storm.violations() == []
        codes = {error["payload"]["code"] for agent in storm.agents for error in agent.errors}
        assert codes <= {"unavailable"}


async def test_postgresql_down__who_comes_meanwhile__is_told_and_closed_with_1013(cluster: Cluster) -> None:
    with Client(cluster.urls[0], token=cluster.place.tokens["manager"], v2=True) as early:
        early.expect("PRESENCE_STATE")

        codes: list[int] = []

        def knock() -> None:
            late = RawSocket(cluster.servers[0].port, cluster.place.tokens["manager"], v2=True)
            codes.append(late.close_code())

        await asyncio.to_thread(cluster.postgres.restart, knock)
        assert codes == [1013]
    with Client(cluster.urls[0], token=cluster.place.tokens["manager"], v2=True) as again:
        assert again.expect("CONNECTION_ACK")


async def test_sigterm__all_clients__get_1012_and_resume_elsewhere(cluster: Cluster) -> None:
    async with Storm(cluster) as storm:
        await storm.write()
        away = [agent for agent in storm.agents if is_at(agent, cluster.servers[0].port)]
        assert away
        stopping = asyncio.ensure_future(asyncio.to_thread(cluster.servers[0].stop))
        await storm.write_while(stopping)
        await storm.all_acked()
        assert await storm.violations() == []
        assert all(1012 in agent.codes for agent in away)


def is_at(agent: Agent, port: int) -> bool:
    """Whether it is connected to that server."""
    return agent.remote_port == port


async def test_membership_revoked__sockets_at_both_servers__are_closed(cluster: Cluster) -> None:
    place = cluster.place
    clients = [Client(url, token=place.tokens["viewer"], v2=v2) for url in cluster.urls for v2 in (True, False)]
    for client in clients:
        client.expect("CONNECTION_ACK")
    await asyncio.to_thread(revoke_membership, cluster.database_url, place, "viewer")
    for client in clients:
        assert client.close_code() == 4403
        client.close()


async def test_server_killed__its_presence__is_forgotten_elsewhere(cluster: Cluster) -> None:
    gone, stays = cluster.servers
    with (
        Client(stays.url, token=cluster.place.tokens["owner"], v2=True, client="stays") as observer,
        Client(gone.url, token=cluster.place.tokens["manager"], v2=True, client="goes") as other,
    ):
        other.expect("PRESENCE_STATE")
        seen = observer.wait_for(lambda message: "goes" in str(message["payload"]))
        assert seen["type"] == "PRESENCE_STATE"
        gone.kill()
        left = observer.wait_for(lambda message: "left" in str(message["payload"]))
        assert left["payload"]["roster"][0]["clientId"] == "goes"

"""PostgreSQL and Redis of our own for the whole run, and clusters of servers on them."""

from collections.abc import Iterator

import httpx
import pytest

from tests.support.cluster import Cluster, database_name, two_servers
from tests.support.provision import Place, provision
from tests.support.server import ServerProcess
from tests.support.services import Postgres, RedisServer
from tests.support.waiting import PATIENCE_SECONDS, wait_until

USUAL = "tests.settings"
PLACES = 16


def is_up(server: ServerProcess, path: str = "/health") -> bool:
    """Whether it answers at all; with ``/health/ready``, whether it has its database too."""
    try:
        return httpx.get(server.url + path, timeout=10).is_success
    except httpx.TransportError:
        return False


def are_ready(servers: list[ServerProcess]) -> bool:
    """Whether all have found the database again that an earlier test took away."""
    return all(is_up(server, "/health/ready") for server in servers)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    service = Postgres()
    with service:
        yield service


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    service = RedisServer()
    with service:
        yield service


@pytest.fixture(scope="session")
def fault_database(postgres: Postgres) -> str:
    return postgres.create(database_name())


@pytest.fixture(scope="session")
def places(fault_database: str) -> Iterator[Place]:
    """A restaurant for each test."""
    return iter(provision(fault_database, places=PLACES))


@pytest.fixture(scope="session")
def usual_servers(redis: RedisServer, fault_database: str, places: Iterator[Place]) -> Iterator[list[ServerProcess]]:
    with two_servers({"DATABASE_URL": fault_database, "REDIS_URL": redis.url}) as servers:
        yield servers


@pytest.fixture
def cluster(
    postgres: Postgres,
    redis: RedisServer,
    fault_database: str,
    places: Iterator[Place],
    request: pytest.FixtureRequest,
) -> Iterator[Cluster]:
    """A cluster, ready; parametrized indirectly by a settings module, its servers run with that. All is up again afterwards."""
    module = getattr(request, "param", USUAL)
    if module != USUAL:
        settings = {"DATABASE_URL": fault_database, "REDIS_URL": redis.url, "DJANGO_SETTINGS_MODULE": module}
        with two_servers(settings) as servers:
            yield Cluster(postgres, redis, fault_database, servers, next(places))
        return
    servers = request.getfixturevalue("usual_servers")
    wait_until(lambda: are_ready(servers), PATIENCE_SECONDS, "the servers to be ready")
    yield Cluster(postgres, redis, fault_database, servers, next(places))
    for server in servers:
        if not is_up(server):
            server.start()

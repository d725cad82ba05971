"""The settings that follow from the configuration."""

import pytest
from django.test import override_settings

from shiftsync import settings
from shiftsync.config import Database
from shiftsync.core.checks import channel_layer


def test_sqlite__always__is_durable_and_locks_when_it_begins() -> None:
    options = settings._sqlite(Database("sqlite", "/srv/x.sqlite3"))["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert f"PRAGMA {pragma};" in options["init_command"]


def test_postgresql__url_with_options__reach_the_driver_beside_the_pool() -> None:
    database = Database("postgresql", "shifts", "me", "pw", "db", "5433", {"sslmode": "require"})

    found = settings._postgresql(database, 7)

    assert (found["NAME"], found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "shifts",
        "me",
        "pw",
        "db",
        "5433",
    )
    assert found["CONN_MAX_AGE"] == 0
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] == 7


def test_channel_layer__redis__is_the_pubsub_layer_with_timeouts() -> None:
    found = settings._channel_layer("redis://127.0.0.1:6379/0")

    assert found["BACKEND"] == "channels_redis.pubsub.RedisPubSubChannelLayer"
    host = found["CONFIG"]["hosts"][0]
    assert host["address"] == "redis://127.0.0.1:6379/0"
    assert {"socket_timeout", "socket_connect_timeout", "health_check_interval", "max_connections"} <= set(host)


IN_MEMORY = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
REDIS = {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"}}


@pytest.mark.parametrize(
    ("debug", "layers", "ids"),
    [(True, IN_MEMORY, []), (False, REDIS, []), (False, IN_MEMORY, ["shiftsync.W001"])],
)
def test_channel_layer_check__in_memory_outside_development__warns(
    debug: bool, layers: dict[str, object], ids: list[str]
) -> None:
    with override_settings(DEBUG=debug, CHANNEL_LAYERS=layers):
        assert [message.id for message in channel_layer()] == ids

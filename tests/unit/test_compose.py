"""The containers run with as little as they need."""

from typing import Any

import pytest
import yaml

from shiftsync.config import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_service__has_no_more_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert set(service.get("cap_add", ())) <= {
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "NET_BIND_SERVICE",
        "SETGID",
        "SETUID",
    }
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["tmpfs"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert "healthcheck" in service or name == "web"  # whose check is in the image
    assert not service.get("privileged")


def test_redis__asks_for_a_password() -> None:
    assert "requirepass" in str(SERVICES["redis"]["command"])
    assert SERVICES["web"]["environment"]["REDIS_URL"].startswith("redis://:${REDIS_PASSWORD:?")
    assert not SERVICES["redis"].get("ports")
    assert not SERVICES["postgres"].get("ports")


def test_servers__connect_as_a_role_that_the_owner_makes_and_is_not() -> None:
    owner = SERVICES["migrate"]["environment"]
    for name in ("web", "worker"):
        environment = SERVICES[name]["environment"]
        assert environment["DATABASE_URL"] == owner["SHIFTSYNC_APP_DATABASE_URL"]
        assert environment["DATABASE_URL"].startswith("postgresql://shiftsync_app:${APP_DATABASE_PASSWORD:?")
        assert "POSTGRES_PASSWORD" not in str(environment)
    assert owner["DATABASE_URL"].startswith("postgresql://shiftsync:${POSTGRES_PASSWORD:?")
    assert SERVICES["postgres"]["environment"]["POSTGRES_USER"] == "shiftsync"

"""``/health``, ``/health/ready`` and ``/metrics``: all well, a part not fit, the database behind, Redis away."""

import dataclasses
import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from shiftsync import __version__, health
from shiftsync.config import ROOT
from shiftsync.core import probes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "database", health.DatabaseWatch())
    monkeypatch.setattr(probes, "_probes", {})


def test_health__all_well__tells_the_state_of_every_part(client: Client) -> None:
    probes.register_probe("hub", lambda: (True, {"restaurants": 2}))

    response = client.get("/health")

    body = response.json()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", body.pop("timestamp"))
    assert body == {
        "status": "ok",
        "version": __version__,
        "clients": 0,
        "endpoint": "/staff-sync",
        "database": {"ok": True, "detail": django_settings.CONFIG.database.engine},
        "layer": {"ok": True, "detail": "redis" if django_settings.CONFIG.redis_url else "memory"},
        "probes": {"hub": {"ok": True, "detail": {"restaurants": 2}}},
    }


def test_health__part_not_fit__is_degraded_but_alive(client: Client) -> None:
    probes.register_probe("hub", lambda: (False, "late"))

    response = client.get("/health")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"


def test_ready__all_well__is_ready(client: Client) -> None:
    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (200, {"status": "ready", "reasons": []})


def test_ready__part_not_fit__is_unready_for_that_reason(client: Client) -> None:
    probes.register_probe("draining", lambda: (False, None))
    probes.register_probe("hub", lambda: (True, None))

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "unready", "reasons": ["draining"]}


def test_ready__migration_missing__is_unready_until_it_is_applied(client: Client) -> None:
    applied = MigrationRecorder.Migration.objects.filter(app="django_tasks_database").latest("pk")
    MigrationRecorder.Migration.objects.filter(pk=applied.pk).delete()

    assert client.get("/health/ready").json() == {"status": "unready", "reasons": ["migrations"]}

    applied.save(force_insert=True)
    assert client.get("/health/ready").status_code == 200


def test_health__redis_away__is_degraded_and_still_ready(client: Client, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.CONFIG = dataclasses.replace(settings.CONFIG, redis_url=f"redis://127.0.0.1:{port}/0")

    body = client.get("/health").json()

    assert body["status"] == "degraded"
    assert body["layer"] == {"ok": False, "detail": "ConnectionError"}
    assert client.get("/health/ready").status_code == 200


CUT_OFF = """
import os
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"})
for path in ("/health", "/health/ready"):
    response = client.get(path)
    print(response.status_code, response.text, flush=True)
os._exit(0)  # the pool of connections goes on trying for a while
"""


def test_health__database_away__is_alive_but_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    environ = os.environ | {"DATABASE_URL": f"postgresql://127.0.0.1:{port}/shifts"}

    ended = subprocess.run(
        [sys.executable, "-c", CUT_OFF], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=True
    )

    alive, ready = ended.stdout.splitlines()
    assert alive.startswith('200 {"status": "degraded"')
    assert '"database": {"ok": false' in alive
    assert ready == '503 {"status": "unready", "reasons": ["database"]}'


def test_metrics__asked__are_in_prometheus_format(client: Client) -> None:
    response = client.get("/metrics")

    assert response["Content-Type"].startswith("text/plain")
    for name in (
        "shiftsync_connections",
        "shiftsync_messages_total",
        "shiftsync_commit_batch_size",
        "shiftsync_hub_lag_versions",
        "shiftsync_hub_gaps_filled_total",
    ):
        assert f"# TYPE {name.removesuffix('_total')}" in response.text or f"# TYPE {name} " in response.text


@pytest.mark.parametrize("path", ["/health", "/health/ready", "/metrics"])
def test_health__post__is_refused(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405

"""The sign of life of a worker."""

import os
import time
from pathlib import Path

import pytest

from shiftsync import healthcheck
from shiftsync.core import beat
from shiftsync.core.beat import LATE_SECONDS, Beat, is_late
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.worker import WorkerProcess


def test_beat__touched_and_late(tmp_path: Path) -> None:
    path = tmp_path / "beat"
    assert is_late(path)
    Beat(path)()
    assert not is_late(path)
    assert path.stat().st_mode & 0o777 == 0o600
    old = time.time() - LATE_SECONDS - 1
    os.utime(path, (old, old))
    assert is_late(path)
    Beat(path)()
    assert not is_late(path)


def test_beat__a_link_stands_there__is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "beat").symlink_to(tmp_path / "victim")
    Beat(tmp_path / "beat")()
    assert not (tmp_path / "victim").exists()


def test_beat__no_room_for_it__nothing_happens(tmp_path: Path) -> None:
    Beat(tmp_path / "nothing" / "beat")()


def test_beat__something_long__goes_on_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat, "EVERY_SECONDS", 0.01)
    path = tmp_path / "beat"
    with Beat(path).going_on():
        wait_until(path.exists, PATIENCE_SECONDS, "a beat")


def test_healthcheck__worker__well_while_one_is_at_work(
    db_with_commits: None, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert healthcheck.main("worker") == 1
    with WorkerProcess({"DATABASE_URL": database_url, "TMPDIR": str(tmp_path)}):
        wait_until(lambda: healthcheck.main("worker") == 0, PATIENCE_SECONDS, "the worker to be well")

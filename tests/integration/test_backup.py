"""A backup is taken while clients write, and is put back only where it fits; on the kind of database that the tests run on."""

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command

from shiftsync import __version__
from shiftsync.realtime.models import Stream
from tests.support.client import Client
from tests.support.provision import Place, provision
from tests.support.server import ROOT, ServerProcess
from tests.support.world import World

Databases = Callable[[], str]


def test_version__of_the_program__is_the_projects() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


@pytest.fixture(scope="module")
def new_database(tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Iterator[Databases]:
    """Addresses of empty databases, gone after these tests."""
    folder, made = tmp_path_factory.mktemp("databases"), list[str]()
    server = database_url.rpartition("/")[0]

    def address() -> str:
        name = f"backup_{uuid4().hex[:12]}"
        if database_url.startswith("sqlite"):
            return f"sqlite:///{folder / name}.sqlite3"
        _say(server, f'CREATE DATABASE "{name}"')
        made.append(name)
        return f"{server}/{name}"

    yield address
    for name in made:
        _say(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _say(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as maintenance:
        maintenance.execute(statement.encode())


@pytest.fixture(scope="module")
def installation(new_database: Databases) -> tuple[str, Place]:
    """A database with a restaurant in it."""
    url = new_database()
    (place,) = provision(url, staff=2)
    return url, place


def manage(url: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "REDIS_URL": ""}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def done(url: str, *arguments: str | Path) -> str:
    ended = manage(url, *arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refused(*arguments: str | Path) -> str:
    """What the command says, of the tests' own database: what must be refused needs no process and no other database."""
    with pytest.raises(CommandError) as refusal:
        call_command(*map(str, arguments))
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def edit(place: Place, day: int, value: str) -> dict[str, str]:
    return {
        "scheduleId": place.schedule,
        "staffId": place.staff[0],
        "dateKey": f"2025-08-{day:02}",
        "shiftValue": value,
    }


def rewritten(file: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """That backup with another manifest."""
    other = file.with_name(f"other-{file.name}")
    with tarfile.open(file) as source, tarfile.open(other, "w") as target:
        for member in source:
            held = source.extractfile(member)
            assert held is not None
            raw = held.read()
            if member.name == "manifest.json":
                manifest = json.loads(raw)
                change(manifest)
                raw = json.dumps(manifest).encode()
                member.size = len(raw)
            target.addfile(member, BytesIO(raw))
    return other


def test_backup__taken_between_edits_and_restored__clients_start_over_with_the_earlier_state(
    installation: tuple[str, Place], new_database: Databases, tmp_path: Path
) -> None:
    url, place = installation
    file, token = tmp_path / "taken.shiftsync", place.tokens["manager"]
    with ServerProcess({"DATABASE_URL": url}) as server, Client(server.url, token=token, v2=True) as client:
        client.ack("SHIFT_UPDATE", edit(place, 1, "×"))
        assert "rows of" in done(url, "backup", file)
        told = client.ack("SHIFT_UPDATE", edit(place, 2, "×"))
        epoch = client.expect("CONNECTION_ACK")["payload"]["epoch"]
    assert file.stat().st_mode & 0o777 == 0o600

    restored = new_database()
    done(restored, "restore", file)
    with (
        ServerProcess({"DATABASE_URL": restored}) as server,
        Client(server.url, token=token, v2=True, since=f"{epoch}:{told['version']}") as client,
    ):
        greeting = client.expect("CONNECTION_ACK")["payload"]
        assert greeting["epoch"] != epoch
        assert greeting["version"] == told["version"] - 1
        client.send("SHIFT_SYNC_REQUEST", {"scheduleId": place.schedule})
        grid = client.expect("SHIFT_SYNC_RESPONSE")["payload"]["scheduleData"]
        assert {day: value for day, value in grid[place.staff[0]].items() if value} == {"2025-08-01": "×"}
        client.ack("SHIFT_UPDATE", edit(place, 2, "△"))


@pytest.fixture
def taken(world: World, tmp_path: Path) -> Path:
    """A backup of the tests' own database, which holds a restaurant."""
    file = tmp_path / "taken.shiftsync"
    call_command("backup", str(file))
    return file


def test_restore__into_a_database_that_is_not_empty__is_refused_and_changes_nothing(world: World, taken: Path) -> None:
    before = Stream.objects.get(restaurant_id=world.id).epoch
    assert "not empty" in refused("restore", taken)
    assert Stream.objects.get(restaurant_id=world.id).epoch == before


def test_restore__of_another_version_or_kind_or_damaged__says_what_to_do(taken: Path, tmp_path: Path) -> None:
    older = rewritten(taken, lambda manifest: manifest["migrations"].pop())
    assert "Restore it with the version that made it, then upgrade" in refused("restore", older)
    newer = rewritten(taken, lambda manifest: manifest["migrations"].append("staff.9999_of_tomorrow"))
    assert "staff.9999_of_tomorrow" in refused("restore", newer)
    elsewhere = rewritten(taken, lambda manifest: manifest.update(vendor="oracle"))
    assert "oracle" in refused("restore", elsewhere)
    tomorrow = rewritten(taken, lambda manifest: manifest.update(format=2))
    assert "format 2" in refused("restore", tomorrow)
    bare = rewritten(taken, lambda manifest: manifest.pop("rows"))
    assert "no manifest" in refused("restore", bare)
    changed = rewritten(taken, lambda manifest: manifest.update(sha256="0" * 64))
    assert "damaged" in refused("restore", changed)
    cut = tmp_path / "cut.shiftsync"
    cut.write_bytes(taken.read_bytes()[: taken.stat().st_size // 2])
    assert "cut" in refused("restore", cut)
    text = tmp_path / "text.shiftsync"
    text.write_text("a shopping list")
    assert "no ShiftSync backup" in refused("restore", text)
    assert "No such file" in refused("restore", tmp_path / "nowhere")


def test_backup__into_a_folder__keeps_the_newest(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "nightly"
    assert "no folder" in refused("backup", "--into", folder)
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"2025-08-0{day}T030000Z.shiftsync").write_text("an old one")
    (folder / "notes.txt").write_text("not ours")
    call_command("backup", "--into", str(folder), "--keep", "2")
    kept = sorted(path.name for path in folder.iterdir())
    assert kept[0] == "2025-08-03T030000Z.shiftsync"
    assert kept[2:] == ["notes.txt"]


def test_backup__arguments_or_places_that_cannot_be__one_line(world: World, tmp_path: Path) -> None:
    assert "either" in refused("backup")
    assert "either" in refused("backup", tmp_path / "a", "--into", tmp_path)
    assert "--keep" in refused("backup", tmp_path / "a", "--keep", "2")
    assert "No such file" in refused("backup", tmp_path / "nowhere" / "a")
    (tmp_path / "there").write_text("mine")
    assert "exists already" in refused("backup", tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


@pytest.mark.services
def test_restore__dump_of_a_newer_pg_dump__leaves_out_what_the_server_does_not_know(
    installation: tuple[str, Place], new_database: Databases, tmp_path: Path
) -> None:
    url, _ = installation
    file, dumped = tmp_path / "taken.shiftsync", tmp_path / "newer.shiftsync"
    done(url, "backup", file)
    with tarfile.open(file) as source, tarfile.open(dumped, "w") as target:
        held, told = source.extractfile("database"), source.extractfile("manifest.json")
        assert held
        assert told
        newer = gzip.compress(b"SET parameter_of_tomorrow = 0;\n" + gzip.decompress(held.read()))
        manifest = {**json.loads(told.read()), "sha256": hashlib.sha256(newer).hexdigest()}
        for name, raw in (("manifest.json", json.dumps(manifest).encode()), ("database", newer)):
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            target.addfile(member, BytesIO(raw))
    assert "Restored" in done(new_database(), "restore", dumped)


def test_restore__beside_a_write_ahead_log_of_an_earlier_sqlite_database__is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "source.sqlite3", tmp_path / "restored.sqlite3"
    file, log = tmp_path / "taken.shiftsync", tmp_path / "restored.sqlite3-wal"
    assert "migrate" in manage(f"sqlite:///{source}", "backup", file).stderr
    provision(f"sqlite:///{source}", staff=1)
    done(f"sqlite:///{source}", "backup", file)
    log.write_bytes(b"of an earlier database")
    ended = manage(f"sqlite:///{target}", "restore", file)
    assert ended.returncode == 1
    assert log.name in ended.stderr
    assert not target.exists()
    log.unlink()
    done(f"sqlite:///{target}", "restore", file)

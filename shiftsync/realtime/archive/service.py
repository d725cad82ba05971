"""Taking a backup, putting one back, and keeping a number of them."""

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection

from shiftsync import __version__
from shiftsync.core.clock import now
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.fence import everywhere
from shiftsync.realtime.archive import postgresql, sqlite
from shiftsync.realtime.archive.manifest import (
    FORMAT,
    PRODUCT,
    Manifest,
    applied_migrations,
    known_migrations,
    read_manifest,
    require_fit,
)
from shiftsync.realtime.archive.rows import count_rows
from shiftsync.tenants.fencing import UnfitRole, let_in

MANIFEST, DATABASE = "manifest.json", "database"
SUFFIX = ".shiftsync"


class Vendor(Protocol):
    """What a database's own tools do for an archive."""

    def dump(self, target: Path) -> dict[str, int]:
        """Writes every table below ``target``, as of one moment; returns the rows of each."""

    def require_empty(self) -> None:
        """Raises unless the database holds nothing: a backup is never restored over data."""

    def load(self, source: Path) -> None:
        """Reads what ``dump`` wrote into the empty database."""


VENDORS: dict[str, Vendor] = {"postgresql": postgresql, "sqlite": sqlite}


def take_backup(file: Path) -> Manifest:
    """Writes the whole installation, as it is at one moment, to ``file``, which only its owner may read. Nobody is held up.

    Raises :class:`ValidationFailed` if the file exists, cannot be written, or the database is not migrated to this version.
    """
    if file.exists():
        raise ValidationFailed(f"{file} exists already.")
    applied = applied_migrations()
    if applied != known_migrations():
        raise ValidationFailed(
            "The database's tables are not those of this version: migrate it, or use the version that it has."
        )
    with _beside(file) as folder:
        rows = VENDORS[connection.vendor].dump(folder / DATABASE)
        manifest = Manifest(
            product=PRODUCT,
            format=FORMAT,
            version=__version__,
            taken_at=now().isoformat(timespec="seconds"),
            vendor=connection.vendor,
            migrations=applied,
            rows=rows,
            sha256=_digest(folder / DATABASE),
        )
        _pack(folder / "packed", manifest, folder / DATABASE)
        (folder / "packed").replace(file)
    return manifest


def restore_backup(file: Path) -> Manifest:
    """Fills the empty database that DATABASE_URL names, gives it new epochs and checks it: all of it or nothing.

    Raises :class:`ValidationFailed` for a file that is damaged, of another version or of another kind of database, and for a
    database that is not empty. Clients that had seen what the backup does not hold then sync in full.
    """
    with _beside(Path(tempfile.gettempdir()) / "restore") as folder:
        manifest = _unpack(file, folder / DATABASE)
        require_fit(manifest)
        vendor = VENDORS[connection.vendor]
        vendor.require_empty()
        vendor.load(folder / DATABASE)
    connection.close()
    _open_to_servers()
    with everywhere(), connection.cursor() as cursor:
        rows = count_rows(cursor)
    if rows != manifest.rows or applied_migrations() != manifest.migrations:
        wrong = sorted(table for table in {*rows, *manifest.rows} if rows.get(table) != manifest.rows.get(table))
        raise ValidationFailed(
            f"The restored database differs from the backup in {', '.join(wrong) or 'its migrations'}; drop it."
        )
    return manifest


def _open_to_servers() -> None:
    """Privileges are not part of a backup: it may come from another installation."""
    servers = settings.CONFIG.app_database
    if servers is not None and connection.vendor == "postgresql":
        try:
            let_in(servers.user, servers.password)
        except UnfitRole as error:
            raise ValidationFailed(f"SHIFTSYNC_APP_DATABASE_URL: {error}") from error


def take_backup_into(folder: Path, keep: int | None) -> tuple[Path, Manifest, list[Path]]:
    """Takes one named by its moment, then removes all but the newest ``keep``. Returns its file, its manifest, those removed."""
    if not folder.is_dir():
        raise ValidationFailed(f"{folder} is no folder.")
    file = folder / f"{now():%Y-%m-%dT%H%M%SZ}{SUFFIX}"
    manifest = take_backup(file)
    gone = sorted(folder.glob(f"????-??-??T??????Z{SUFFIX}"))[:-keep] if keep is not None else []
    for old in gone:
        old.unlink()
    return file, manifest, gone


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder of our own on the same disk, so that the finished file appears in one step."""
    try:
        made = tempfile.TemporaryDirectory(dir=file.parent, prefix=".shiftsync-")
    except OSError as error:
        raise ValidationFailed(f"{file.parent}: {error.strerror}.") from error
    with made as name:
        yield Path(name)


def _pack(target: Path, manifest: Manifest, database: Path) -> None:
    with tarfile.open(target, "w") as archive:
        raw = manifest.encoded()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(raw)
        archive.addfile(member, io.BytesIO(raw))
        archive.add(database, DATABASE, filter=_without_owner)
    target.chmod(0o600)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _unpack(file: Path, target: Path) -> Manifest:
    try:
        with tarfile.open(file, "r:") as archive:
            manifest = read_manifest(_member(archive, MANIFEST).read())
            with target.open("wb") as copy:
                source = _member(archive, DATABASE)
                while chunk := source.read(1 << 20):
                    copy.write(chunk)
    except OSError as error:
        raise ValidationFailed(f"{file}: {error.strerror or error}.") from error
    except tarfile.TarError as error:
        raise ValidationFailed(f"{file} is no ShiftSync backup, or is cut off: {error}.") from error
    if _digest(target) != manifest.sha256:
        raise ValidationFailed(f"{file} is damaged: its database is not the one that was written.")
    return manifest


def _member(archive: tarfile.TarFile, name: str) -> io.BufferedReader:
    try:
        found = archive.extractfile(name)
    except KeyError:
        found = None
    if not isinstance(found, io.BufferedReader):
        raise tarfile.TarError(f"it has no {name}")
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()

"""An operator's year in ten minutes, inside the namespaces: install, restart, upgrade, go back, restore, house-keep."""

import asyncio
import json
import re
import shutil
import sys
from pathlib import Path

from tests.install.machine import HOST, Machine
from tests.install.traffic import at_work, cells, make_place
from tests.support.provision import Place
from tests.support.waiting import wait_until

RESTAURANT = re.compile(r"^Created Bistro Aurora: (\S+)\.$", re.MULTILINE)
ADDED = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("staff", "{last}")]
    operations = [migrations.CreateModel("Tried", [("id", models.AutoField(primary_key=True, serialize=False))])]
"""


def chapter(title: str) -> None:
    print(f"\n== {title}", flush=True)


class Operator:
    """Does what the page says with the versions ``before`` and ``now``."""

    def __init__(self, machine: Machine, before: str, now: str) -> None:
        self.machine, self.before, self.now = machine, before, now

    def install(self) -> Place:
        """By the chapter; then a restaurant with people in it."""
        chapter("Installing")
        self.machine.prepare()
        self.machine.follow("Installing", self.before)
        assert self.machine.say("stat --format '%a %U %G' /etc/shiftsync/shiftsync.env") == "640 root shiftsync\n"
        restaurant = re.search(r"^(\S{36})  .*Bistro Aurora$", self.machine.say("shiftsync restaurants"), re.MULTILINE)
        assert restaurant
        self.check_nginx()
        return make_place(self.machine, restaurant[1], "anna")

    def check_nginx(self) -> None:
        """HTTPS, HTTP/2, the way to it, IPv6, and what is logged."""
        told = self.machine.say(f"curl --insecure --silent --head --http2 'https://{HOST}/sign-in/?ticket=secret1'")
        assert told.startswith("HTTP/2 200"), told
        moved = self.machine.say(f"curl --silent --head 'http://{HOST}/?ticket=secret2'")
        assert f"location: https://{HOST}/?ticket=secret2" in moved.lower(), moved
        assert "HTTP/2 200" in self.machine.say(
            f"curl --insecure --silent --head --http2 --header 'Host: {HOST}' 'https://[::1]/sign-in/'"
        )
        assert (
            self.machine.say(
                f"curl --insecure --silent --output /dev/null --write-out '%{{http_code}}' https://{HOST}/metrics"
            )
            == "404"
        )
        assert "ticket" not in self.machine.say("cat /var/log/nginx/*.log")
        # The hook of certbot, with links as certbot makes them.
        live = self.machine.work / "live"
        live.mkdir()
        for name in ("fullchain.pem", "privkey.pem"):
            (live / f"kept-{name}").write_bytes(Path("/etc/nginx/tls", name).read_bytes())
            (live / name).symlink_to(f"kept-{name}")
        self.machine.say(f"RENEWED_LINEAGE={live} /opt/shiftsync/current/deploy/certbot-hook")
        assert not Path("/etc/nginx/tls/fullchain.pem").is_symlink()
        self.machine.say("logrotate --force /etc/logrotate.d/nginx || true; nginx -s reopen")
        wait_until(self._is_logged, 20, "a line in the log that was opened anew")

    def _is_logged(self) -> bool:
        """Whether the log has a visit: the processes of nginx open it some time after they are told, and write after they have answered."""
        self.machine.say(f"curl --insecure --silent --fail --output /dev/null https://{HOST}/sign-in/")
        return "/sign-in/" in Path("/var/log/nginx/access.log").read_text()

    async def restart(self, place: Place) -> None:
        """Everything, one after the other, while people work."""
        chapter("Restarting nginx, then everything, while people edit")
        async with at_work(place) as traffic:
            await asyncio.to_thread(self.machine.say, "systemctl reload nginx")
            await asyncio.to_thread(
                self.machine.follow, "Upgrading", self.before, only="/opt/shiftsync/current/deploy/upgrade"
            )
        assert not traffic.failed_pages, traffic.failed_pages
        self.check_processes()

    def check_processes(self) -> None:
        """The servers run from their release's own folder, not by the link, which will lead to another one."""
        for pid in self.machine.say("pgrep --full shiftsync.asgi").split():
            command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            assert command.startswith(f"/opt/shiftsync/releases/{self.before}/"), command

    async def upgrade(self, place: Place) -> None:
        """To the new version with its data, while people work."""
        chapter(f"Upgrading from {self.before} to {self.now} while people edit")
        async with at_work(place) as traffic:
            await asyncio.to_thread(self.machine.follow, "Upgrading", self.now, self.before, "releases")
        health = json.loads(self.machine.say(f"curl --insecure --silent https://{HOST}/health"))
        assert (health["version"], health["status"]) == (self.now, "ok"), health
        print(f"    pages that failed meanwhile: {traffic.failed_pages}", flush=True)

    def watch(self) -> None:
        """What the page says of watching and upkeep; the timers' units do their work."""
        chapter("Monitoring, upkeep")
        self.machine.follow("Monitoring", self.now)
        self.machine.follow("Upkeep", self.now)
        for unit in ("shiftsync-housekeeping", "shiftsync-backup"):
            self.machine.say(f"systemctl start {unit}.service")
        for address in ("127.0.0.1:9001", "127.0.0.1:9101"):
            assert "shiftsync_build_info" in self.machine.say(f"curl --silent --fail http://{address}/metrics")
        self.machine.say("nginx -t 2>/dev/null")

    def refuse_older_backup(self) -> None:
        """The backup that the upgrade took is of the version before."""
        chapter("An older backup is refused")
        self.machine.say("runuser -u postgres -- createdb --owner shiftsync shiftsync_tried")
        ended = self.machine.ended(
            "cp /etc/shiftsync/shiftsync.env /etc/shiftsync/tried.env && chgrp shiftsync /etc/shiftsync/tried.env && "
            "sed -i 's|^DATABASE_URL=.*|DATABASE_URL=postgresql:///shiftsync_tried|' /etc/shiftsync/tried.env && "
            "SHIFTSYNC_ENV_FILE=/etc/shiftsync/tried.env shiftsync restore /var/backups/shiftsync/before-*.shiftsync"
        )
        assert ended.returncode == 1, ended.stdout
        assert "Restore it with the version that made it, then upgrade" in ended.stdout
        assert len(ended.stdout.splitlines()) == 1, ended.stdout
        print(f"    {ended.stdout.strip()}", flush=True)
        tables = self.machine.say("runuser -u postgres -- psql -XAt -d shiftsync_tried -c '\\dt' 2>&1")
        assert "realtime_stream" not in tables

    async def restore(self, place: Place) -> None:
        """An equal backup, with clients before and after."""
        chapter("Backing up and restoring")
        taken = cells(place)
        await asyncio.to_thread(self.machine.follow, "Backing up and restoring", self.now)
        self.machine.say(
            "curl --silent --fail --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null http://127.0.0.1:9002/health/ready"
        )
        self.machine.say(
            "curl --silent --fail --retry 60 --retry-delay 1 --retry-all-errors --output /dev/null http://127.0.0.1:9001/health/ready"
        )
        assert cells(place) == taken
        async with at_work(place):
            await asyncio.sleep(1)

    async def go_back(self, place: Place) -> None:
        """To the version before, by the backup that the upgrade took."""
        chapter(f"Going back from {self.now} to {self.before}")
        await asyncio.to_thread(self.machine.follow, "Going back", self.now, self.before)
        health = json.loads(self.machine.say(f"curl --insecure --silent https://{HOST}/health"))
        assert (health["version"], health["status"]) == (self.before, "ok"), health
        async with at_work(place):
            await asyncio.sleep(1)


def add_migration(work: Path, version: str) -> None:
    """One migration more in the new release, so that there is something to migrate whatever lies between the versions."""
    folder = work / "unpacked"
    archive = work / "releases" / f"shiftsync-{version}.tar.gz"
    shutil.unpack_archive(archive, folder)
    migrations = folder / version / "staff" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9999_tried.py").write_text(ADDED.format(last=last))
    archive.unlink()
    shutil.make_archive(str(archive.with_name(f"shiftsync-{version}")), "gztar", folder, version)


async def main(work: Path, before: str, now: str) -> None:
    page = Path(__file__).parents[2] / "docs" / "operations.md"
    operator = Operator(Machine(work, page.read_text()), before, now)
    add_migration(work, now)
    place = operator.install()
    await operator.restart(place)
    await operator.upgrade(place)
    operator.watch()
    operator.refuse_older_backup()
    await operator.restore(place)
    await operator.go_back(place)
    chapter("All of it is as the page says.")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))

"""A machine of our own: the folders that an installation writes to are ours, so are the network, the processes and the services."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.install.document import Step, steps_of

HOST = "shifts.example.com"
EMPTIED = ("/opt", "/run", "/var/backups", "/var/lib/postgresql", "/var/log", "/var/www")
LAYERED = ("/etc", "/usr/local/sbin")
"""As they are, with what is written to them kept apart: whatever this machine has in /opt does not show, its packages do."""


class Machine:
    """Runs the page's commands as root. ``work`` holds releases and what pip installs from."""

    def __init__(self, work: Path, page: str) -> None:
        self.work = work
        self.page = page
        self.environment = {
            "PATH": f"{work / 'stand-ins'}:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(work / "wheels"),
            "CLUSTER_VERSION": cluster_version(),
        }

    def prepare(self) -> None:
        """Takes the place of the machine, in namespaces that ``unshare`` has made; then a bare Debian whose packages are installed."""
        run("ip", "link", "set", "lo", "up")
        run("mount", "--make-rprivate", "/")
        for folder in EMPTIED:
            run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)
        for folder in LAYERED:
            layers = self.work / "layers" / folder.strip("/").replace("/", "-")
            (layers / "upper").mkdir(parents=True)
            (layers / "work").mkdir()
            options = f"lowerdir={folder},upperdir={layers / 'upper'},workdir={layers / 'work'}"
            run("mount", "-t", "overlay", "overlay", "-o", options, folder)
        for folder, owner in (("nginx", "www-data"), ("postgresql", "postgres"), ("redis", "redis")):
            Path("/var/log", folder).mkdir()
            shutil.chown(f"/var/log/{folder}", owner)
        Path("/run/lock").mkdir()
        for folder, owner in (("postgresql", "postgres"), ("redis", "redis")):
            Path("/run", folder).mkdir()
            shutil.chown(f"/run/{folder}", owner, owner)
        with Path("/etc/hosts").open("a") as hosts:
            hosts.write(f"127.0.0.1 {HOST}\n")
        shutil.rmtree("/etc/postgresql", ignore_errors=True)
        shutil.chown("/var/lib/postgresql", "postgres", "postgres")
        run("pg_createcluster", cluster_version(), "main")
        for service in ("postgresql", "redis-server"):
            self.say(f"systemctl start {service}")

    def say(self, command: str) -> str:
        """What a command prints. Raises ``AssertionError`` where it fails."""
        ended = self.ended(command)
        assert ended.returncode == 0, f"{command} ended with {ended.returncode}:\n{ended.stdout}"
        return ended.stdout

    def ended(self, command: str) -> "subprocess.CompletedProcess[str]":
        """A command, however it ended."""
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.work / "releases",
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def follow(self, chapter: str, version: str, before: str = "", only: str = "") -> None:
        """Types the commands of a chapter (those that hold ``only``); each must succeed and print what the page says."""
        for step in steps_of(self.page.replace("X.Y.Z", version).replace("A.B.C", before), chapter):
            if only in step.command:
                self._take(step)

    def _take(self, step: Step) -> None:
        print(f"    # {step.command.splitlines()[0]}", flush=True)
        difference = step.difference(self.say(step.command))
        assert difference is None, difference


def cluster_version() -> str:
    """The newest PostgreSQL that Debian has installed here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    assert found, "PostgreSQL is not installed"
    return found[-1].parts[-3]


def run(*command: str) -> None:
    """Runs it; it must succeed."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "LANG": "C.UTF-8"})

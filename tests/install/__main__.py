"""``make test-install``: builds the release of today and the one before, then plays :mod:`scenario` in namespaces.

Needs root, Linux' namespaces, Debian's nginx, PostgreSQL, Redis and python3-venv; what pip needs is fetched before, since inside there is no
network. Takes some minutes, most of them for two front ends and two environments. ``TEST_INSTALL_WHEELS`` is a folder that has it already.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from shiftsync import __version__

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("unshare", "nginx", "pg_createcluster", "redis-server", "runuser", "curl", "openssl", "npm", "ip")
NAMESPACES = ("--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
EARLIER = "0.0.1"


def main() -> int:
    missing = [name for name in PROGRAMS if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin") is None]
    if missing or os.geteuid() != 0:
        print(f"test-install needs root and {', '.join(missing or PROGRAMS)}.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="shiftsync-install-") as name:
        work = Path(name)
        work.chmod(0o755)
        (work / "releases").mkdir()
        shutil.copytree(ROOT / "tests" / "install" / "stand-ins", work / "stand-ins")
        now, tag = build(work, "HEAD"), tag_before()
        before = build(work, tag) if tag is not None else renamed(work, now)
        fetch(work)
        command = ["unshare", *NAMESPACES, sys.executable, "-m", "tests.install.scenario", str(work), before, now]
        trust = {"SSL_CERT_FILE": "/etc/nginx/tls/fullchain.pem", "SHIFTSYNC_DEBUG": "1"}
        return subprocess.run(command, cwd=ROOT, env={**os.environ, **trust}, check=False).returncode


def tag_before() -> str | None:
    """The newest tag of another version than today's; None where there is none."""
    asked = ("git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "--exclude", f"v{__version__}", "HEAD")
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or None


def build(work: Path, ref: str) -> str:
    """A release of that commit in ``work``; its version."""
    print(f"building the release of {ref}", flush=True)
    made = subprocess.run(
        [ROOT / "deploy" / "release", ref], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()
    archive = Path(shutil.move(ROOT / made, work / "releases"))
    return archive.name.removeprefix("shiftsync-").removesuffix(".tar.gz")


def renamed(work: Path, version: str) -> str:
    """The same release under an earlier version."""
    folder = work / "renamed"
    shutil.unpack_archive(work / "releases" / f"shiftsync-{version}.tar.gz", folder)
    (folder / version).rename(folder / EARLIER)
    module = folder / EARLIER / "shiftsync" / "__init__.py"
    module.write_text(module.read_text().replace(f'__version__ = "{version}"', f'__version__ = "{EARLIER}"'))
    shutil.make_archive(str(work / "releases" / f"shiftsync-{EARLIER}"), "gztar", folder, EARLIER)
    return EARLIER


def fetch(work: Path) -> None:
    """What pip will install from, for the Python of Debian."""
    print("fetching what pip installs", flush=True)
    kept = os.environ.get("TEST_INSTALL_WHEELS")
    if kept:
        (work / "wheels").symlink_to(kept)
        return
    wanted = work / "wanted"
    for archive in (work / "releases").glob("*.tar.gz"):
        shutil.unpack_archive(archive, wanted)
    subprocess.run(["/usr/bin/python3", "-m", "venv", work / "fetching"], check=True)
    for requirements in sorted(wanted.glob("*/requirements/runtime.txt")):
        options = f"--quiet --disable-pip-version-check --require-hashes --dest {work / 'wheels'} --requirement {requirements}"
        command = [str(work / "fetching" / "bin" / "pip"), "download", *options.split()]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
    shutil.rmtree(wanted)


if __name__ == "__main__":
    sys.exit(main())

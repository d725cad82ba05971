"""Clients that others generate for TypeScript compile and do a real job, and linters of OpenAPI find nothing that is not explained.

The job is that of docs/rest.md: read a month, write a cell once, be refused, follow the change. The packages are those of
``tests/clients/node/package-lock.json``.
"""

import json
import os
import shutil
import subprocess
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

import pytest

from shiftsync.core.actor import Role
from tests.integration.rest.schema import Document
from tests.support.server import ServerProcess
from tests.support.world import World

HERE = Path(__file__).parent / "node"
GENERATORS = {
    "hey": ("openapi-ts", "-f", "openapi-ts.config.mjs"),
    "zod": ("orval", "--config", "orval.config.mjs"),
    "fetch": ("openapi-typescript", "schema.json", "--output", "made/types.ts"),
}
LINTERS = {
    "redocly": ("redocly", "lint", "schema.json", "--config", "redocly.yaml", "--max-problems", "1000"),
    "spectral": ("spectral", "lint", "schema.json", "--ruleset", ".spectral.yaml", "--fail-severity", "hint"),
}
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "DO_NOT_TRACK": "1", "CI": "1"}


def installed() -> Path:
    """The packages of the lock file, put in once for each content of it."""
    lock = (HERE / "package-lock.json").read_bytes()
    place = Path(gettempdir()) / f"shiftsync-clients-{sha256(lock).hexdigest()[:16]}"
    if not place.exists():
        making = place.with_name(f"{place.name}.{os.getpid()}")
        making.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, making)
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", where=making)
        try:
            making.rename(place)
        except OSError:  # another run was quicker
            shutil.rmtree(making)
    return place / "node_modules"


def run(*command: str, where: Path, **environment: str) -> str:
    """What it prints; it has to end well."""
    done = started(*command, where=where, **environment)
    return finished(done)


def started(*command: str, where: Path, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        command,
        cwd=where,
        env={**os.environ, **QUIET, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return said


@pytest.fixture(scope="module")
def workshop(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our document, what is made of it, and the linters at work on it."""
    place = tmp_path_factory.mktemp("clients")
    shutil.copytree(HERE, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "made"))
    (place / "node_modules").symlink_to(installed())
    (place / "made").mkdir()
    (place / "schema.json").write_text(json.dumps(Document().json), encoding="utf-8")
    with ExitStack() as all_of_them:
        making = [
            all_of_them.enter_context(started(tool(each[0]), *each[1:], where=place)) for each in GENERATORS.values()
        ]
        for each in making:
            finished(each)
    run(tool("tsc"), "-p", ".", where=place)
    return place


def tool(name: str) -> str:
    return f"node_modules/.bin/{name}"


@pytest.mark.any_database
@pytest.mark.slow
@pytest.mark.parametrize(
    ("job", "symbol", "day"), [("fetch", "×", "2025-08-04"), ("hey", "○", "2025-08-05"), ("zod", "△", "2025-08-06")]
)
def test_client__generated_for_typescript__does_the_job(
    server: ServerProcess, world: World, workshop: Path, job: str, symbol: str, day: str
) -> None:
    made = f"{job}.mjs"
    run(
        *(tool("esbuild"), f"jobs/{job}.ts", "--bundle", "--platform=node", "--format=esm", f"--outfile={made}"),
        where=workshop,
    )
    told = run(
        *("node", made),
        where=workshop,
        SHIFTSYNC_URL=server.url,
        SHIFTSYNC_TOKEN=world.tokens[Role.MANAGER],
        STAFF_ID=world.staff_ids[0],
        KEY=f"payroll of {job}",
        DAY=day,
    )
    assert told.split() == [str(world.position.version), day, symbol]


@pytest.mark.any_database
@pytest.mark.slow
@pytest.mark.parametrize("linter", LINTERS)
def test_document__read_by_a_linter__has_no_finding(workshop: Path, linter: str) -> None:
    command = LINTERS[linter]
    said = run(tool(command[0]), *command[1:], where=workshop)
    assert "Warning was generated" not in said, said

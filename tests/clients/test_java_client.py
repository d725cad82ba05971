"""openapi-generator's client for Python compiles, passes mypy, and does the job of docs/rest.md.

The generator is a Java program, which the packages of ``tests/clients/java/requirements.txt`` bring with what runs it: no Java has to
be installed, and no environment but this test's has them.
"""

import json
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

import pytest

from shiftsync.core.actor import Role
from tests.clients.test_generated_client import run
from tests.integration.rest.schema import Document
from tests.support.server import ServerProcess
from tests.support.world import World

HERE = Path(__file__).parent / "java"
START = "import sys; from openapi_generator_cli import run; sys.exit(run(sys.argv[1:]).returncode)"
# It runs once and for seconds: what Java's optimizing compiler and its parallel collector do meanwhile costs more than they save
# (10.4 s of CPU time instead of 4.4, for the same files).
BRIEFLY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
DAY = "2025-08-09"


def installed() -> Path:
    """The packages of the lock file, put in once for each content of it."""
    lock = HERE / "requirements.txt"
    place = Path(gettempdir()) / f"shiftsync-java-{sha256(lock.read_bytes()).hexdigest()[:16]}"
    if not place.exists():
        making = place.with_name(f"{place.name}.{os.getpid()}")
        options = ("--quiet", "--require-hashes", "--no-deps", "--python", sys.executable, "--target", str(making))
        run("uv", "pip", "install", *options, "--requirement", str(lock), where=HERE)
        try:
            making.rename(place)
        except OSError:  # another run was quicker
            shutil.rmtree(making)
    return place


@pytest.mark.any_database
@pytest.mark.slow
def test_client__of_openapi_generator__is_typed_and_does_the_job(
    server: ServerProcess, world: World, tmp_path: Path
) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(Document().json), encoding="utf-8")
    said = run(
        *("-", "-c", START, "generate", "--generator-name", "python", "--input-spec", "schema.json"),
        *("--output", ".", "--package-name", "shiftsync_java"),
        where=tmp_path,
        PYTHONPATH=str(installed()),
        JAVA_TOOL_OPTIONS=BRIEFLY,
    )
    assert "ERROR" not in said, said
    shutil.copy(HERE / "job.py", tmp_path)
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\npython_version = 3.11\nignore_missing_imports = True\n", encoding="utf-8"
    )
    run("mypy", "--config-file", "mypy.ini", "job.py", where=tmp_path)
    told = run(
        *("-", "job.py"),
        where=tmp_path,
        SHIFTSYNC_URL=server.url,
        SHIFTSYNC_TOKEN=world.tokens[Role.MANAGER],
        STAFF_ID=world.staff_ids[0],
        DAY=DAY,
    )
    assert told.split() == [str(world.position.version), DAY, "◇"]

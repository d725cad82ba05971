"""A client that openapi-python-client generates from our document compiles, passes mypy, and does the job that docs/rest.md shows."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shiftsync.core.actor import Role
from tests.integration.rest.schema import Document
from tests.support.server import ServerProcess
from tests.support.world import World

ROOT = Path(__file__).parents[2]
# The only content that is no text of ours: a workbook.
CONFIG = "content_type_overrides:\n  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream\n"


def run(*command: str, where: Path, **environment: str) -> str:
    """What it prints; it has to end well."""
    done = subprocess.run(
        [sys.executable, "-m", *command] if command[0] != "-" else [sys.executable, *command[1:]],
        cwd=where,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.any_database
@pytest.mark.slow
def test_client__generated_for_python__is_typed_and_does_the_job(
    server: ServerProcess, world: World, tmp_path: Path
) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(Document().json), encoding="utf-8")
    (tmp_path / "config.yml").write_text(f"{CONFIG}post_hooks: []\n", encoding="utf-8")
    said = run(
        *("openapi_python_client", "generate", "--path", "schema.json", "--config", "config.yml"),
        *("--meta", "none", "--output-path", "shiftsync_client"),
        where=tmp_path,
    )
    assert "WARNING" not in said, said
    (job,) = re.findall(
        r"```python\n(import os.*?)```", (ROOT / "docs" / "rest.md").read_text(encoding="utf-8"), re.DOTALL
    )
    (tmp_path / "job.py").write_text(job, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text("[mypy]\npython_version = 3.11\n", encoding="utf-8")
    run("mypy", "--config-file", "mypy.ini", "--strict", "job.py", where=tmp_path)
    told = run(
        *("-", "job.py"),
        where=tmp_path,
        SHIFTSYNC_URL=server.url,
        SHIFTSYNC_TOKEN=world.tokens[Role.MANAGER],
        STAFF_ID=world.staff_ids[0],
    )
    assert told.split() == [str(world.position.version), "2025-08-03", "×"]

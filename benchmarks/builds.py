"""The product as it is, and as it was at another commit: each with its own code, its own database and its own worlds."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks.commits import checked_out
from benchmarks.house import House, database
from benchmarks.processes import ROOT, Server
from benchmarks.worlds import World

MAKE_WORLDS = """
import json, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from benchmarks.worlds import make_world
number, staff, days, users, is_filled = map(int, sys.argv[1:])
worlds = [make_world(staff, days, users=users) for _ in range(number)]
for world in worlds if is_filled else ():
    world.fill()
print(json.dumps([[w.restaurant_id, w.schedule_id, w.staff_ids, w.days, w.user_ids, w.tokens] for w in worlds], default=str))
"""


TELL_OPTIONS = "import json; from shiftsync.serve import UVICORN_OPTIONS; print(json.dumps(UVICORN_OPTIONS))"


@dataclass(frozen=True, slots=True)
class Build:
    """One state of the code, in ``root``."""

    root: Path
    environment: Mapping[str, str]

    def server(self) -> Server:
        """The application, under uvicorn with the options that this code gives it."""
        environment = {**self.environment, "PYTHONPATH": str(self.root)}
        return Server("shiftsync.asgi:application", environment, self.root, json.loads(self._python(TELL_OPTIONS)))

    def worlds(
        self, number: int, *, staff: int = 17, days: int = 31, users: int = 10, filled: bool = False
    ) -> list[World]:
        """New restaurants, made by this code's own services, their cells empty or ``filled``."""
        made = self._python(MAKE_WORLDS, *map(str, (number, staff, days, users, int(filled))))
        return [_world(*told) for told in json.loads(made)]

    def _python(self, program: str, *arguments: str) -> bytes:
        """The last line that a program prints that runs with this code."""
        environment = {**os.environ, **self.environment, "PYTHONPATH": str(self.root)}
        command = [sys.executable, "-c", program, *arguments]
        ran = subprocess.run(command, cwd=self.root, env=environment, check=True, stdout=subprocess.PIPE)
        return ran.stdout.splitlines()[-1]


def _world(
    restaurant: str, schedule: str, staff: list[str], days: list[str], users: list[str], tokens: list[str]
) -> World:
    return World(UUID(restaurant), schedule, tuple(staff), tuple(days), tuple(map(UUID, users)), tuple(tokens))


def today(house: House) -> Build:
    """What is in the working directory."""
    return Build(ROOT, house.environment)


@contextmanager
def before(house: House) -> Iterator[Build | str]:
    """The commit that ``--before`` names, in a worktree of its own; a sentence where there is none."""
    if house.before is None:
        yield "no commit before: this is no git repository, or its first commit"
        return
    with tempfile.TemporaryDirectory(prefix="shiftsync-before-") as directory, database("before") as database_url:
        root = Path(directory) / "code"
        with checked_out(house.before, root):
            yield Build(root, {**house.environment, "DATABASE_URL": database_url})

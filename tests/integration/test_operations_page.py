"""What docs/operations.md says that the commands of this program print; ``make test-install`` tries all of the page's commands."""

import shlex
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from shiftsync import __version__
from shiftsync.config import ROOT
from tests.install.document import Step, steps_of
from tests.support.world import World

PAGE = (ROOT / "docs" / "operations.md").read_text().replace("X.Y.Z", __version__)
CHAPTERS = ("Installing", "Monitoring", "Backing up and restoring", "Upkeep")
# These need a machine of their own: an empty database, a worker at work.
ELSEWHERE = ("restore", "doctor")


def own_steps() -> Iterator[Step]:
    for chapter in CHAPTERS:
        for step in steps_of(PAGE, chapter):
            program, *words = shlex.split(step.command.splitlines()[0])
            if program == "shiftsync" and words[0] not in ELSEWHERE:
                yield step


@pytest.mark.parametrize("step", list(own_steps()), ids=lambda step: step.command[:40])
def test_command__of_the_page__prints_what_the_page_says(step: Step, world: World, tmp_path: Path) -> None:
    _, *words = shlex.split(step.command)
    out = StringIO()
    call_command(*(word.replace("/var/backups/shiftsync", str(tmp_path)) for word in words), stdout=out)
    printed = out.getvalue().replace(str(tmp_path), "/var/backups/shiftsync")
    assert step.difference(printed) is None, step.difference(printed)


def test_page__commands_of_this_program__are_several() -> None:
    assert {step.command.split()[1] for step in own_steps()} == {"create_restaurant", "backup", "housekeeping"}

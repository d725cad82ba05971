"""Other commits of this repository, for those who compare with them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import ROOT


def commit_before(named: str | None) -> str | None:
    """The full name of the commit that is meant: what was ``named``, else the one before the last. None where there is none."""
    try:
        return _git("rev-parse", "--verify", "--quiet", f"{named or 'HEAD^'}^{{commit}}")
    except (OSError, subprocess.CalledProcessError):
        return None


@contextmanager
def checked_out(commit: str, directory: Path) -> Iterator[None]:
    """Its files in ``directory``, which must not exist yet; gone afterwards."""
    _git("worktree", "add", "--detach", str(directory), commit)
    try:
        yield
    finally:
        _git("worktree", "remove", "--force", str(directory))


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()

"""What the guides name is there: files, links, targets of make and commands."""

import os
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from shiftsync.config import ROOT

GUIDES = sorted(path for path in (ROOT / "docs").glob("*.md") if path.name != "protocol.md")
FILE = re.compile(r"`(\w[\w./-]*\.(?:py|ts|tsx|md|txt|conf|json|yml|toml|po))(?::[^`]*)?`")
LINK = re.compile(r"\]\(([\w./-]+)(?:#[\w-]+)?\)")
TARGET = re.compile(r"`(?:[A-Z_]+=\S+ )*make ([\w-]+)")
ELSEWHERE = {".git", ".venv", ".cache", "node_modules", "dist", "__pycache__"}
COMMAND = re.compile(r"manage\.py ([a-z]\w+)")


@pytest.fixture(scope="module")
def files() -> set[str]:
    """Every file of the project, as a path from its root with a slash before it; without what is installed or made."""
    found = set()
    for directory, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in ELSEWHERE]
        found |= {f"/{Path(directory, name).relative_to(ROOT)}" for name in names}
    return found


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_guide__files_and_links_that_it_names__are_there(guide: Path, files: set[str]) -> None:
    text = guide.read_text(encoding="utf-8")
    named = {name.strip("/") for name in FILE.findall(text)}
    assert [name for name in sorted(named) if not any(file.endswith(f"/{name}") for file in files)] == []
    assert [link for link in LINK.findall(text) if not (guide.parent / link).exists()] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_guide__what_it_says_to_call__is_there(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(TARGET.findall(text)) <= targets
    assert set(COMMAND.findall(text)) <= set(get_commands())

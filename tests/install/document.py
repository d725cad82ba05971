"""The blocks of docs/operations.md that one types: their commands, and what these print according to the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

VARIES = "…"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HERE_DOCUMENT = re.compile(r"<<(\w+)$")


@dataclass(frozen=True, slots=True)
class Step:
    """A command, with the lines that it prints."""

    command: str
    output: tuple[str, ...]

    def difference(self, printed: str) -> str | None:
        """How what was printed differs from the page; None if it does not."""
        lines = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
        if re.fullmatch(_pattern(self.output), lines):
            return None
        told = "\n".join(self.output) or "(nothing)"
        return f"$ {self.command}\n--- the page says\n{told}\n--- it printed\n{lines or '(nothing)'}"


def _pattern(output: tuple[str, ...]) -> str:
    """A line that is only ``…`` stands for any lines, elsewhere it stands for anything in its line."""
    parts = []
    for line in output:
        words = (re.escape(part) for part in line.split(VARIES))
        parts.append("(?:.*\n)*?" if line == VARIES else ".*".join(words) + "\n")
    return "".join(parts)


def steps_of(page: str, heading: str) -> list[Step]:
    """Those of a chapter, in their order. Raises ``KeyError`` for a chapter that is not there."""
    parts = re.split(r"^## (.*)$", page, flags=re.MULTILINE)
    chapters = dict(zip(parts[1::2], parts[2::2], strict=True))
    return [step for block in _BLOCK.findall(chapters[heading]) for step in _steps(block)]


def _steps(block: str) -> Iterator[Step]:
    lines = block.splitlines()
    while lines:
        command = lines.pop(0).removeprefix("# ")
        found = _HERE_DOCUMENT.search(command)
        while found and not command.endswith(f"\n{found[1]}"):
            command += f"\n{lines.pop(0)}"
        output = []
        while lines and not lines[0].startswith("# "):
            output.append(lines.pop(0))
        yield Step(command, tuple(output))

"""Undo and redo of one client's own changes: two stacks, replayed from the log."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """A change in the log. ``undoes`` is the version it takes back or does again; ``is_undo`` tells which."""

    version: int
    undoes: int | None = None
    is_undo: bool = False
    is_dropped: bool = False


def stacks(steps: Iterable[Step]) -> tuple[list[int], list[int]]:
    """What can be undone and what can be done again, as versions, the next one last; ``steps`` oldest first.

    A fresh change empties the stack of redo. Taking back version 5 by version 6 puts 6 on the redo stack; doing it again by
    version 7 puts 7 on the undo stack. A dropped step takes no part in either.
    """
    undo: list[int] = []
    redo: list[int] = []
    for step in steps:
        if step.undoes is None:
            undo.append(step.version)
            redo.clear()
        elif step.is_undo:
            _remove(undo, step.undoes)
            redo.append(step.version)
        else:
            _remove(redo, step.undoes)
            undo.append(step.version)
        if step.is_dropped:
            _remove(undo, step.version)
            _remove(redo, step.version)
    return undo, redo


def _remove(stack: list[int], version: int) -> None:
    if version in stack:
        stack.remove(version)

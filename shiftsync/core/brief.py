"""What a refusal says is bounded, whatever was sent: an answer, or a log line, that names all that is wrong with a large request would be
many times as long as the request."""

from collections.abc import Mapping
from typing import Any

NAMED_AT_MOST = 50
"""How many problems a refusal names; also how many a list of a request is searched for."""
LONGEST_NAME = 100
LONGEST_SENTENCE = 1_000
_CUT = "…"


def cut(text: str, longest: int) -> str:
    """``text`` with at most ``longest`` characters; where some are left out, the last one says so."""
    return text if len(text) <= longest else text[: longest - 1] + _CUT


def brief(details: Mapping[str, Any]) -> dict[str, Any]:
    """``details`` of a refusal with the first :data:`NAMED_AT_MOST` problems, under names and in sentences of limited length.

    Items of a list keep their places.
    """
    room = _Room(NAMED_AT_MOST)
    return {cut(str(name), LONGEST_NAME): room.part(problem) for name, problem in _while(room, details)}


class _Room:
    """Counts what may still be named."""

    def __init__(self, left: int) -> None:
        self.left = left

    def part(self, problem: Any) -> Any:
        if isinstance(problem, Mapping):
            return {cut(str(name), LONGEST_NAME): self.part(inner) for name, inner in _while(self, problem)}
        if isinstance(problem, (list, tuple)):
            return [self.part(inner) for _, inner in _while(self, dict(enumerate(problem)))]
        self.left -= 1
        return cut(problem, LONGEST_SENTENCE) if isinstance(problem, str) else problem


def _while(room: _Room, parts: Mapping[Any, Any]) -> Any:
    """The entries, as long as there is room."""
    for entry in parts.items():
        if room.left <= 0:
            return
        yield entry

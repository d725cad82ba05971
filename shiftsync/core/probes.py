"""Health probes: each component registers one, and ``/health`` asks them all.

A probe answers at once from what its component already knows, without waiting, database or network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """``ok`` False makes the process not ready. ``detail`` is JSON that anybody may read."""

    ok: bool
    detail: Any = None

    def as_json(self) -> dict[str, Any]:
        """As the health check reports it."""
        return {"ok": self.ok, "detail": self.detail}


Probe = Callable[[], tuple[bool, Any]]

_probes: dict[str, Probe] = {}


def register_probe(name: str, probe: Probe) -> Callable[[], None]:
    """Adds a probe or replaces the one of the same name. Returns a function that removes it."""
    _probes[name] = probe

    def remove() -> None:
        if _probes.get(name) is probe:
            del _probes[name]

    return remove


def ask_all() -> dict[str, ProbeResult]:
    """What every probe says, by name. One that raises is not ok, and the others are still asked."""
    return {name: _ask(probe) for name, probe in list(_probes.items())}


def _ask(probe: Probe) -> ProbeResult:
    try:
        return ProbeResult(*probe())
    except Exception as error:
        return ProbeResult(False, type(error).__name__)

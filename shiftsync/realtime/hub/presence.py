"""Presence: who is here and where. No database, no log; the latest state wins, and updates may be dropped under load."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

FORGOTTEN_AFTER_SECONDS = 30.0
ANNOUNCE_EVERY_SECONDS = 10.0
LEFT = "left"

Entry = dict[str, Any]
Narrow = Callable[[Entry, str], Entry]
"""An entry as it is told to who sees the shifts of that person alone (``Sight.only``)."""
BEGINS: Entry = {"state": "viewing"}
"""Where a client is that has not said so yet."""
ENDS: Entry = {"state": LEFT}
"""What is different in the entry of a client that has gone."""


_narrowings: list[Narrow] = []


def places(*, begin: Entry, end: Entry, narrow: Narrow) -> None:
    """Registers what the entries of an app hold of a client's place when it comes and when it has gone, and what is left of it for who does
    not see everybody's shifts."""
    BEGINS.update(begin)
    ENDS.update(end)
    _narrowings.append(narrow)


@dataclass(slots=True)
class Roster:
    """The people in one restaurant: those connected to this process and those that other processes report.

    An entry is what ``PRESENCE_STATE`` carries of one client: ``clientId``, ``userId``, ``name``, ``state``, and what an app says of its
    place. ``seen`` is in seconds of the event loop's clock.
    """

    _here: dict[str, Entry] = field(default_factory=dict)
    _elsewhere: dict[str, tuple[Entry, float]] = field(default_factory=dict)

    def set_here(self, connection_id: str, entry: Entry) -> bool:
        """Records an entry of a connection of this process. Returns whether it has changed."""
        is_news = self._here.get(connection_id) != entry
        self._here[connection_id] = entry
        return is_news

    def drop_here(self, connection_id: str) -> Entry | None:
        """Removes a connection. Returns the entry that announces it, or None if it had no entry or its client has
        another connection."""
        entry = self._here.pop(connection_id, None)
        if entry is None or any(other["clientId"] == entry["clientId"] for other in self._here.values()):
            return None
        return _gone(entry)

    def set_elsewhere(self, entry: Entry, seen: float) -> bool:
        """Records what another process reports. Returns whether it has changed."""
        client_id = entry["clientId"]
        if entry["state"] == LEFT:
            return self._elsewhere.pop(client_id, None) is not None
        known = self._elsewhere.get(client_id)
        self._elsewhere[client_id] = (entry, seen)
        return known is None or known[0] != entry

    def forget(self, seen_before: float) -> list[Entry]:
        """Removes entries of other processes that were not refreshed since. Returns the entries that announce it."""
        silent = [key for key, (_, seen) in self._elsewhere.items() if seen < seen_before]
        return [_gone(self._elsewhere.pop(key)[0]) for key in silent]

    def here(self) -> list[Entry]:
        """The entries of this process."""
        return list(self._here.values())

    def everyone(self) -> list[Entry]:
        """The whole roster. For a client known here and elsewhere, this process's entry is used."""
        entries = [entry for entry, _ in self._elsewhere.values()] + self.here()
        return list({entry["clientId"]: entry for entry in entries}.values())


def entry_of(client_id: str, user_id: str, name: str, position: dict[str, Any]) -> Entry:
    """The entry of one client; ``position`` holds ``state`` and what an app says of its place."""
    return {"clientId": client_id, "userId": user_id, "name": name, **position}


def state_payload(entries: Iterable[Entry], *, is_complete: bool, only: str | None = None) -> dict[str, Any]:
    """The payload of ``PRESENCE_STATE``: the whole roster, or entries of those who moved (``state: "left"``: who went). ``only``: as they are
    told to who sees the shifts of that person alone."""
    return {"roster": [_seen(entry, only) for entry in entries], "complete": is_complete}


def _seen(entry: Entry, only: str | None) -> Entry:
    if only is not None:
        for narrow in _narrowings:
            entry = narrow(entry, only)
    return entry


def _gone(entry: Entry) -> Entry:
    return {**entry, **ENDS}

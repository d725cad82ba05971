"""Notifies this process's listeners of committed changes. The hub registers itself; services know only this module."""

from collections.abc import Callable, Sequence
from uuid import UUID

from shiftsync.realtime.events import LoggedChange

Listener = Callable[[UUID, Sequence[LoggedChange]], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Calls ``listener(restaurant_id, changes)`` after every commit of this process, on the committing thread.

    A listener returns at once and never raises: the change is acknowledged in any case.
    """
    _listeners.append(listener)


def stop_listening(listener: Listener) -> None:
    """The reverse of :func:`listen`; no harm if it was not registered."""
    if listener in _listeners:
        _listeners.remove(listener)


def announce(restaurant_id: UUID, changes: Sequence[LoggedChange]) -> None:
    """Tells every listener of changes that are committed, in version order."""
    for listener in tuple(_listeners):
        listener(restaurant_id, changes)

"""What a token may do: less than its user, by areas of the product.

A scope is an area and whether something is read or written there. Every refusal is made here, and names the scope that is missing.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.apps import apps

from shiftsync.core.errors import Forbidden


class Area(StrEnum):
    """A part of the product that a token may be for. An app says of which it is (``AppConfig.area``); what belongs elsewhere says so
    itself (``area``, None: open to every token)."""

    SCHEDULE = "schedule"
    STAFF = "staff"
    SETTINGS = "settings"
    ACCESS = "access"


class Scope(StrEnum):
    """What a token may do; to write somewhere is to read there as well."""

    EVERYTHING = "*"
    SCHEDULE_READ = "schedule:read"
    SCHEDULE_WRITE = "schedule:write"
    STAFF_READ = "staff:read"
    STAFF_WRITE = "staff:write"
    SETTINGS_READ = "settings:read"
    SETTINGS_WRITE = "settings:write"
    ACCESS_READ = "access:read"
    ACCESS_WRITE = "access:write"


Scopes = frozenset[str]
EVERYTHING: Scopes = frozenset({Scope.EVERYTHING})
READING = ("GET", "HEAD", "OPTIONS")
SCOPES = [each.value for each in Scope]


class ScopeMissing(Forbidden):
    """The token is not for this, whatever its user may do. ``details.scope`` is the scope that it lacks."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"This token lacks the scope {scope}.", {"scope": scope})


def scope_of(area: Area, *, writes: bool) -> Scope:
    """What a token needs to read there, or to write."""
    return Scope(f"{area.value}:{'write' if writes else 'read'}")


def covers(held: Collection[str], scope: str) -> bool:
    """Whether who holds those scopes may do what ``scope`` stands for."""
    return Scope.EVERYTHING in held or scope in held or f"{scope.removesuffix(':read')}:write" in held


def require_scope(held: Collection[str], area: Area | None, *, writes: bool) -> None:
    """Raises :class:`ScopeMissing`. ``area`` None is open to all."""
    if area is None or Scope.EVERYTHING in held:
        return
    require_scopes(held, [scope_of(area, writes=writes)])


def require_scopes(held: Collection[str], wanted: Iterable[str]) -> None:
    """Raises :class:`ScopeMissing` for the first of those that is not covered."""
    for scope in wanted:
        if not covers(held, scope):
            raise ScopeMissing(scope)


def area_of(thing: Any) -> Area | None:
    """The area of a class or function: as it says itself, else that of its app."""
    return thing.area if hasattr(thing, "area") else _area_of_module(thing.__module__)


@lru_cache(1024)
def _area_of_module(name: str) -> Area | None:
    area: Area | None = getattr(apps.get_containing_app_config(name), "area", None)
    return area


def needed_scope(view: Any, method: str) -> Scope | None:
    """What a token needs for this request of a view; None: nothing. A method that belongs elsewhere than its view says so."""
    handler = getattr(view, getattr(view, "action", None) or "", None)
    area = getattr(handler, "area", None) or area_of(type(view))
    return None if area is None else scope_of(area, writes=method not in READING)


def scopes_in(text: str) -> Scopes:
    """The scopes as a row keeps them, in one text."""
    return frozenset(text.split())


def text_of(scopes: Collection[str]) -> str:
    """How a row keeps them: in the order in which they are listed here, and everything alone."""
    return Scope.EVERYTHING.value if Scope.EVERYTHING in scopes else " ".join(each for each in SCOPES if each in scopes)

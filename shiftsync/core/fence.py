"""The second fence between restaurants: work says whose rows it is about, and PostgreSQL keeps all others from it.

Row-level security on every table that carries a restaurant (``tenants/fencing.py``) compares its rows with the setting that
``core/postgresql`` sends with each transaction. Work that has not said anything sees nothing. On SQLite nothing of this has an effect.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

SETTING = "shiftsync.restaurants"
"""What the policies read: an array of UUIDs as PostgreSQL spells it, :data:`ALL`, or blank: nothing."""
ALL = "all"
NOTHING = ""

_scope: ContextVar[str | None] = ContextVar("restaurants", default=None)


def scope() -> str | None:
    """The setting's value for the current work; None if nothing was declared yet, which PostgreSQL also treats as no restaurant."""
    return _scope.get()


def scope_of(*restaurant_ids: UUID) -> str:
    """The setting's value for those restaurants."""
    return f"{{{','.join(sorted(each.hex for each in restaurant_ids))}}}" if restaurant_ids else NOTHING


@contextmanager
def within(*restaurant_ids: UUID) -> Iterator[None]:
    """Work on rows of those restaurants. Blocks may be nested: the innermost counts, and may allow more than those around it."""
    with _scoped(scope_of(*restaurant_ids)):
        yield


@contextmanager
def everywhere() -> Iterator[None]:
    """Work on rows of whatever restaurant: to find out whose somebody is, and for the operator. Whoever uses it filters by themselves."""
    with _scoped(ALL):
        yield


@contextmanager
def nowhere() -> Iterator[None]:
    """Work on rows of no restaurant, until :func:`enter` names one, which then applies until the end of this block."""
    with _scoped(NOTHING):
        yield


def enter(*restaurant_ids: UUID) -> None:
    """From here to the end of the block around it, work on rows of those restaurants."""
    _scope.set(scope_of(*restaurant_ids))


def enter_everywhere() -> None:
    """From here to the end of the block around it, work on rows of whatever restaurant."""
    _scope.set(ALL)


@contextmanager
def _scoped(value: str) -> Iterator[None]:
    before = _scope.get()
    _scope.set(value)
    try:
        yield
    finally:
        _scope.set(before)

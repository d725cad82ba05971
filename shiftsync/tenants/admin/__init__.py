"""Restaurants and access in the admin, and the base of every page about something of a restaurant.

Tickets have no page: they live for half a minute.
"""

from importlib import import_module

from shiftsync.tenants.admin.scoped import BY_RESTAURANT, ReadOnlyAdmin, ScopedAdmin, WordsFilter, roles_of

__all__ = ["BY_RESTAURANT", "ReadOnlyAdmin", "ScopedAdmin", "WordsFilter", "roles_of"]

for page in ("restaurants", "members", "links", "tokens", "security", "users"):
    import_module(f"{__name__}.{page}")

"""From which network address the present request comes, and which request it is: for the security log, for limits and for whoever looks
for its lines in our log, never for a decision about data.

A context variable, since what writes the log (a new password, a sign-in) is called by Django, which hands no request on.
"""

from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address
from uuid import UUID, uuid4

_address: ContextVar[str] = ContextVar("address", default="")
_occurrence: ContextVar[UUID | None] = ContextVar("occurrence", default=None)
_served: ContextVar[tuple[UUID | None, UUID | None]] = ContextVar("served", default=(None, None))


def come_from(address: str, occurrence: UUID | None = None) -> None:
    """Records for the rest of this request where it comes from, and which one it is."""
    _address.set(address)
    _occurrence.set(occurrence)
    _served.set((None, None))


def serve(user_id: UUID | None, restaurant_id: UUID) -> None:
    """Records for the rest of this request who asks, and in which restaurant."""
    _served.set((user_id, restaurant_id))


def serve_message(request_id: UUID | None, user_id: UUID | None, restaurant_id: UUID) -> None:
    """The same for a message of a socket, which is a request of its own."""
    _occurrence.set(request_id)
    _served.set((user_id, restaurant_id))


def ids_now() -> dict[str, str]:
    """The ids of the request that is served, of its user and restaurant, as far as they are known."""
    user, restaurant = _served.get()
    known = {"request": _occurrence.get(), "user": user, "restaurant": restaurant}
    return {name: str(id) for name, id in known.items() if id is not None}


def occurrence_now() -> UUID:
    """Which request is served: the same in its answer and in our log. A new one where none is."""
    return _occurrence.get() or uuid4()


def address_now() -> str:
    """The address of the request that is served; blank in a command or a job."""
    return _address.get()


def network_of(address: str) -> str:
    """What is counted as one sender: an IPv4 address, or the /64 of an IPv6 one, which is what a household or a server is given."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"

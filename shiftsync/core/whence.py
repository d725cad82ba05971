"""From which network address the present request comes: for the security log and for limits, never for a decision about data.

A context variable, since what writes the log (a new password, a sign-in) is called by Django, which hands no request on.
"""

from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address

_address: ContextVar[str] = ContextVar("address", default="")


def come_from(address: str) -> None:
    """Records for the rest of this request where it comes from."""
    _address.set(address)


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

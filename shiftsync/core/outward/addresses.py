"""Where the server may be sent by an address that a user has named: the public internet by https, and networks that the operator has
named, by http as well.

Otherwise whoever names one could have the server ask what only the server reaches: its database, other machines, a cloud's metadata.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
PORTS = {"https": 443, "http": 80}
NAT64 = IPv6Network("64:ff9b::/96")
LOCAL_NAMES = {"localhost": IPv4Address("127.0.0.1")}


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts. ``path`` has the query, ``shown_host`` is the header ``Host``."""

    is_secure: bool
    host: str
    port: int
    path: str
    shown_host: str


def target_of(url: str) -> Target:
    """The parts of an address. Raises ``ValueError`` with what is wrong with it."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise ValueError("Must be an address of ASCII characters without spaces.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("Is not an address.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("Must begin with https:// and a host.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Must not hold a user or a password; deliveries are signed.")
    if parts.fragment:
        raise ValueError("Must not have a part after #.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", parts.hostname, port or PORTS[parts.scheme], path, parts.netloc)


def require_fit(url: str, networks: Sequence[Network]) -> None:
    """Raises ``ValueError`` for an address that can be told to be none of those without asking where its name leads."""
    target = target_of(url)
    if not target.is_secure and not networks:
        raise ValueError("Must begin with https://.")
    try:
        literal: Address | None = LOCAL_NAMES.get(target.host) or ip_address(target.host)
    except ValueError:
        literal = None
    if literal is not None and not may_reach(literal, target, networks):
        raise ValueError("Must lead to the public internet by https.")


def may_reach(address: Address, target: Target, networks: Sequence[Network]) -> bool:
    """Whether a delivery may connect to what the name of ``target`` leads to."""
    real = _carried(address)
    if any(each.version == real.version and real in each for each in networks):
        return True
    return target.is_secure and real.is_global and not real.is_multicast and not real.is_reserved


def _carried(address: Address) -> Address:
    """The IPv4 address that one of IPv6 stands for, if it does."""
    if not isinstance(address, IPv6Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address

"""Web origins, compared as browsers compare them."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_HOST = re.compile(r"[^\s/?#@\\%\[\]:]+|[0-9a-f:.]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port. Differences in case, an explicit default port or a trailing dot do not count."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """``text`` as an origin; None if it is ``null``, has more parts than an origin, or is not one at all."""
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            return None
        scheme = parts.scheme.lower()
        host = (parts.hostname or "").removesuffix(".")
        is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
        if scheme not in DEFAULT_PORTS or not is_bare or not _HOST.fullmatch(host):
            return None
        return cls(scheme, host, DEFAULT_PORTS[scheme] if port is None else port)

    @classmethod
    def of_host(cls, scheme: str, host: str) -> Self | None:
        """The origin of a page that is served under that ``Host`` header."""
        return cls.parse(f"{scheme}://{host}")

    @property
    def bracketed(self) -> str:
        """The host as it is written in a URL: IPv6 in brackets."""
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.bracketed}{port}"

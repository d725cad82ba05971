"""What the operator may set, read once at the start from the environment and an optional ``.env``.

``parse`` is pure: text in, a frozen ``Config`` out, or a ``ConfigError`` of one line that names the variable.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.util import find_spec
from io import StringIO
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from uuid import UUID

from dotenv.parser import parse_stream

from shiftsync.core.limits import LIMITS, Limit, Limits
from shiftsync.core.origins import Origin

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development-only-secret-that-protects-nothing-at-all"  # noqa: S105 - refused unless SHIFTSYNC_DEBUG is on
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
SECRET_MIN_LENGTH = 50
OURS = "SHIFTSYNC_"
ENV_FILE = "SHIFTSYNC_ENV_FILE"
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("text", "json")
SIGN_UP_OPEN, SIGN_UP_BY_INVITATION = "open", "invitation"
ANY_HOST = "*"
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

T = TypeVar("T")


class ConfigError(ValueError):
    """A variable is wrong or missing. The text is one line that names it and says what is expected."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data is. ``engine`` is ``sqlite`` (only ``name``, a path, is used) or ``postgresql``."""

    engine: str
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite; otherwise it is PostgreSQL."""
        return self.engine == "sqlite"


@dataclass(frozen=True, slots=True)
class Email:
    """The server that takes mail, and in whose name. ``security``: a key of :data:`MAIL_PORTS`."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def domain(self) -> str:
        """Of the sender."""
        return self.sender.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that an installation may choose; see docs/operations.md."""

    database: Database
    app_database: Database | None
    redis_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    debug: bool
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    anonymous_restaurant: UUID | None
    change_log_days: int
    token_days: int
    security_log_days: int
    canary_seconds: int
    history_years: int
    proposal_days: int
    webhook_days: int
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    notice_days: int
    email: Email | None
    sign_up: str
    site_url: str | None
    push_networks: tuple[IPv4Network | IPv6Network, ...]
    log_level: str
    log_format: str
    traces_endpoint: str | None
    metrics_port: int
    limits: Limits
    port: int
    database_pool: int
    secure_cookies: bool
    behind_proxy: bool
    vite_url: str | None

    @property
    def mails_links(self) -> bool:
        """Whether mails with links into the installation are sent: where there is a mail server, and where nobody who asks can say to which
        host the links lead."""
        return self.email is not None and ANY_HOST not in self.allowed_hosts

    @property
    def is_sign_up_open(self) -> bool:
        """Whether anybody may make an account for themselves."""
        return self.sign_up == SIGN_UP_OPEN


def load(environ: Mapping[str, str] | None = None, env_file: Path | None = None) -> Config:
    """The configuration of this process. The environment wins over ``.env`` (or ``SHIFTSYNC_ENV_FILE``).

    Raises ``ConfigError``, also for a file that was named but is not there, and for a variable of ours that does not exist.
    """
    environ = os.environ if environ is None else environ
    named = environ.get(ENV_FILE, "")
    path = env_file or Path(named or ROOT / ".env")
    values = ReadVariables({**read_env_file(path, is_named=bool(named) and env_file is None), **environ})
    values.asked.add(ENV_FILE)
    config = parse(values)
    values.refuse_unknown()
    return config


class ReadVariables(Mapping[str, str]):
    """Remembers which variables were asked for: those are the ones that exist."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def refuse_unknown(self) -> None:
        """Raises ``ConfigError`` for a variable of ours that nothing asks for: a typing error would go unnoticed."""
        for name in sorted(self._values):
            if name.upper().startswith(OURS) and name not in self.asked:
                near = get_close_matches(name.upper(), self.asked, 1, 0.75)
                raise ConfigError(name, f"is not known; {f'is {near[0]} meant?' if near else 'remove it'}")


def read_env_file(path: Path, *, is_named: bool = False) -> dict[str, str]:
    """The variables of an ``.env`` file; none where there is no such file, unless somebody has named it.

    Raises ``ConfigError`` for one that cannot be read.
    """
    try:
        return parse_env_text(path.read_text(encoding="utf-8"), path.name)
    except FileNotFoundError:
        if is_named:
            raise ConfigError(ENV_FILE, f"names {path}, which does not exist") from None
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise ConfigError(str(path), f"cannot be read: {reason}") from None


def parse_env_text(text: str, name: str = ".env") -> dict[str, str]:
    """What python-dotenv reads in ``text``, taken literally: a password may hold a ``$``. Raises ``ConfigError`` for a line that is no
    assignment, which python-dotenv itself would skip."""
    values: dict[str, str] = {}
    for binding in parse_stream(StringIO(text)):
        if binding.error or (binding.key is not None and binding.value is None):
            raise ConfigError(f"{name} line {binding.original.line}", "is not NAME=value")
        if binding.key is not None:
            values[binding.key] = binding.value or ""
    return values


def parse(values: Mapping[str, str]) -> Config:
    """Reads all variables; raises ``ConfigError`` for the first that is wrong or missing."""
    debug = _optional(values, "SHIFTSYNC_DEBUG", _boolean, False)
    return Config(
        database=_optional(values, "DATABASE_URL", _database, Database("sqlite", str(ROOT / "db.sqlite3"))),
        app_database=_optional(values, "SHIFTSYNC_APP_DATABASE_URL", _app_database, None),
        redis_url=_optional(values, "REDIS_URL", _redis_url, None),
        secret_key=_secret_key(values, debug),
        debug=debug,
        allowed_hosts=_allowed_hosts(values, debug),
        allowed_origins=_optional(values, "SHIFTSYNC_ALLOWED_ORIGINS", _origins, ()),
        anonymous_restaurant=_development_only(values, "SHIFTSYNC_ANONYMOUS_RESTAURANT", _uuid, debug),
        change_log_days=_optional(values, "SHIFTSYNC_CHANGE_LOG_DAYS", _between(1, 3650), 30),
        token_days=_optional(values, "SHIFTSYNC_TOKEN_DAYS", _between(0, 36500), 0),
        security_log_days=_optional(values, "SHIFTSYNC_SECURITY_LOG_DAYS", _between(1, 3650), 180),
        canary_seconds=_optional(values, "SHIFTSYNC_CANARY_SECONDS", _between(0, 3600), 30),
        history_years=_optional(values, "SHIFTSYNC_HISTORY_YEARS", _between(0, 100), 0),
        proposal_days=_optional(values, "SHIFTSYNC_PROPOSAL_DAYS", _between(1, 3650), 90),
        webhook_days=_optional(values, "SHIFTSYNC_WEBHOOK_DAYS", _between(1, 60), 5),
        webhook_networks=_optional(values, "SHIFTSYNC_WEBHOOK_NETWORKS", _networks, ()),
        notice_days=_optional(values, "SHIFTSYNC_NOTICE_DAYS", _between(1, 3650), 90),
        email=_optional(values, "SHIFTSYNC_EMAIL_URL", _email, None),
        sign_up=_optional(
            values, "SHIFTSYNC_SIGN_UP", _one_of((SIGN_UP_OPEN, SIGN_UP_BY_INVITATION)), SIGN_UP_BY_INVITATION
        ),
        site_url=_optional(values, "SHIFTSYNC_SITE_URL", _origin, None),
        push_networks=_optional(values, "SHIFTSYNC_PUSH_NETWORKS", _networks, ()),
        log_level=_optional(values, "SHIFTSYNC_LOG_LEVEL", _one_of(LOG_LEVELS), "info"),
        log_format=_optional(values, "SHIFTSYNC_LOG_FORMAT", _one_of(LOG_FORMATS), "text"),
        traces_endpoint=_optional(values, "SHIFTSYNC_TRACES_ENDPOINT", _collector, None),
        metrics_port=_optional(values, "SHIFTSYNC_METRICS_PORT", _between(0, 65535), 0),
        limits=Limits(**{each.name: _limit(values, each) for each in LIMITS}),
        port=_optional(values, "PORT", _between(1, 65535), 8080),
        database_pool=_optional(values, "SHIFTSYNC_DATABASE_POOL", _between(2, 1000), 16),
        secure_cookies=_optional(values, "SHIFTSYNC_SECURE_COOKIES", _boolean, not debug),
        behind_proxy=_optional(values, "SHIFTSYNC_BEHIND_PROXY", _boolean, False),
        vite_url=_development_only(values, "SHIFTSYNC_VITE_URL", _origin, debug),
    )


def _optional(values: Mapping[str, str], name: str, read: Callable[[str], T], default: T) -> T:
    """The variable as ``read`` understands it; an empty one counts as not set."""
    text = values.get(name, "").strip()
    if not text:
        return default
    try:
        return read(text)
    except ValueError as problem:
        raise ConfigError(name, str(problem)) from None


def _development_only(values: Mapping[str, str], name: str, read: Callable[[str], T], debug: bool) -> T | None:
    found: T | None = _optional(values, name, read, None)
    if found is not None and not debug:
        raise ConfigError(name, "is for development only; unset it or set SHIFTSYNC_DEBUG=1")
    return found


def _secret_key(values: Mapping[str, str], debug: bool) -> str:
    secret = values.get("SHIFTSYNC_SECRET_KEY", "").strip()
    if debug:
        return secret or DEVELOPMENT_SECRET
    if not secret:
        raise ConfigError(
            "SHIFTSYNC_SECRET_KEY", "is required; set a long random text (or SHIFTSYNC_DEBUG=1 for development)"
        )
    if secret == DEVELOPMENT_SECRET or len(secret) < SECRET_MIN_LENGTH:
        raise ConfigError("SHIFTSYNC_SECRET_KEY", f"is too weak; use at least {SECRET_MIN_LENGTH} random characters")
    return secret


def _allowed_hosts(values: Mapping[str, str], debug: bool) -> tuple[str, ...]:
    nothing: tuple[str, ...] = ()
    hosts = _optional(values, "SHIFTSYNC_ALLOWED_HOSTS", _hosts, nothing)
    if hosts or debug:
        return hosts or LOCAL_HOSTS
    raise ConfigError("SHIFTSYNC_ALLOWED_HOSTS", "is required; list the host names to serve, separated by commas")


def _boolean(text: str) -> bool:
    match text.lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
    raise ValueError(f"is {text!r}; use 1 or 0")


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError(f"is {text!r}; use a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"is {text!r}; use one of {', '.join(words)}")
        return text.lower()

    return read


def _limit(values: Mapping[str, str], limit: Limit) -> int:
    return _optional(values, limit.variable, _between(limit.lowest, limit.highest), limit.default)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueError(f"is {text!r}; use a UUID") from None


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _hosts(text: str) -> tuple[str, ...]:
    for host in _list(text):
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]", host):
            raise ValueError(f"has {host!r}; use host names without scheme, port or path")
    return _list(text)


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part) for part in _list(text))
    except ValueError:
        raise ValueError(f"is {text!r}; use networks such as 192.168.1.0/24, separated by commas") from None


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_origin(part) for part in _list(text))


def _origin(text: str) -> str:
    if not re.fullmatch(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?", text):
        raise ValueError(f"has {text!r}; use origins such as https://shifts.example.com")
    origin = Origin.parse(text)
    if origin is None:
        raise ValueError(f"has {text!r}; use origins such as https://shifts.example.com")
    return str(origin)


def _collector(text: str) -> str:
    if not re.fullmatch(r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?", text):
        raise ValueError("use the address of an OpenTelemetry collector, such as http://127.0.0.1:4318")
    _port(_split(text))
    if find_spec("opentelemetry") is None:
        raise ValueError("needs what requirements/tracing.txt lists; install that first")
    return text


def _redis_url(text: str) -> str:
    """The messages never repeat the URL: it may hold a password.

    Held to what is documented, since redis-py takes what it does not understand for database 0.
    """
    parts = _split(text)
    _port(parts)
    if parts.query or parts.fragment:
        raise ValueError("takes no options after ? or #; percent-encode what the password holds of them")
    if parts.scheme == "unix":
        if parts.netloc or len(parts.path) < 2:
            raise ValueError("use unix:///path/of/the/socket")
    elif parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise ValueError("use redis://[:password@]host:port/number")
    elif not re.fullmatch(r"/?|/[0-9]{1,5}", parts.path):
        raise ValueError("after the host stands the number of a database, as in redis://host:6379/0")
    return text


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        raise ValueError("is not an address; a host between [ and ] must be an IPv6 address") from None


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError:
        raise ValueError("the port must be a number from 0 to 65535") from None


def _email(text: str) -> Email:
    """The messages never repeat the URL: it may hold a password."""
    parts = _split(text)
    options = dict(parse_qsl(parts.query))
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path not in ("", "/") or parts.fragment:
        raise ValueError("use smtp+starttls://user:password@host:587?from=shifts@example.com")
    if not re.fullmatch(r"[^@\s<>,;]+@[A-Za-z0-9.-]+", options.pop("from", "")) or options:
        raise ValueError("names the sender after ?, as in ?from=shifts@example.com, and nothing else")
    return Email(
        host=parts.hostname,
        port=int(_port(parts) or MAIL_PORTS[parts.scheme]),
        security=parts.scheme,
        sender=dict(parse_qsl(parts.query))["from"],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _database(text: str) -> Database:
    """The messages never repeat the URL: it may hold a password."""
    parts = _split(text)
    match parts.scheme:
        case "sqlite":
            return _sqlite(unquote(parts.path), bool(parts.netloc))
        case "postgresql" | "postgres":
            return _postgresql(text)
    raise ValueError("use postgresql://user:password@host:port/name or sqlite:///path")


def _app_database(text: str) -> Database:
    """What servers connect with; only ``migrate`` reads it, to make the role."""
    found = _database(text)
    if found.is_sqlite or not found.user:
        raise ValueError("use postgresql://user:password@host:port/name, as the servers' DATABASE_URL has it")
    return found


def _sqlite(path: str, has_host: bool) -> Database:
    """``sqlite:///name`` is a file in the project's directory, ``sqlite:////path`` an absolute one."""
    name = path.removeprefix("/")
    if has_host or not name:
        raise ValueError("use sqlite:///relative/path or sqlite:////absolute/path")
    if ":memory:" in name:
        raise ValueError("the database must be a file, since several processes share it")
    return Database("sqlite", str(ROOT / name))


def _postgresql(text: str) -> Database:
    parts = _split(text)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ValueError("names no database; use postgresql://user:password@host:port/name")
    return Database(
        engine="postgresql",
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=unquote(parts.hostname or ""),
        port=_port(parts),
        options=dict(parse_qsl(parts.query)),
    )

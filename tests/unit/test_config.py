"""The configuration: what is understood, and the one line that a wrong or missing variable gets."""

import os
import re
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from shiftsync.config import (
    DEVELOPMENT_SECRET,
    LOCAL_HOSTS,
    ROOT,
    Config,
    ConfigError,
    Database,
    ReadVariables,
    load,
    parse,
    parse_env_text,
)
from shiftsync.core.limits import LIMITS, Limit, Limits
from tests.support.waiting import PATIENCE_SECONDS

SECRET = "s" * 50
DEVELOPMENT = {"SHIFTSYNC_DEBUG": "1"}
PRODUCTION = {"SHIFTSYNC_SECRET_KEY": SECRET, "SHIFTSYNC_ALLOWED_HOSTS": "shifts.example.com"}


def refusal(values: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        parse(values)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"{caught.value.variable}: ")
    return text


def test_parse__development__has_defaults_for_everything() -> None:
    config = parse(DEVELOPMENT)

    assert config == Config(
        app_database=None,
        database=Database("sqlite", str(ROOT / "db.sqlite3")),
        redis_url=None,
        secret_key=DEVELOPMENT_SECRET,
        debug=True,
        allowed_hosts=LOCAL_HOSTS,
        allowed_origins=(),
        anonymous_restaurant=None,
        change_log_days=30,
        token_days=0,
        security_log_days=180,
        canary_seconds=30,
        history_years=0,
        proposal_days=90,
        webhook_days=5,
        webhook_networks=(),
        notice_days=90,
        email=None,
        sign_up="invitation",
        site_url=None,
        push_networks=(),
        log_level="info",
        log_format="text",
        traces_endpoint=None,
        metrics_port=0,
        limits=Limits(),
        port=8080,
        database_pool=16,
        secure_cookies=False,
        behind_proxy=False,
        vite_url=None,
    )


def test_parse__production__is_careful_by_default() -> None:
    config = parse(PRODUCTION)

    assert not config.debug
    assert config.secret_key == SECRET
    assert config.allowed_hosts == ("shifts.example.com",)
    assert config.secure_cookies
    assert not config.behind_proxy


def test_parse__every_variable_set__is_understood() -> None:
    restaurant = "e1661c71-b24f-4ee1-9e8b-7290a43c9575"
    config = parse(
        {
            "DATABASE_URL": "postgresql://me:p%40ss@db.example.com:5433/shifts?sslmode=require",
            "REDIS_URL": "redis://:pw@127.0.0.1:6379/2",
            "SHIFTSYNC_DEBUG": "Yes",
            "SHIFTSYNC_SECRET_KEY": "short is fine here",
            "SHIFTSYNC_ALLOWED_HOSTS": "a.example.com, .b.example.com,[::1],",
            "SHIFTSYNC_ALLOWED_ORIGINS": "https://A.example.com/, http://localhost:5173",
            "SHIFTSYNC_ANONYMOUS_RESTAURANT": restaurant,
            "SHIFTSYNC_CHANGE_LOG_DAYS": "7",
            "SHIFTSYNC_TOKEN_DAYS": "90",
            "SHIFTSYNC_DATABASE_POOL": "32",
            "SHIFTSYNC_SECURE_COOKIES": "on",
            "SHIFTSYNC_BEHIND_PROXY": "true",
            "SHIFTSYNC_VITE_URL": "http://127.0.0.1:5173",
            "PORT": "9000",
        }
    )

    assert config.database == Database(
        "postgresql", "shifts", "me", "p@ss", "db.example.com", "5433", {"sslmode": "require"}
    )
    assert config.redis_url == "redis://:pw@127.0.0.1:6379/2"
    assert config.secret_key == "short is fine here"
    assert config.allowed_hosts == ("a.example.com", ".b.example.com", "[::1]")
    assert config.allowed_origins == ("https://a.example.com", "http://localhost:5173")
    assert config.anonymous_restaurant == UUID(restaurant)
    assert (config.change_log_days, config.token_days, config.database_pool, config.port) == (7, 90, 32, 9000)
    assert (config.secure_cookies, config.behind_proxy) == (True, True)
    assert config.vite_url == "http://127.0.0.1:5173"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///data/x.sqlite3", str(ROOT / "data" / "x.sqlite3")),
        ("sqlite:////srv/x%20y.sqlite3", "/srv/x y.sqlite3"),
    ],
)
def test_parse__sqlite_url__is_a_path(url: str, name: str) -> None:
    database = parse(DEVELOPMENT | {"DATABASE_URL": url}).database

    assert database.is_sqlite
    assert database.name == name


def test_parse__postgresql_over_the_local_socket__needs_no_host() -> None:
    assert parse(DEVELOPMENT | {"DATABASE_URL": "postgres:///shifts"}).database == Database("postgresql", "shifts")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "mysql://root:hunter2@127.0.0.1/shifts"),
        ("DATABASE_URL", "postgresql://root:hunter2@127.0.0.1"),
        ("DATABASE_URL", "postgresql://root:hunter2@127.0.0.1:99999/shifts"),
        ("DATABASE_URL", "postgresql://root:hunter2@127.0.0.1/a/b"),
        ("DATABASE_URL", "postgresql://root:hunter2@[::1/shifts"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite://hunter2/x"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "hunter2"),
        ("REDIS_URL", "http://:hunter2@127.0.0.1"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:port/0"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:6379/first"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:6379/0/1"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:6379/-1"),
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:6379/0?database=2"),
        ("REDIS_URL", "redis://:hunter2@[::1:6379/0"),
        ("REDIS_URL", "redis:///hunter2"),
        ("REDIS_URL", "unix://hunter2"),
        ("REDIS_URL", "unix:///"),
        ("SHIFTSYNC_HISTORY_YEARS", "-1"),
        ("SHIFTSYNC_WEBHOOK_DAYS", "0"),
        ("SHIFTSYNC_NOTICE_DAYS", "0"),
        ("SHIFTSYNC_SITE_URL", "shifts.example.com"),
        ("SHIFTSYNC_SITE_URL", "https://shifts.example.com/plan"),
        ("SHIFTSYNC_EMAIL_URL", "mail.example.com"),
        ("SHIFTSYNC_EMAIL_URL", "smtp://mail.example.com"),
        ("SHIFTSYNC_EMAIL_URL", "smtp://mail.example.com?from=nobody"),
        ("SHIFTSYNC_EMAIL_URL", "smtp://mail.example.com?from=a@example.com&tls=1"),
        ("SHIFTSYNC_EMAIL_URL", "smtp://mail.example.com:mail?from=a@example.com"),
        ("SHIFTSYNC_WEBHOOK_NETWORKS", "10.0.0.1/8"),
        ("SHIFTSYNC_WEBHOOK_NETWORKS", "internal"),
        ("SHIFTSYNC_LOG_LEVEL", "loud"),
        ("SHIFTSYNC_LOG_FORMAT", "xml"),
    ],
)
def test_parse__wrong_url__is_refused_without_repeating_its_password(variable: str, value: str) -> None:
    text = refusal(DEVELOPMENT | {variable: value})

    assert text.startswith(f"{variable}: ")
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SHIFTSYNC_DEBUG", "maybe"),
        ("SHIFTSYNC_SECURE_COOKIES", "2"),
        ("SHIFTSYNC_BEHIND_PROXY", "nginx"),
        ("SHIFTSYNC_ALLOWED_HOSTS", "https://shifts.example.com"),
        ("SHIFTSYNC_ALLOWED_HOSTS", "shifts.example.com:8080"),
        ("SHIFTSYNC_ALLOWED_ORIGINS", "shifts.example.com"),
        ("SHIFTSYNC_ALLOWED_ORIGINS", "*"),
        ("SHIFTSYNC_ALLOWED_ORIGINS", "https://shifts.example.com/app"),
        ("SHIFTSYNC_ANONYMOUS_RESTAURANT", "kitchen"),
        ("SHIFTSYNC_CHANGE_LOG_DAYS", "0"),
        ("SHIFTSYNC_TOKEN_DAYS", "-1"),
        ("SHIFTSYNC_CHANGE_LOG_DAYS", "thirty"),
        ("SHIFTSYNC_CHANGE_LOG_DAYS", "1.5"),
        ("SHIFTSYNC_DATABASE_POOL", "1"),
        ("SHIFTSYNC_VITE_URL", "127.0.0.1:5173"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "٣"),
    ],
)
def test_parse__wrong_value__names_the_variable(variable: str, value: str) -> None:
    text = refusal(DEVELOPMENT | {variable: value})

    assert text.startswith(f"{variable}: ")
    assert repr(value) in text


@pytest.mark.parametrize("missing", PRODUCTION)
def test_parse__required_variable_missing_in_production__is_refused(missing: str) -> None:
    values = {name: value for name, value in PRODUCTION.items() if name != missing}

    assert refusal(values).startswith(f"{missing}: is required")
    assert refusal(values | {missing: "  "}).startswith(f"{missing}: is required")


@pytest.mark.parametrize("secret", [DEVELOPMENT_SECRET, "x" * 49])
def test_parse__weak_secret_in_production__is_refused_unseen(secret: str) -> None:
    text = refusal(PRODUCTION | {"SHIFTSYNC_SECRET_KEY": secret})

    assert text.startswith("SHIFTSYNC_SECRET_KEY: is too weak")
    assert secret not in text


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SHIFTSYNC_ANONYMOUS_RESTAURANT", "e1661c71-b24f-4ee1-9e8b-7290a43c9575"),
        ("SHIFTSYNC_VITE_URL", "http://127.0.0.1:5173"),
    ],
)
def test_parse__development_only_variable_in_production__is_refused(variable: str, value: str) -> None:
    assert "is for development only" in refusal(PRODUCTION | {variable: value})


def test_config__shown__hides_what_is_secret() -> None:
    config = parse(
        PRODUCTION
        | {"DATABASE_URL": "postgresql://me:hunter2@db/shifts", "REDIS_URL": "redis://:hunter2@127.0.0.1:6379"}
    )

    assert "hunter2" not in repr(config)
    assert SECRET not in repr(config)


def test_parse_env_text__comments_quotes_and_export__are_understood() -> None:
    text = """
    # a comment
    PLAIN=value
    export EXPORTED = spaced value
    QUOTED="with # and 'quotes'"  # a comment
    SINGLE='x y'
    COMMENTED=value # not this
    HASH=a#b
    EMPTY=
    DOLLAR=a$HOME
    """

    assert parse_env_text(text) == {
        "PLAIN": "value",
        "EXPORTED": "spaced value",
        "QUOTED": "with # and 'quotes'",
        "SINGLE": "x y",
        "COMMENTED": "value",
        "HASH": "a#b",
        "EMPTY": "",
        "DOLLAR": "a$HOME",
    }


def test_parse_env_text__line_that_is_no_assignment__is_named() -> None:
    with pytest.raises(ConfigError, match=r"^\.env line 2: is not NAME=value$"):
        parse_env_text("A=1\nnonsense\n")


def test_load__environment_and_file__environment_wins(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SHIFTSYNC_DEBUG=1\nPORT=9001\nSHIFTSYNC_CHANGE_LOG_DAYS=5\n")

    config = load({"PORT": "9002", "SHIFTSYNC_ENV_FILE": str(file)})

    assert (config.debug, config.port, config.change_log_days) == (True, 9002, 5)


def test_load__no_file__environment_alone_counts(tmp_path: Path) -> None:
    assert load(PRODUCTION, tmp_path / ".env").secret_key == SECRET


def test_load__file_that_was_named_and_is_not_there_or_unreadable__is_refused(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "nowhere", "does not exist"), (tmp_path, "cannot be read: Is a directory")):
        with pytest.raises(ConfigError) as refused:
            load({**PRODUCTION, "SHIFTSYNC_ENV_FILE": str(path)})
        assert str(path) in str(refused.value)
        assert problem in str(refused.value)
    (tmp_path / "latin").write_bytes(b"A=\xe9\n")
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load({**PRODUCTION, "SHIFTSYNC_ENV_FILE": str(tmp_path / "latin")})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SHIFTSYNC_DATABSE_POOL", "is SHIFTSYNC_DATABASE_POOL meant?"),
        ("shiftsync_debug", "is SHIFTSYNC_DEBUG meant?"),
        ("SHIFTSYNC_COLOUR_OF_THE_SKY", "remove it"),
    ],
)
def test_load__variable_of_ours_that_does_not_exist__is_refused_wherever_it_stands(
    tmp_path: Path, name: str, hint: str
) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{name}=1\n")
    for environ in ({**PRODUCTION, name: "1"}, {**PRODUCTION, "SHIFTSYNC_ENV_FILE": str(file)}):
        with pytest.raises(ConfigError) as refused:
            load(environ, None if "SHIFTSYNC_ENV_FILE" in environ else tmp_path / "none")
        assert str(refused.value) == f"{name}: is not known; {hint}"


@pytest.mark.parametrize("environ", [PRODUCTION, DEVELOPMENT])
def test_operations_page__every_variable_that_is_read__has_its_row(environ: dict[str, str], tmp_path: Path) -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    told = set(re.findall(r"^\| `(SHIFTSYNC_[A-Z_]+)` \|", page, re.MULTILINE))
    for name in told:
        (tmp_path / name).write_text(f"{name}=\n")
        if name not in environ and name != "SHIFTSYNC_ENV_FILE":
            load(environ, tmp_path / name)  # which refuses what is not read
    asked = ReadVariables(environ)
    parse(asked)
    assert {name for name in asked.asked if name.startswith("SHIFTSYNC_")} <= told


def test_env_example__copied__starts_a_development_server(tmp_path: Path) -> None:
    config = load({}, ROOT / ".env.example")

    assert config.debug
    assert config.port == 8080


@pytest.mark.parametrize("program", [("manage.py", "check"), ("-m", "uvicorn", "shiftsync.asgi:application")])
def test_start__variable_missing__one_line_and_no_traceback(program: tuple[str, ...]) -> None:
    environ = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    ended = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=environ | {"SHIFTSYNC_ENV_FILE": os.devnull},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.splitlines() == [
        "shiftsync: SHIFTSYNC_SECRET_KEY: is required; set a long random text (or SHIFTSYNC_DEBUG=1 for development)"
    ]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.variable)
def test_limit__set__counts_and_has_bounds(limit: Limit) -> None:
    assert getattr(parse(DEVELOPMENT).limits, limit.name) == limit.default
    assert getattr(parse({**DEVELOPMENT, limit.variable: str(limit.highest)}).limits, limit.name) == limit.highest
    for wrong in (str(limit.lowest - 1), str(limit.highest + 1), "many", "1.5"):
        assert refusal({**DEVELOPMENT, limit.variable: wrong}).startswith(f"{limit.variable}: is {wrong!r}")


def test_operations_page__limits__are_told_with_their_defaults() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    for limit in LIMITS:
        assert re.search(rf"^\| `{limit.variable}` \|.*\| `{limit.default}` \|$", page, re.MULTILINE), limit.variable

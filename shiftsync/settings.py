"""Django's settings. What an installation may choose is in ``shiftsync.config``; the rest stands here."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from shiftsync.config import ROOT, Config, ConfigError, Database, load
from shiftsync.core.withheld import load_layer, load_redis


def _configured() -> Config:
    """The configuration, or one clear line and the end."""
    try:
        return load()
    except ConfigError as error:
        sys.exit(f"shiftsync: {error}")


def _sqlite(database: Database) -> dict[str, Any]:
    """WAL lets readers go on while one writes; FULL keeps an acknowledged commit through a power cut.

    A writer takes its lock when it begins (IMMEDIATE): two that read first would fail as they turn to writing.
    Connections stay open, since each thread of the pools keeps its own.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": database.name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


POSTGRESQL_PARAMETERS = {
    # Only the statements of shiftsync.core.sql are prepared: Django binds its own on this side, and such never are. Planned
    # anew each time, since a plan made while a table was small stays as slow as that table has become large.
    "plan_cache_mode": "force_custom_plan",
    # Nobody waits longer than 5 s: for a lock that is held, and for a process that stands still while it holds one.
    "lock_timeout": "4s",
    "idle_in_transaction_session_timeout": "3s",
    # The same for a machine that has gone without a word: PostgreSQL finds out, and gives its locks back.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}


PROCESSES = {"work": "worker", "runserver": "server"}


def _application(arguments: Sequence[str]) -> str:
    """How PostgreSQL lists the connections of a process that was started so (pg_stat_activity): what it is, or which command."""
    program, *rest = arguments
    if Path(program).name == "manage.py" and rest:
        return f"shiftsync-{PROCESSES.get(rest[0], rest[0])}"[:63]
    return "shiftsync-server" if "uvicorn" in program or "daphne" in program else "shiftsync"


KEEPALIVE = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}


def _postgresql(database: Database, pool_size: int) -> dict[str, Any]:
    """The connections live in a pool of the process; a request borrows one and gives it back."""
    return {
        "ENGINE": "shiftsync.core.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": database.port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        # What such a cursor reads outlives its transaction, and with it the setting that row-level security goes by.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "prepare_threshold": 5,
            "application_name": _application(sys.argv),
            "options": " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_PARAMETERS.items()),
            **KEEPALIVE,
            **database.options,
            # After a failure the pool doubles its pause up to this; whoever asks after it has given up makes it try at once. Its
            # own 300 s kept servers away for as long again as PostgreSQL had been.
            "pool": {"min_size": 1, "max_size": pool_size, "timeout": 5, "reconnect_timeout": 2},
        },
    }


def _channel_layer(redis_url: str | None) -> dict[str, Any]:
    """Redis carries hints between processes; the in-memory layer serves one process (``shiftsync.W001`` says so).

    The timeouts keep a Redis that has gone away from holding anybody for long.
    """
    if redis_url is None:
        return {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    host = {
        "address": redis_url,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
        "max_connections": 50,
    }
    return {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [host]}}


CONFIG = _configured()
BASE_DIR = ROOT
FRONTEND_DIST = ROOT / "frontend" / "dist"
FRONTEND_MANIFEST = FRONTEND_DIST / ".vite" / "manifest.json"
SERVICE_WORKER = FRONTEND_DIST / "service-worker.js"

DEBUG = CONFIG.debug
SECRET_KEY = CONFIG.secret_key
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)

# --- what it is made of ---

# daphne's runserver serves sockets as well, and must come first to replace Django's. It brings twisted with it, 28 MB that no other process
# has a use for: servers are uvicorn's, and daphne's own command loads no app.
RUNSERVER = ["daphne"] if sys.argv[1:2] == ["runserver"] else []

INSTALLED_APPS = [
    *RUNSERVER,
    "shiftsync.core.apps.ManagersAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "channels",
    "django_tasks",
    "django_tasks_db",
    "django_vite",
    "shiftsync.core",
    "shiftsync.tenants",
    "shiftsync.realtime",
    "shiftsync.webhooks",
    "shiftsync.notices",
    "staff",
    "settings_app",
    "backups",
    "schedules",
    "simple_history",  # last: two of its commands would delete the audit, and are withdrawn by ours of the same name
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "shiftsync.csp.ContentSecurityPolicyMiddleware",
    "shiftsync.entrance.EntranceMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shiftsync.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shiftsync.tenants.middleware.SeenMiddleware",
    "shiftsync.tenants.middleware.FenceMiddleware",
    "shiftsync.one_thread.one_thread",  # stays the last
]

ROOT_URLCONF = "shiftsync.urls"
ASGI_APPLICATION = "shiftsync.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shiftsync.csp.nonce",
            ]
        },
    }
]

# --- data ---

DATABASES = {
    "default": _sqlite(CONFIG.database)
    if CONFIG.database.is_sqlite
    else _postgresql(CONFIG.database, CONFIG.database_pool)
}
CHANNEL_LAYERS = {"default": _channel_layer(CONFIG.redis_url)}
# Here, since the log below loads it already.
load_redis()
load_layer(CHANNEL_LAYERS["default"]["BACKEND"])
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SIMPLE_HISTORY_DATE_INDEX = "composite"

# --- language and time ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- who may come in ---

AUTH_USER_MODEL = "tenants.User"
AUTHENTICATION_BACKENDS = ["shiftsync.tenants.backends.GuardedBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "shiftsync.tenants.hashing.AsideHasher",
    *(
        f"django.contrib.auth.hashers.{name}"
        for name in ("PBKDF2SHA1PasswordHasher", "BCryptSHA256PasswordHasher", "ScryptPasswordHasher")
    ),
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.secure_cookies
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.behind_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = list(CONFIG.allowed_origins)
CORS_ALLOWED_ORIGINS = list(CONFIG.allowed_origins)
CORS_ALLOW_CREDENTIALS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-client-id",
    "x-csrftoken",
    "x-request-id",
    "x-user-id",
]
CORS_EXPOSE_HEADERS = [
    "date",
    "etag",
    "location",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "retry-after",
    "x-request-id",
    "x-version",
]

# HSTS and the redirect to https belong to the proxy that holds the certificate.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
if not FRONTEND_MANIFEST.exists():
    SILENCED_SYSTEM_CHECKS.append("django_vite.W001")  # no front end was built: the admin is what there is

# --- REST ---

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "shiftsync.tenants.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["shiftsync.tenants.throttles.UserThrottle"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "shiftsync.core.openapi.WireSchema",
    "EXCEPTION_HANDLER": "shiftsync.core.api.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
API_AREAS = {
    "availability": "When the staff can work, week after week.",
    "backup-assignments": "Who stands in for whose group.",
    "calendar": "Periods, special days and shift types as a whole, and what is special about a day.",
    "changes": "The log of all changes, to be followed.",
    "closing-rules": "Closings that repeat.",
    "config-versions": "Versions of the settings.",
    "daily-limits": "How many may or must do what on a day.",
    "invitations": "What you are invited to.",
    "jobs": "What the generator is asked to do.",
    "me": "Who you are.",
    "memberships": "Who may do what in the restaurant.",
    "ml-model-configs": "How the generator is set.",
    "monthly-limits": "How much anybody may or must do in a month.",
    "periods": "The stretches of days that are planned as one.",
    "priority-rules": "What the generator prefers.",
    "restaurants": "The restaurant itself, and how it plans.",
    "schedules": "The grid of a period: cells, publishing, files, numbers.",
    "security-log": "Who came in, and what became of access.",
    "invitation-links": "Invitations by an address that is passed on.",
    "settings": "All settings at once.",
    "settings-changes": "The audit trail of the settings.",
    "shift-types": "The symbols that may stand in a cell.",
    "skills": "Who can do what, and how well.",
    "staff": "The people who are planned.",
    "staff-groups": "People who are planned together.",
    "staffing-needs": "How many of a shift are needed on which days.",
    "swaps": "One swap of shifts between two of the staff.",
    "tickets": "Credentials for one connection of a socket.",
    "tokens": "Lasting credentials for programs.",
    "wishes": "One wish of somebody for a day.",
    "webhooks": "Addresses of other programs that are told of changes.",
    "weekly-limits": "How much anybody may or must do in a week.",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ShiftSync",
    "DESCRIPTION": "A restaurant's staff and shift schedule, edited by several people at once.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "CAMELIZE_NAMES": True,
    "ENUM_NAME_OVERRIDES": {
        "DayKind": "schedules.models.DayKind.choices",
        "ShiftKind": "schedules.models.ShiftKind.choices",
        "JobKind": "schedules.models.JobKind.choices",
        "JobStatus": "schedules.models.JobStatus.choices",
        "WebhookState": "shiftsync.webhooks.models.WebhookState.choices",
        "DeliveryState": "shiftsync.webhooks.models.DeliveryState.choices",
        "SwapPolicy": "shiftsync.tenants.models.SwapPolicy.choices",
        "SwapState": "schedules.models.SwapState.choices",
        "SwapEnd": "schedules.models.SwapEnd.choices",
        "Language": "shiftsync.notices.selectors.LANGUAGES",
        "WishKind": "schedules.models.WishKind.choices",
        "WishState": "schedules.models.WishState.choices",
        "ScheduleState": "schedules.models.ScheduleState.choices",
        "ConflictStrategy": "shiftsync.tenants.models.ConflictStrategy.choices",
        "ErrorCode": "shiftsync.core.errors.REST_CODES",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,  # what a PATCH may leave out is said by its own shape
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "DEFAULT_GENERATOR_CLASS": "shiftsync.core.openapi.OneAtATime",
    "PREPROCESSING_HOOKS": ["shiftsync.core.openapi.all_said"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "shiftsync.core.openapi.plain_shapes",
        "shiftsync.core.openapi.common_components",
    ],
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "SERVERS": [{"url": "/", "description": "The server that this document comes from."}],
    "TAGS": [{"name": name, "description": text} for name, text in API_AREAS.items()],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
WEBHOOK_TIMEOUT_SECONDS = 15.0
NOTICE_TIMEOUT_SECONDS = 15.0

# --- mail: where there is no server for it, nothing is sent, and nothing tries ---

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if CONFIG.email else "django.core.mail.backends.dummy.EmailBackend"
)
if CONFIG.email is not None:
    EMAIL_HOST, EMAIL_PORT = CONFIG.email.host, CONFIG.email.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = CONFIG.email.user, CONFIG.email.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = CONFIG.email.security == "smtp+starttls", CONFIG.email.security == "smtps"
    EMAIL_TIMEOUT = NOTICE_TIMEOUT_SECONDS
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG.email.sender

# --- files ---

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS: list[tuple[str, Path]] = [("frontend", FRONTEND_DIST)] if FRONTEND_DIST.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Vite hashes its own names; hashing them again would load a module twice, under two names.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}
# In development files are looked up where they lie, so that nothing need be collected.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
_vite = urlsplit(CONFIG.vite_url or "http://localhost:5173")
DJANGO_VITE = {
    "default": {
        "dev_mode": CONFIG.vite_url is not None,
        "dev_server_protocol": _vite.scheme,
        "dev_server_host": _vite.hostname,
        "dev_server_port": _vite.port or 5173,
        "static_url_prefix": "frontend",
        "manifest_path": FRONTEND_MANIFEST,
    }
}

# --- ours ---

ANONYMOUS_RESTAURANT = CONFIG.anonymous_restaurant
ALLOWED_ORIGINS = CONFIG.allowed_origins
CHANGE_LOG_DAYS = CONFIG.change_log_days
# How often a client says that it is there; one that was silent twice as long is taken to be gone.
HEARTBEAT_SECONDS = 30

LEVEL = CONFIG.log_level.upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "outages": {"()": "shiftsync.core.outages.OutageFilter"},
        "refusals": {"()": "shiftsync.core.log_lines.RefusalFilter"},
    },
    "formatters": {
        "text": {
            "()": "shiftsync.core.log_lines.PlainFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "shiftsync.core.log_lines.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": CONFIG.log_format,
            "filters": ["outages", "refusals"],
        },
    },
    "root": {"handlers": ["console"], "level": LEVEL if CONFIG.log_level in ("debug", "error") else "WARNING"},
    "loggers": {
        **{
            name: {"level": LEVEL}
            for name in ("shiftsync", "staff", "settings_app", "backups", "schedules", "django_tasks")
        },
        "django": {"handlers": [], "level": LEVEL, "propagate": True},
        # What is no statement of ours says nothing at this level but every statement of Django's.
        "django.db.backends": {"level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # It has set itself up by the time it loads us; from here on its lines look like the others.
        "uvicorn": {"handlers": [], "level": "WARNING", "propagate": True},
        # A command says by itself, in a line, that the database is away; processes that go on listen (shiftsync.core.outages).
        "psycopg.pool": {"level": "CRITICAL"},
    },
}

"""Row-level security of PostgreSQL, made from the models: every table that carries a restaurant shows, and takes, rows of those that
the transaction names (:mod:`shiftsync.core.fence`), and no others.

``migrate`` puts it up, so a new table cannot be without. Foreign keys are checked past it, so one between such tables takes the
restaurant along.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Model
from psycopg import sql

from shiftsync.core.fence import ALL, SETTING
from shiftsync.tenants.models import Restaurant

POLICY_OF_ANY_WORDING = "shiftsync_fence_"
POLICY = f"{POLICY_OF_ANY_WORDING}2"
"""The policy's name. It ends with the number of its wording: a new wording needs a new number."""
MADE_JUST_NOW = ("42710", "23505")
"""What PostgreSQL says to the second of two who make the same role at the same time."""
READ_ONLY = ("django_migrations",)
"""Tables that the servers' role only reads."""


@dataclass(frozen=True, slots=True)
class FencedTable:
    """A table with a policy, and the column that says whose a row is. ``keys``: its foreign keys to other such tables, by column."""

    name: str
    column: str
    keys: tuple[tuple[str, str], ...]


def fenced_tables() -> list[FencedTable]:
    """Every table that carries a restaurant, those of history too, and that of the restaurants themselves."""
    columns: dict[Any, str] = dict(_carriers())
    return [
        FencedTable(
            model._meta.db_table,
            column,
            tuple(
                (field.column, field.related_model._meta.db_table)
                for field in cast(Iterable[Any], model._meta.concrete_fields)
                if field.is_relation and field.db_constraint and columns.get(field.related_model) == "restaurant_id"
            ),
        )
        for model, column in columns.items()
    ]


def _carriers() -> Iterator[tuple[type[Model], str]]:
    about_restaurants = (Restaurant, Restaurant.history.model)
    fields: Iterable[Any]
    for model in apps.get_models(include_auto_created=True):
        if model in about_restaurants:
            yield model, "id"
            continue
        fields = model._meta.concrete_fields
        for field in fields:
            if field.is_relation and field.related_model is Restaurant:
                yield model, str(field.column)
                break


def raise_fence(*, is_new: bool) -> bool:
    """Puts up what is not there yet, and says whether it binds the owner as well. Changes nothing on SQLite, nor where everything
    stands already. ``is_new``: no server runs on it."""
    if connection.vendor != "postgresql":
        return True
    tables = fenced_tables()
    with connection.cursor() as cursor:
        is_forced = is_new or _binds_nobody_unaware(cursor)
        if keys := list(_keys(cursor, tables)):
            cursor.execute(";\n".join(keys))
        # Each for itself, since servers are at work: who kept one table after the other until the end could wait for one of them in a circle.
        for statements in _policies(cursor, tables, is_forced=is_forced):
            cursor.execute(";\n".join(statements))
    return is_forced


def _binds_nobody_unaware(cursor: Any) -> bool:
    """Whether servers that run now, as the owner, go on to see their rows: it passes the policies, they know of them already, or
    none is there: each holds a connection, even when it has nothing to do.

    Otherwise the owner is left out until the next time, when no server of before is left.
    """
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls"
        " OR EXISTS (SELECT FROM pg_policies WHERE starts_with(policyname, %s) AND schemaname = current_schema())"
        " OR NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
        # Whoever migrates may have several, for its pool.
        " AND application_name <> current_setting('application_name')) FROM pg_roles WHERE rolname = current_user",
        [POLICY_OF_ANY_WORDING],
    )
    (answer,) = cursor.fetchone()
    return bool(answer)


def _policies(cursor: Any, tables: Iterable[FencedTable], *, is_forced: bool) -> list[list[str]]:
    """What is to be done to each table that is not as it should be. All at once where no table has a policy: a fence that stood in part
    would count as one that servers know of."""
    cursor.execute(
        "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, array_remove(array_agg(p.polname::text), NULL)"
        " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' GROUP BY c.oid"
    )
    found = {name: (state, set(policies)) for name, *state, policies in cursor.fetchall()}
    wanted = [_of_table(table, *found[table.name], is_forced=is_forced) for table in tables if table.name in found]
    if not any(policies for _, policies in found.values()):
        wanted = [[each for statements in wanted for each in statements]]
    return [statements for statements in wanted if statements]


def _of_table(table: FencedTable, state: Sequence[bool], policies: set[str], *, is_forced: bool) -> list[str]:
    has_security, has_force = state
    name = f'"{table.name}"'
    old = [each for each in sorted(policies - {POLICY}) if each.startswith(POLICY_OF_ANY_WORDING)]
    statements = [f'DROP POLICY "{each}" ON {name}' for each in old]
    if POLICY not in policies:
        statements.append(f'CREATE POLICY "{POLICY}" ON {name} USING ({_condition(table.column)})')
    if not has_security:
        statements.append(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
    if is_forced and not has_force:
        statements.append(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    return statements


def _condition(column: str) -> str:
    """Compares with an array that is read once for each statement, which is 5 to 15 times as fast as a function for each row. Only a row that
    is in none of those restaurants asks whether the work is about all, so that no statement sets up a second sub-select."""
    setting = f"current_setting('{SETTING}', true)"
    named = f"NULLIF(NULLIF({setting}, ''), '{ALL}')::uuid[]"
    return f"\"{column}\" = ANY ((SELECT {named})::uuid[]) OR {setting} = '{ALL}'"  # names of our own


def _keys(cursor: Any, tables: Iterable[FencedTable]) -> Iterator[str]:
    """Foreign keys that include the restaurant, replacing those that Django made."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, contype, (SELECT array_agg(attname::text ORDER BY place) FROM"
        " unnest(conkey) WITH ORDINALITY AS k(number, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = number)"
        " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'u')"
    )
    found = {(table.strip('"'), kind, tuple(columns)): name for table, name, kind, columns in cursor.fetchall()}
    own = ("restaurant_id", "id")
    wanted = [(table.name, column, other) for table in tables for column, other in table.keys]
    for other in sorted({other for _, _, other in wanted}):
        if (other, "u", own) not in found:
            yield f'ALTER TABLE "{other}" ADD CONSTRAINT "{other}_of_restaurant" UNIQUE (restaurant_id, id)'
    for name, column, other in wanted:
        if (name, "f", ("restaurant_id", column)) not in found:
            yield (
                f'ALTER TABLE "{name}" ADD CONSTRAINT "{name}_{column}_of_restaurant" FOREIGN KEY (restaurant_id, "{column}")'
                f' REFERENCES "{other}" (restaurant_id, id) DEFERRABLE INITIALLY DEFERRED'
            )
        if (simple := found.get((name, "f", (column,)))) is not None:
            yield f'ALTER TABLE "{name}" DROP CONSTRAINT "{simple}"'


class UnfitRole(Exception):
    """The servers' role is missing and cannot be made, or is one that no policy binds. The text is one line for the operator."""


def let_in(user: str, password: str) -> None:
    """Grants the role with which servers connect what they need: rows, not tables. Creates the role if it is missing; sets its password.

    Raises :class:`UnfitRole`.
    """
    role = sql.Identifier(user)
    with connection.cursor() as cursor:
        try:
            _make(cursor, user, password)
            _require_bound(cursor, user)
            cursor.execute(
                sql.SQL(
                    "GRANT USAGE ON SCHEMA {schema} TO {role};"
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};"
                    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};"
                    "REVOKE INSERT, UPDATE, DELETE ON {read_only} FROM {role}"
                ).format(
                    schema=sql.Identifier(_schema(cursor)),
                    role=role,
                    read_only=sql.SQL(", ").join(map(sql.Identifier, READ_ONLY)),
                )
            )
        except DatabaseError as error:
            lines = str(error).splitlines() or [type(error).__name__]
            raise UnfitRole(f"{user}: {lines[0]}") from error


def _schema(cursor: Any) -> str:
    cursor.execute("SELECT current_schema()")
    (name,) = cursor.fetchone()
    return str(name)


def _make(cursor: Any, user: str, password: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [user])
    is_there = cursor.fetchone() is not None
    if is_there and not password:
        return
    statement = sql.SQL("{} ROLE {} LOGIN").format(sql.SQL("ALTER" if is_there else "CREATE"), sql.Identifier(user))
    if password:
        # Hashed as PostgreSQL stores it: the password itself must not appear in the database's log.
        encrypted = connection.connection.pgconn.encrypt_password(password.encode(), user.encode())
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(encrypted.decode()))
    try:
        cursor.execute(statement)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) not in MADE_JUST_NOW:
            raise


def _require_bound(cursor: Any, name: str) -> None:
    cursor.execute("SELECT rolsuper OR rolbypassrls, rolname = current_user FROM pg_roles WHERE rolname = %s", [name])
    passes, is_owner = cursor.fetchone()
    if passes:
        raise UnfitRole(f"{name} is a superuser or has BYPASSRLS, so no policy binds it; name another role.")
    if is_owner:
        raise UnfitRole(f"{name} owns the tables; name another role for the servers.")

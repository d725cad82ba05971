"""The second fence: PostgreSQL itself keeps restaurants apart, whatever a query forgets. Read as the role that servers have."""

import json
from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg import sql

from schedules.models import Shift
from shiftsync.core.fence import ALL, SETTING, everywhere, nowhere, scope_of, within
from shiftsync.core.queries import CompiledQuery, Parameter, fetch_together
from shiftsync.core.reading import snapshot_read
from shiftsync.realtime.models import Change
from shiftsync.tenants.fencing import POLICY, fenced_tables
from staff.models import StaffMember
from tests.conftest import address_of
from tests.support.roles import APP_ROLE
from tests.support.world import World, make_world

pytestmark = pytest.mark.services

OF_NO_RESTAURANT = {
    "auth_group": "Django's; none is used",
    "auth_group_permissions": "Django's; none is used",
    "auth_permission": "Django's list of what there is",
    "django_admin_log": "the operator's account of what was done in the admin",
    "django_content_type": "Django's list of models",
    "django_migrations": "which migrations there are",
    "django_session": "somebody may sign in who belongs to no restaurant",
    "django_tasks_database_dbtaskresult": "ids of jobs, for any worker",
    "notices_letter": "of an account, which may belong to several restaurants, or to none",
    "notices_pushkey": "one row, by which push services know the installation",
    "realtime_installation": "one row",
    "realtime_canaryedit": "of server processes",
    "tenants_addresschange": "as tenants_user",
    "tenants_answeredpost": "of whoever asked, for some answers before any restaurant is known",
    "tenants_browsersession": "a sign-in is for all restaurants of its user",
    "tenants_secondfactor": "a sign-in is for all restaurants of its user",
    "tenants_signinattempt": "guesses are counted by account and address",
    "tenants_user": "somebody may belong to several restaurants, or to none",
    "tenants_user_groups": "as tenants_user",
    "tenants_user_user_permissions": "as tenants_user",
}
FENCED = [(table.name, table.column) for table in fenced_tables()]
SAMPLES = {
    "uuid": "gen_random_uuid()",
    "character varying": "md5(random()::text)",
    "text": "md5(random()::text)",
    "boolean": "true",
    "smallint": "(random() * 30)::int",
    "integer": "(random() * 30)::int",
    "bigint": "(random() * 1e9)::bigint",
    "numeric": "1",
    "double precision": "1",
    "jsonb": "'{}'",
    "date": "current_date",
    "timestamp with time zone": "now()",
    "time without time zone": "'09:00'",
}
Cursor = psycopg.Cursor[Any]


@pytest.fixture
def cursor(db_with_commits: None) -> Iterator[Cursor]:
    """A transaction of the owner, in which each restaurant has a row in every fenced table; nothing of it is kept."""
    with psycopg.connect(address_of(connection.settings_dict)) as owner:
        made = owner.cursor()
        made.execute("SET session_replication_role = replica")  # rows, without what they point to
        yield made
        owner.rollback()


A, B = uuid4(), uuid4()


def _raw(text: str) -> sql.SQL:
    """Text of our own as SQL."""
    return sql.SQL(cast(Any, text))


def fill(cursor: Cursor, table: str, column: str, restaurant: UUID) -> None:
    """Adds a row of the restaurant that has some value wherever one is needed."""
    cursor.execute(
        "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO'"
        " AND column_default IS NULL AND is_identity = 'NO' AND column_name <> %s",
        (table, column),
    )
    values = {
        name: f"left({SAMPLES[kind]}, {most})" if most else SAMPLES[kind] for name, kind, most in cursor.fetchall()
    }
    if "end_date" in values:
        values["end_date"] = "current_date + 9"
    if "kind" in values and table.endswith("closingrule"):
        values["kind"] = "'weekly'"
    names = sql.SQL(", ").join(map(sql.Identifier, [column, *values]))
    given = sql.SQL(", ").join(_raw(value) for value in values.values())
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {}{}{}").format(
            sql.Identifier(table), names, sql.Literal(restaurant), sql.SQL(", ") if values else sql.SQL(""), given
        )
    )


def as_servers(cursor: Cursor, scope: str | None) -> None:
    """From here on the transaction has the servers' role and is about ``scope``."""
    cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(APP_ROLE)))
    if scope is not None:
        cursor.execute("SELECT set_config(%s, %s, true)", (SETTING, scope))


def owners_in(cursor: Cursor, table: str, column: str) -> set[UUID]:
    """Whose rows of the table are seen."""
    cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), sql.Identifier(table)))
    return {restaurant for (restaurant,) in cursor.fetchall()}


def refuse(cursor: Cursor, statement: sql.Composed) -> None:
    """PostgreSQL says that the policy forbids it; the transaction goes on as if it had not been tried."""
    cursor.execute("SAVEPOINT trial")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        cursor.execute(statement)
    cursor.execute("ROLLBACK TO SAVEPOINT trial")


def test_catalogue__every_table__is_fenced_or_known_to_be_of_no_restaurant(cursor: Cursor) -> None:
    cursor.execute(
        "SELECT relname, relrowsecurity AND relforcerowsecurity, (SELECT array_agg(polname::text) FROM pg_policy WHERE polrelid = c.oid)"
        " FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    )
    found = {name: (is_forced, policies) for name, is_forced, policies in cursor.fetchall()}
    assert {name for name, (is_forced, _) in found.items() if not is_forced} == OF_NO_RESTAURANT.keys()
    fenced = {name: policies for name, (is_forced, policies) in found.items() if is_forced}
    assert fenced == {table: [POLICY] for table, _ in FENCED}
    cursor.execute("SELECT table_name FROM information_schema.columns WHERE column_name = 'restaurant_id'")
    assert {name for (name,) in cursor.fetchall()} <= fenced.keys()


def test_catalogue__a_foreign_key_between_fenced_tables__takes_the_restaurant_along(cursor: Cursor) -> None:
    cursor.execute(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, (SELECT array_agg(attname::text) FROM pg_attribute WHERE"
        " attrelid = conrelid AND attnum = ANY(conkey)) FROM pg_constraint WHERE contype = 'f'"
    )
    rows = cursor.fetchall()
    fenced = dict(FENCED)
    between = [(table, columns) for table, other, columns in rows if other in fenced and other != "tenants_restaurant"]
    assert len(between) >= 15
    assert [table for table, columns in between if "restaurant_id" not in columns or len(columns) != 2] == []


def test_servers_role__is_no_owner_and_may_not_pass(cursor: Cursor) -> None:
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s", [APP_ROLE]
    )
    assert cursor.fetchall() == [(False,)]
    as_servers(cursor, ALL)
    for statement in (
        sql.SQL("TRUNCATE staff_staffmember CASCADE"),
        sql.SQL("ALTER TABLE staff_staffmember DISABLE ROW LEVEL SECURITY"),
        sql.SQL("DROP POLICY {} ON staff_staffmember").format(sql.Identifier(POLICY)),
        sql.SQL("DELETE FROM django_migrations"),
        sql.SQL("CREATE TABLE mine (id int)"),
    ):
        cursor.execute("SAVEPOINT trial")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            cursor.execute(statement)
        cursor.execute("ROLLBACK TO SAVEPOINT trial")


def test_every_fenced_table__as_the_servers_role__shows_and_takes_what_the_setting_says(cursor: Cursor) -> None:
    for table, column in FENCED:
        for restaurant in (A, B):
            fill(cursor, table, column, restaurant)
    as_servers(cursor, None)
    assert {table for table, column in FENCED if owners_in(cursor, table, column)} == set(), "without the setting"
    as_servers(cursor, "")
    assert {table for table, column in FENCED if owners_in(cursor, table, column)} == set(), "with a blank one"
    as_servers(cursor, scope_of(A))
    assert {table: owners_in(cursor, table, column) for table, column in FENCED} == {table: {A} for table, _ in FENCED}
    as_servers(cursor, scope_of(A, B))
    assert {table for table, column in FENCED if owners_in(cursor, table, column) != {A, B}} == set()
    as_servers(cursor, ALL)
    assert {table for table, column in FENCED if not owners_in(cursor, table, column) >= {A, B}} == set()


def test_every_fenced_table__a_write_across__is_refused_or_reaches_nothing(cursor: Cursor) -> None:
    for table, column in FENCED:
        for restaurant in (A, B):
            fill(cursor, table, column, restaurant)
    as_servers(cursor, scope_of(A))
    for table, column in FENCED:
        names = {
            "table": sql.Identifier(table),
            "column": sql.Identifier(column),
            "a": sql.Literal(A),
            "b": sql.Literal(B),
        }
        refuse(cursor, sql.SQL("UPDATE {table} SET {column} = {b} WHERE {column} = {a}").format(**names))
        for statement in (
            "UPDATE {table} SET {column} = {a} WHERE {column} = {b}",
            "DELETE FROM {table} WHERE {column} = {b}",
        ):
            cursor.execute(_raw(statement).format(**names))
            assert cursor.rowcount == 0, table
    as_servers(cursor, scope_of(B))
    for table, column in FENCED:
        cursor.execute("SAVEPOINT trial")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            fill(cursor, table, column, A)
        cursor.execute("ROLLBACK TO SAVEPOINT trial")


@pytest.fixture
def other(world: World) -> World:
    """Another restaurant."""
    return make_world("Bakery", ("秘密", "内緒"))


def seen() -> set[UUID]:
    """Whose staff a query sees that forgets to ask whose."""
    return set(StaffMember.objects.values_list("restaurant_id", flat=True))


def test_a_query_that_forgets_its_restaurant__sees_what_the_work_is_about(world: World, other: World) -> None:
    with nowhere():
        assert seen() == set()
    with within(world.id):
        assert seen() == {world.id}
        with within(other.id):
            assert seen() == {other.id}
        with everywhere():
            assert seen() == {world.id, other.id}
        assert seen() == {world.id}
        assert StaffMember.objects.filter(restaurant_id=other.id).update(name="ours") == 0
        assert {row.restaurant_id for row in StaffMember.objects.iterator()} == {world.id}


def test_the_setting__in_a_transaction__follows_the_work_through_savepoints(world: World, other: World) -> None:
    with within(world.id), transaction.atomic():
        assert seen() == {world.id}
        with within(other.id), transaction.atomic():
            assert seen() == {other.id}
        assert seen() == {world.id}
        with transaction.atomic():
            with within(other.id):
                assert seen() == {other.id}
            transaction.set_rollback(True)
        assert seen() == {world.id}
        with within(other.id):
            assert seen() == {other.id}
    with nowhere(), transaction.atomic():
        assert seen() == set()


QUESTION = CompiledQuery(
    lambda: StaffMember.objects.filter(name__among=Parameter("names")).values_list("restaurant_id", "name")
)


@pytest.mark.parametrize("is_in_transaction", [True, False])
def test_the_setting__with_statements_that_share_a_round_trip__is_there_for_each(
    world: World, other: World, is_in_transaction: bool
) -> None:
    def asked() -> list[set[UUID]]:
        question = QUESTION(names=["田中", "秘密"])
        return [{row[0] for row in rows} for rows in fetch_together(question, question)]

    def in_transaction() -> list[set[UUID]]:
        with transaction.atomic():
            return asked()

    ask = in_transaction if is_in_transaction else asked
    with within(world.id):
        assert ask() == [{world.id}] * 2
    with within(other.id):
        assert ask() == [{other.id}] * 2
    with nowhere():
        assert ask() == [set()] * 2


def test_the_setting__does_not_stay_on_the_connection(world: World, other: World) -> None:
    with within(world.id), snapshot_read():
        assert seen() == {world.id}
    with within(world.id):
        assert seen() == {world.id}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_setting('{SETTING}', true)")
        assert (cursor.fetchone() or [None])[0] in ("", None)


def test_a_write_across__raises_and_is_no_conflict(world: World, other: World) -> None:
    with within(world.id), pytest.raises(ProgrammingError) as refusal:
        StaffMember.objects.create(restaurant_id=other.id, name="ours")
    assert getattr(refusal.value.__cause__, "sqlstate", "") == "42501"


def test_a_row_that_points_to_another_restaurant__is_refused_by_its_key(world: World, other: World) -> None:
    with within(world.id), pytest.raises(IntegrityError, match="of_restaurant"), transaction.atomic():
        Shift.objects.create(
            restaurant_id=world.id, schedule_id=world.schedule_id, staff_id=other.staff_ids[0], date="2025-08-01"
        )


def test_reading_the_log__as_the_servers_role__still_goes_by_its_index(world: World) -> None:
    with within(world.id), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        query, parameters = (
            Change.objects.filter(restaurant_id=world.id, version__gt=3).order_by("version").query.sql_with_params()
        )
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}", parameters)
        ((plan,),) = cursor.fetchall()
    text = plan if isinstance(plan, str) else json.dumps(plan)
    assert "change_once_per_version" in text
    assert "version > " in text.split('"Index Cond": "')[1].split('"')[0]


def test_servers_of_the_tests__have_the_role_that_the_fence_binds() -> None:
    assert settings.CONFIG.app_database is not None
    assert settings.CONFIG.app_database.user == APP_ROLE

"""The roles with which an installation connects: the owner of the tables, and that of the servers, which ``migrate`` makes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from shiftsync.tenants.fencing import POLICY, UnfitRole, fenced_tables, let_in
from tests.support.server import ROOT
from tests.support.waiting import PATIENCE_SECONDS, wait_until

pytestmark = pytest.mark.services


@dataclass
class Installation:
    """A database of its own, whose owner is no superuser and may not pass row-level security."""

    administrator: str
    owner: str
    servers: str
    database: str
    told: str = ""
    """What the last command had to say besides its answer."""

    def url(self, role: str, database: str | None = None) -> str:
        """The address of the database with a role; roles have their own names as passwords."""
        parts = urlsplit(self.administrator)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{role}:{role}@{host}", path=f"/{database or self.database}"))

    def manage(self, role: str, *arguments: str | Path, database: str | None = None) -> str:
        """What a command says that connects with that role."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "shiftsync.settings",
            "SHIFTSYNC_DEBUG": "1",
            "DATABASE_URL": self.url(role, database),
            "SHIFTSYNC_APP_DATABASE_URL": self.url(self.servers, database),
            "REDIS_URL": "",
        }
        command = [sys.executable, "-W", "ignore", "manage.py", *map(str, arguments)]
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        self.told = ended.stderr
        return ended.stdout

    def rows(self, role: str, question: str, database: str | None = None) -> list[tuple[object, ...]]:
        """What is seen with that role."""
        with psycopg.connect(self.url(role, database)) as connection:
            return connection.execute(question.encode()).fetchall()


@pytest.fixture(scope="module")
def installation(database_url: str) -> Iterator[Installation]:
    suffix = uuid4().hex[:12]
    found = Installation(database_url, f"owner_{suffix}", f"servers_{suffix}", f"roles_{suffix}")
    owner, databases = sql.Identifier(found.owner), [found.database, f"{found.database}_restored"]
    with psycopg.connect(database_url, autocommit=True) as administrator:
        administrator.execute(
            sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(owner, sql.Literal(found.owner))
        )
        for name in databases:
            administrator.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner))
        yield found
        for name in databases:
            administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        for role in (found.servers, found.owner):
            administrator.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


STAFF = "SELECT count(*) FROM staff_staffmember"


def test_owner_who_is_bound__migrates_makes_the_servers_role_and_moves_everything(
    installation: Installation, tmp_path: Path
) -> None:
    owner, servers = installation.owner, installation.servers
    installation.manage(owner, "migrate", "--no-input", "-v", "0")
    with psycopg.connect(installation.administrator) as administrator:
        role = administrator.execute(
            "SELECT rolpassword LIKE 'SCRAM-SHA-256%%', rolsuper, rolbypassrls FROM pg_authid WHERE rolname = %s",
            [servers],
        ).fetchone()
    assert role == (True, False, False)

    installation.manage(servers, "seed_demo")
    assert installation.rows(servers, STAFF) == installation.rows(owner, STAFF) == [(0,)]
    with psycopg.connect(installation.url(owner)) as connection:
        connection.execute("SET shiftsync.restaurants = 'all'")
        (there,) = connection.execute(STAFF).fetchone() or (0,)
    assert there > 17

    assert installation.manage(owner, "migrate", "--no-input", "-v", "0") == "", "a second time"
    for number, role_of_backup in enumerate((owner, servers)):
        installation.manage(role_of_backup, "backup", tmp_path / f"{number}.shiftsync")
    restored = f"{installation.database}_restored"
    installation.manage(owner, "restore", tmp_path / "1.shiftsync", database=restored)
    with psycopg.connect(installation.url(servers, restored)) as connection:
        assert connection.execute(STAFF).fetchone() == (0,)
        connection.execute("SET shiftsync.restaurants = 'all'")
        assert connection.execute(STAFF).fetchone() == (there,)
        epochs = connection.execute("SELECT epoch FROM realtime_stream").fetchall()
    with psycopg.connect(installation.url(servers)) as connection:
        connection.execute("SET shiftsync.restaurants = 'all'")
        assert not set(epochs) & set(connection.execute("SELECT epoch FROM realtime_stream").fetchall())


def test_role_that_no_policy_binds__is_refused(db_with_commits: None, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        (me,) = connection.execute("SELECT current_user").fetchone() or ("",)
    with pytest.raises(UnfitRole, match="no policy binds"):
        let_in(me, "")


def test_role_that_cannot_be_made__says_why(db_with_commits: None) -> None:
    with pytest.raises(UnfitRole, match="reserved"):
        let_in("pg_of_ours", "")


def take_the_fence_down(installation: Installation) -> None:
    """As an installation was before it had one."""
    owner = installation.owner
    installation.manage(owner, "migrate", "--no-input", "-v", "0")
    policies = installation.rows(owner, "SELECT tablename, policyname FROM pg_policies")
    with psycopg.connect(installation.url(owner)) as connection:
        for table, policy in policies:
            connection.execute(f'DROP POLICY "{policy}" ON "{table}"'.encode())
            connection.execute(
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY'.encode()
            )


IS_FORCED = "SELECT bool_and(relforcerowsecurity), count(*) > 40 FROM pg_class WHERE relrowsecurity"


def test_fence_put_up_where_no_server_runs__binds_the_owner_at_once(installation: Installation) -> None:
    take_the_fence_down(installation)
    installation.manage(installation.owner, "migrate", "--no-input", "-v", "0")
    assert installation.rows(installation.owner, IS_FORCED) == [(True, True)]
    assert "Run migrate" not in installation.told


def test_fence_put_up_below_servers_that_do_not_know_it__leaves_the_owner_out_once(installation: Installation) -> None:
    take_the_fence_down(installation)
    with psycopg.connect(installation.url(installation.owner)):  # a server of before, which has nothing to do
        installation.manage(installation.owner, "migrate", "--no-input", "-v", "0")
    assert installation.rows(installation.owner, IS_FORCED) == [(False, True)]
    assert "Run migrate again" in installation.told
    installation.manage(installation.owner, "migrate", "--no-input", "-v", "0")
    assert installation.rows(installation.owner, IS_FORCED) == [(True, True)]


def with_a_wording_of_before(installation: Installation) -> None:
    """As ``migrate`` of another version left it."""
    owner = installation.owner
    installation.manage(owner, "migrate", "--no-input", "-v", "0")
    with psycopg.connect(installation.url(owner)) as connection:
        for (table,) in connection.execute("SELECT tablename FROM pg_policies").fetchall():
            connection.execute(f'ALTER POLICY "{POLICY}" ON "{table}" RENAME TO "shiftsync_fence_0"'.encode())


POLICIES = "SELECT DISTINCT policyname FROM pg_policies"
WAITS = "SELECT relation::regclass::text FROM pg_locks WHERE NOT granted AND relation IS NOT NULL"


def test_fence_of_another_wording__below_servers_that_know_it__is_replaced_and_stays_forced(
    installation: Installation,
) -> None:
    with_a_wording_of_before(installation)
    with psycopg.connect(installation.url(installation.owner)):
        installation.manage(installation.owner, "migrate", "--no-input", "-v", "0")
    assert "Run migrate" not in installation.told
    assert installation.rows(installation.owner, POLICIES) == [(POLICY,)]
    assert installation.rows(installation.owner, IS_FORCED) == [(True, True)]


def test_fence_of_another_wording__a_server_holds_a_table__waits_for_that_and_keeps_no_other(
    installation: Installation,
) -> None:
    with_a_wording_of_before(installation)
    tables = [table.name for table in fenced_tables()]
    with (
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(installation.url(installation.owner)) as server,
        psycopg.connect(installation.url(installation.owner), autocommit=True) as watcher,
    ):
        server.execute(f'SELECT count(*) FROM "{tables[-1]}"'.encode())
        migrated = pool.submit(installation.manage, installation.owner, "migrate", "--no-input", "-v", "0")
        wait_until(lambda: (tables[-1],) in watcher.execute(WAITS).fetchall(), PATIENCE_SECONDS, "migrate to wait")
        server.execute("SET LOCAL lock_timeout = '2s'")
        for table in tables[:-1]:
            server.execute(f'SELECT count(*) FROM "{table}"'.encode())
        server.commit()
        migrated.result()
    assert installation.rows(installation.owner, POLICIES) == [(POLICY,)]

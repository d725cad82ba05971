"""Statements that travel together, and questions that are compiled once."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from schedules.models import Shift
from schedules.sql.cells import CHANGING_COLUMNS, SHIFT, SHIFT_COLUMNS
from shiftsync.core.queries import CompiledQuery, Parameter, fetch_together
from shiftsync.core.sql import SqlStatement, execute, execute_and_commit, insertion, merged, update
from shiftsync.realtime.stream.commit import new_version
from staff.models import StaffMember
from tests.support.world import World

DAY = date(2025, 8, 1)
NAMED = CompiledQuery(
    lambda: (
        StaffMember.objects.filter(restaurant_id=Parameter("restaurant"), name__among=Parameter("names"))
        .order_by("name")
        .values_list("id", "name", "created_at", "start_period")
    )
)
KNOWN = CompiledQuery(
    lambda: StaffMember.objects.filter(id__among=Parameter("ids"), is_active=True).values_list("id", "name")
)


def cell(world: World, value: str, *, row: int = 0, id: UUID | None = None) -> tuple[object, ...]:
    """A row of the table of shifts."""
    return (id or uuid4(), world.id, UUID(world.schedule_id), UUID(world.staff_ids[row]), DAY, value, False, 1)


def write_at(world: World, version: int, cells: list[tuple[object, ...]]) -> None:
    """A transaction that ends as every commit does."""
    with transaction.atomic(durable=True):
        execute_and_commit([new_version(world.id, version), insertion(SHIFT, SHIFT_COLUMNS, cells)])


def stored(world: World) -> list[str]:
    return list(Shift.objects.filter(restaurant_id=world.id).order_by("value").values_list("value", flat=True))


def test_question__with_other_values__is_answered_as_its_queryset_is(world: World) -> None:
    everyone = StaffMember.objects.filter(restaurant_id=world.id).order_by("name")
    names = [member.name for member in everyone]
    for wanted in (names, names[:1], [*names[1:], 'nobody "of" {these}, \\ or 田中'], ["nobody"]):
        (rows,) = fetch_together(NAMED(restaurant=world.id, names=wanted))
        assert rows == list(everyone.filter(name__in=wanted).values_list("id", "name", "created_at", "start_period"))


def test_questions_asked_together__are_answered_in_order__one_that_nothing_can_answer_too(world: World) -> None:
    ids = [UUID(staff_id) for staff_id in world.staff_ids]
    known, nobody, again = fetch_together(KNOWN(ids=ids), KNOWN(ids=[]), KNOWN(ids=set(ids[:1])))
    assert {found for found, _ in known} == set(ids)
    assert nobody == []
    assert [found for found, _ in again] == ids[:1]


def test_execute_and_commit__statements_on_one_table__see_what_those_before_them_did(world: World) -> None:
    cell_id = uuid4()
    with transaction.atomic(durable=True):
        new = insertion(SHIFT, SHIFT_COLUMNS, [cell(world, "○", id=cell_id), cell(world, "×", row=1)])
        execute_and_commit([new, update(SHIFT, CHANGING_COLUMNS, [(cell_id, "△", True, 2)])])
    assert sorted(stored(world)) == sorted(["△", "×"])
    assert Shift.objects.get(id=cell_id).is_locked


def test_execute_and_commit__one_statement_fails__nothing_is_stored__and_the_connection_goes_on(world: World) -> None:
    twice = uuid4()
    with pytest.raises(IntegrityError):
        write_at(world, 999, [cell(world, "○", id=twice), cell(world, "×", row=1, id=twice)])
    assert stored(world) == []
    assert world.position.version != 999
    write_at(world, 999, [cell(world, "○")])
    assert stored(world) == ["○"]
    assert world.position.version == 999


def test_execute__inside_of_a_transaction__is_read_at_once__and_undone_with_it(world: World) -> None:
    with transaction.atomic(durable=True):
        execute([insertion(SHIFT, SHIFT_COLUMNS, [cell(world, "○")]), insertion(SHIFT, SHIFT_COLUMNS, [])])
        assert stored(world) == ["○"]
        transaction.set_rollback(True)
    assert stored(world) == []


def test_merged__rows_for_one_table__are_one_statement__and_other_sql_is_refused(world: World) -> None:
    new = [insertion(SHIFT, SHIFT_COLUMNS, [cell(world, value)]) for value in ("○", "×")]
    ((sql, parameters),) = merged([new[0], new_version(world.id, 2), new[1]])
    assert sql.count("INSERT") == sql.count("UPDATE") == 1
    assert any("○" in str(value) and "×" in str(value) for value in parameters)
    with pytest.raises(TypeError, match="only rows"):
        merged([SqlStatement(frozenset({SHIFT}), "DELETE FROM nothing", [])])


def test_execute_and_commit__what_it_writes__is_one_statement_where_the_database_can(world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        write_at(world, 999, [cell(world, "○")])
    writing = [query for query in captured if "INSERT" in query["sql"] or "UPDATE" in query["sql"]]
    assert len(writing) == (1 if connection.vendor == "postgresql" else 2), "the row and the stream's version"

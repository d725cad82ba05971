"""Answers to plain questions, as changes of rows: the one way from answers to rules, for the page, REST and commands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from settings_app.models import ConfigVersion
from settings_app.rules.answers.plan import TABLES, Given, Step, errors, given_answers, steps
from settings_app.selectors.rows import payloads_of, settings_row
from settings_app.services.checks import raise_errors, writable_version
from settings_app.services.rows import RowWrite, create_in, delete_in, update_in
from settings_app.tables import require_table
from shiftsync.core.ids import new_id
from shiftsync.core.payloads import FromPayload
from shiftsync.core.serializers import camel
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written

JAPAN = "JP"


@dataclass(frozen=True, slots=True)
class Answers(FromPayload):
    """What was answered, by question as the payload has it: null where a rule is to go; what is not there stays as it is."""

    answers: Mapping[str, Any]


def require_possible(intent: Answers) -> None:
    """Raises :class:`ValidationFailed` where answers contradict each other, whatever is set already."""
    raise_errors(list(errors(_given(intent), {})))


def answers_save(request: ChangeRequest[Answers]) -> Outcome:
    """Makes, changes and deletes the rows that the answers are, all in one commit; each is logged as a change of its row.

    A question has one row: an answer changes the one that is there, whoever made it. What somebody else did to it since ``base_version`` is a
    conflict, as with any change of a row. The result: ``changed``, how many rows were. Raises :class:`ValidationFailed`, which names the answer, where
    the rows say more than an answer could, and where answers contradict each other.
    """
    given = _given(request.intent)

    def write(tx: Transaction) -> Written:
        version = writable_version(tx)
        rows = {key: payloads_of(require_table(key), version.id) for key in TABLES}
        raise_errors(list(errors(given, rows)))
        is_japanese = tx.restaurant.country == JAPAN
        made = [_carry_out(tx, request, version, step) for step in steps(given, rows, is_japanese=is_japanese)]
        changed = [each for each in made if each.change is not None]
        overwritten = [item for each in changed for item in each.result.get("overwritten", ())]
        result = {"changed": len(changed), **({"overwritten": overwritten} if overwritten else {})}
        return Written(changed[-1].change if changed else None, result)

    return commit(request, write)


def _given(intent: Answers) -> list[Given]:
    return given_answers({camel(name): value for name, value in intent.answers.items()})


def _carry_out(tx: Transaction, request: ChangeRequest[Answers], version: ConfigVersion, step: Step) -> Written:
    table = require_table(step.table)
    columns = step.columns or {}
    asked: ChangeRequest[RowWrite] = replace(request, intent=RowWrite(table.key, columns))  # type: ignore[arg-type,assignment]  # the same request of another intent
    if step.row is None:
        return create_in(tx, asked, table, version, new_id(), columns)
    row = settings_row(table, tx.restaurant_id, UUID(step.row["id"]))
    if step.columns is None:
        return delete_in(tx, asked, table, row)
    return update_in(tx, asked, table, row, columns)

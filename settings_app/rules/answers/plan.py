"""From answers to rows, and back. Nothing but the rows says what was answered: a row that somebody changed in a form is what is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from settings_app.rules import defaults, rows
from settings_app.rules.answers.questions import (
    EVERYBODY,
    LEAST,
    MOST,
    OF_SHIFT,
    SINGLE,
    Answer,
    Names,
    Question,
    at_work,
    days_a_week,
)
from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape
from settings_app.rules.values import ShapeError

Rows = Mapping[str, Sequence[Row]]
"""The rows in use, by table key."""

REFINED = "Was set in more detail in the settings. Change it there."
TWICE = "Is answered twice."
CROSSED = "The least number of days off must not be above the most."
HARD_WEIGHT, SOFT_WEIGHT = 10.0, 5.0

_SHAPES: Mapping[str, Shape] = {
    "monthly_limits": rows.MONTHLY_LIMIT,
    "weekly_limits": rows.WEEKLY_LIMIT,
    "staffing_needs": rows.STAFFING_NEED,
    "priority_rules": rows.PRIORITY_RULE,
}
TABLES = tuple(_SHAPES)
"""The tables that questions are about."""

_NAMED_AT_FIRST = {row["name"]: row["description"] for row in (*defaults.MONTHLY_LIMITS, *defaults.PRIORITY_RULES)}
"""What the defaults are called. Some names tell the number, so that one with another number needs another."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer (None: the rule is to go), and where it stands in the request."""

    path: str
    question: Question
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done to one row: ``row`` None: it is made. ``columns`` None: it goes."""

    table: str
    row: Row | None
    columns: Row | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the rows say to a question. ``is_refined``: more than an answer could say."""

    row: Row | None = None
    answer: Answer | None = None
    is_refined: bool = False


def found(question: Question, rows: Rows) -> Found:
    """What the rows in use say to a question."""
    about = [row for row in rows.get(question.table, ()) if question.is_about(row[question.config])]
    if not about:
        return Found()
    answer = _plain_answer(question, about[0]) if len(about) == 1 else None
    return Found(is_refined=True) if answer is None else Found(about[0], answer)


def given_answers(answers: Mapping[str, Any]) -> list[Given]:
    """The answers of a validated request by their names on the wire, each with its question and its place."""
    single = [
        Given(f"answers.{name}", question, _answer(answers[name]))
        for name, question in SINGLE.items()
        if name in answers
    ]
    needs = [
        Given(f"answers.atWork[{at}]", at_work(each["position"], each["shift_type"]), _answer(each))
        for at, each in enumerate(answers.get("atWork") or ())
    ]
    weeks = [
        Given(f"answers.daysAWeek[{at}]", days_a_week(each["status"]), _answer(each))
        for at, each in enumerate(answers.get("daysAWeek") or ())
    ]
    return [*single, *needs, *weeks]


def _answer(given: Mapping[str, Any] | None) -> Answer | None:
    """None where nothing is asked any more: no answer, or no number at all."""
    if given is None or ("count" in given and given["count"] is None):
        return None
    answer = Answer(given.get("count"), given.get("weekend_count"), given["is_hard"])
    answer = replace(answer, weekend=None) if answer.weekend == answer.count else answer
    return None if answer.count == 0 and not answer.weekend else answer


def errors(given: Sequence[Given], rows: Rows) -> Iterator[ShapeError]:
    """Why these answers cannot be carried out, by the path of each."""
    names = [each.question.names for each in given]
    for at, each in enumerate(given):
        if each.question.names in names[:at]:
            yield ShapeError(each.path, TWICE)
        elif found(each.question, rows).is_refined:
            yield ShapeError(each.path, REFINED)
    asked = {each.question.names: each for each in given}
    least, most = (_number(SINGLE[name], asked, rows) for name in (LEAST, MOST))
    if least is not None and most is not None and most < least:
        named = [asked[SINGLE[name].names].path for name in (LEAST, MOST) if SINGLE[name].names in asked]
        yield from (ShapeError(path, CROSSED) for path in named[-1:])


def _number(question: Question, asked: Mapping[Names, Given], rows: Rows) -> int | None:
    given = asked.get(question.names)
    answer = given.answer if given else found(question, rows).answer
    return answer.count if answer else None


def steps(given: Sequence[Given], rows: Rows, *, is_japanese: bool) -> Iterator[Step]:
    """What the answers change of the rows; nothing for one that is there already. There are no errors in them."""
    for each in given:
        question, now = each.question, found(each.question, rows)
        if each.answer == now.answer:
            continue
        if each.answer is None:
            yield Step(question.table, now.row, None)
        elif now.row is None:
            yield Step(question.table, None, _new_row(question, each.answer, is_japanese))
        else:
            yield Step(question.table, now.row, _changed(question, now.row, each.answer, is_japanese))


def _new_row(question: Question, answer: Answer, is_japanese: bool) -> Row:
    return {
        "name": question.names[is_japanese],
        question.config: question.config_of(answer),
        "isHardConstraint": answer.is_hard,
        "penaltyWeight": HARD_WEIGHT if answer.is_hard else SOFT_WEIGHT,
    }


def _changed(question: Question, row: Row, answer: Answer, is_japanese: bool) -> Row:
    named = {"name": question.names[is_japanese], "description": ""} if _is_named_at_first(row) else {}
    config = {**row[question.config], **question.config_of(answer)}
    return {**named, question.config: config, "isHardConstraint": answer.is_hard}


def _is_named_at_first(row: Row) -> bool:
    return row["name"] in _NAMED_AT_FIRST and row["description"] == _NAMED_AT_FIRST[row["name"]]


def _plain_answer(question: Question, row: Row) -> Answer | None:
    """The answer that a row is; None where it says more."""
    if row["effectiveFrom"] or row["effectiveUntil"]:
        return None
    config = row[question.config]
    answer = question.read(config)
    shape = _SHAPES[question.table].configs[question.config]
    if answer is None or _said(config, shape) != _said(question.config_of(answer), shape):
        return None
    return replace(answer, is_hard=row["isHardConstraint"])


def _said(config: Mapping[str, Any], shape: Shape | None) -> dict[str, Any]:
    """What a config says beyond what is so without it."""
    said = {}
    for key, value in config.items():
        known = shape.fields.get(key) if shape else None
        inner = known.value if known and isinstance(known.value, Shape) else None
        told = _said(value, inner) if isinstance(value, dict) else value
        is_default = known is not None and known.default is not None and told == known.default
        asks_nothing = told in (None, "", [], {}) or told is False or (key == "minCount" and told == 0)
        if not (is_default or asks_nothing):
            said[key] = told
    return said


# --- what is set ---


def answers_in(rows: Rows) -> dict[str, Any]:
    """All answers that the rows are, as on the wire. ``refined`` names the questions that are left to the forms."""
    single = {name: found(question, rows) for name, question in SINGLE.items()}
    return {
        **{name: _told(each.answer) for name, each in single.items()},
        "atWork": [
            {"position": position, "shiftType": shift_type, **_entry(found(at_work(position, shift_type), rows), True)}
            for position, shift_type in _asked_at_work(rows)
        ],
        "daysAWeek": [
            {"status": status, **_entry(found(days_a_week(status), rows), False)} for status in _statuses(rows)
        ],
        "refined": [name for name, each in single.items() if each.is_refined],
    }


def _told(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    counted = {} if answer.count is None else {"count": answer.count}
    return {**counted, "isHard": answer.is_hard}


def _entry(now: Found, has_weekend: bool) -> dict[str, Any]:
    answer = now.answer
    weekend = {"weekendCount": answer.weekend if answer else None} if has_weekend else {}
    return {
        "count": answer.count if answer else None,
        **weekend,
        "isHard": answer.is_hard if answer else True,
        "isRefined": now.is_refined,
    }


def _asked_at_work(rows: Rows) -> list[tuple[str, str]]:
    """The positions and shifts for which the rows ask for a number."""
    asked: dict[tuple[str, str], None] = {}
    for row in rows.get("staffing_needs", ()):
        config = row["needConfig"]
        targets = (config.get("targetIds") or []) if config.get("scope") == "position" else [EVERYBODY]
        for position in targets:
            for shift_type in OF_SHIFT:
                if at_work(position, shift_type).is_about(config):
                    asked[position, shift_type] = None
    return list(asked)


def _statuses(rows: Rows) -> list[str]:
    asked: dict[str, None] = {}
    for row in rows.get("weekly_limits", ()):
        for status in row["limitConfig"].get("targetIds") or []:
            if days_a_week(status).is_about(row["limitConfig"]):
                asked[status] = None
    return list(asked)

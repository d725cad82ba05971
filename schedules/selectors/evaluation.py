"""Answers about a schedule as it stands: what it breaks, who covers whom, and its numbers. Asked in a consistent read."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from backups.rules import coverage, suggestions, warnings
from schedules.generation import (
    Counted,
    Problem,
    Scorer,
    fairness_table,
    per_day,
    per_need,
    per_person,
    roster_of,
    wish_statistics,
)
from schedules.generation.scorer_cache import SCORERS
from schedules.generation.unknown_text import unknown_texts
from schedules.models import ScheduleState
from schedules.selectors.problem import planning_of
from shiftsync.core.wording import in_japanese


def validation(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """What is broken by all that is planned so far, and what it costs. Raises :class:`NotFound`."""
    planning = planning_of(restaurant_id, schedule_id)
    score, violations = SCORERS.of(planning.schedule_id, planning.problem).judge(
        planning.problem, is_finished=planning.period.state == ScheduleState.PUBLISHED
    )
    return {
        "scheduleId": str(planning.schedule_id),
        "score": score.to_wire(),
        "violations": [violation.to_wire() for violation in (*violations, *unknown_texts(planning.problem))],
        **warnings_of(planning.problem),
    }


def warnings_of(problem: Problem) -> dict[str, list[str]]:
    """What had to be passed over, and what is asked of nobody, in both languages, as on the wire."""
    told = problem.warnings
    return {"warnings": list(told), "warningsJa": [in_japanese(each) for each in told]}


def statistics(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """Numbers by person and by day, and how evenly they are spread. Raises :class:`NotFound`."""
    planning = planning_of(restaurant_id, schedule_id)
    scorer = Scorer(planning.problem)
    needs = [row.to_wire() for row in per_need(scorer)]
    return {**numbers_of(planning.schedule_id, scorer), "needs": needs, "wishes": wish_statistics(scorer).to_wire()}


def numbers_of(schedule_id: object, counted: Scorer | Counted) -> dict[str, Any]:
    """The numbers of a schedule as the wire has them."""
    return {
        "scheduleId": str(schedule_id),
        "people": [row.to_wire() for row in per_person(counted)],
        "days": [row.to_wire() for row in per_day(counted)],
        "fairness": [row.to_wire() for row in fairness_table(counted)],
    }


def coverage_report(
    restaurant_id: UUID, schedule_id: object, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """Who covers what from ``first`` to ``last`` (None: as far as the period goes). Raises :class:`NotFound`."""
    planning = planning_of(restaurant_id, schedule_id)
    roster = roster_of(planning.problem)
    days = [day for day in roster.days if (first is None or first <= day) and (last is None or day <= last)]
    report = coverage(replace(roster, days=days))
    return {"scheduleId": str(planning.schedule_id), **report.to_wire()}


def backup_suggestions(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """Who could back up which group, and where the assignments do not serve. Raises :class:`NotFound`."""
    planning = planning_of(restaurant_id, schedule_id)
    roster = roster_of(planning.problem)
    return {
        "scheduleId": str(planning.schedule_id),
        "suggestions": [each.to_wire() for each in suggestions(roster)],
        "warnings": [each.to_wire() for each in warnings(roster)],
    }

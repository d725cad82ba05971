"""Repair: after an edit everything else stays as it is, as far as the rules allow."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from schedules.generation.generate import Cancelled, generate, ignore, never
from schedules.generation.incumbent import OnProgress
from schedules.generation.problem import Cell, Keep, Problem
from schedules.generation.results import Result

REPAIR_STABILITY = Fraction(3)
"""What a changed cell weighs in a repair: a soft rule is only followed by changes if it is worth more."""

REPAIR_SECONDS = 3.0


def with_past_held(problem: Problem, today: date) -> Problem:
    """The problem with every cell before ``today`` as it is: what has been worked is not planned anew."""
    past = frozenset((member.id, day) for member in problem.staff for day in problem.days if day < today)
    return replace(problem, locked=problem.locked | past)


def for_repair(problem: Problem, edited: Iterable[Cell] = ()) -> Problem:
    """The problem of keeping the present grid: the edited cells are held, every other changed cell has its price."""
    options = problem.options
    stability = max(options.stability, REPAIR_STABILITY)
    seconds = min(options.time_limit, REPAIR_SECONDS)
    kept = replace(options, repair=True, keep=Keep.LOCKED, stability=stability, time_limit=seconds)
    cells = tuple(dict.fromkeys(edited))
    return replace(problem, options=kept, locked=problem.locked.union(cells), edited=cells)


def repair(
    problem: Problem,
    edited: Iterable[Cell] = (),
    on_progress: OnProgress = ignore,
    cancelled: Cancelled = never,
) -> Result:
    """The best schedule near the present grid (which holds the edits already); ``Result.changed`` are the other cells."""
    return generate(for_repair(problem, edited), on_progress, cancelled)

"""Filling a month: the problem, the scorer, the constraint model, repair, explanation. No Django anywhere in here.

``load_problem`` → ``generate`` / ``repair`` → ``Result``; ``Scorer`` for validation and live warnings; ``explain`` and
``relaxation_gains`` for the reasons; ``roster_of`` leads to the backup rules. docs/generation.md tells the whole story.

Here stands what every process may import. What solves is in :mod:`schedules.generation.solving`: its libraries take 100 MB and two
seconds, and only a worker has a use for them.
"""

from schedules.generation.coverage import roster_of
from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.problem import Cell, Keep, Options, Problem
from schedules.generation.results import Progress, Result, Status
from schedules.generation.score import Edit, Score, Scorer, score_schedule
from schedules.generation.statistics import Counted, fairness_table, per_day, per_need, per_person, wish_statistics
from schedules.generation.violations import Violation

__all__ = [
    "Cell",
    "Counted",
    "Edit",
    "Keep",
    "Options",
    "PlanningData",
    "Problem",
    "Progress",
    "Result",
    "Score",
    "Scorer",
    "Status",
    "Violation",
    "fairness_table",
    "load_problem",
    "per_day",
    "per_need",
    "per_person",
    "roster_of",
    "score_schedule",
    "wish_statistics",
]

"""One run of CP-SAT: with progress, bounds, and an end when somebody wants it."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from schedules.generation.problem import Options

PORTFOLIO = 8
"""From so many workers on CP-SAT's own choice of strategies has the full relaxation among them."""

FULL_LINEAR = 2
FULL_RELAXATION = "max_lp"
"""All constraints in the linear relaxation: the rules by person and those by day bound each other only through it. (50
people on two cores: proved best within ten seconds, instead of a gap of a third after thirty.)"""

Value = Callable[[cp_model.IntVar], int]
"""What a variable is in a solution."""

OnSolution = Callable[[float, float, Value], None]
"""Hears of each better solution: its objective, the bound at that time, and how to read it."""

OnBound = Callable[[float], None]
Cancelled = Callable[[], bool]


def workers_for(options: Options) -> int:
    """As many workers as there are cores; one where the run must be repeatable."""
    if options.workers:
        return options.workers
    return 1 if options.deterministic_time is not None else max(1, os.cpu_count() or 1)


def whole_points(bound: float) -> int:
    """A bound is a whole number of points; solvers say it as a float."""
    return max(0, int(bound - 1e-6) + 1) if bound > 0 else 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use."""

    seconds: float
    workers: int
    seed: int
    deterministic: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """``status`` as CP-SAT says it; the bound is for the objective that was minimised."""

    optimal: bool
    found: bool
    infeasible: bool
    objective: float
    bound: float
    solver: cp_model.CpSolver


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Tells of each better solution."""

    def __init__(self, on_solution: OnSolution) -> None:
        super().__init__()
        self._on_solution = on_solution

    def on_solution_callback(self) -> None:
        self._on_solution(self.objective_value, self.best_objective_bound, self.value)


def solver_for(limits: Limits) -> cp_model.CpSolver:
    """A solver with the parameters of one run."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed
    parameters.max_time_in_seconds = max(0.01, limits.seconds)
    if limits.workers == 1:
        parameters.linearization_level = FULL_LINEAR
    elif limits.workers == 2:
        parameters.subsolvers.append(FULL_RELAXATION)
    elif limits.workers < PORTFOLIO:
        parameters.extra_subsolvers.append(FULL_RELAXATION)
    if limits.deterministic is not None:
        parameters.max_deterministic_time = limits.deterministic
    return solver


def ignore_bound(bound: float) -> None:
    """For those who only want the last one."""


def run(
    model: cp_model.CpModel,
    limits: Limits,
    on_solution: OnSolution,
    cancelled: Cancelled,
    on_bound: OnBound = ignore_bound,
) -> Outcome:
    """Solves; asks ``cancelled`` ten times a second and then stops with the best so far. ``on_bound`` hears of each better
    bound."""
    solver = solver_for(limits)
    solver.best_bound_callback = on_bound
    done = threading.Event()
    guard = threading.Thread(target=_stop_when, args=(solver, done, cancelled), daemon=True)
    guard.start()
    try:
        status = solver.solve(model, _Watcher(on_solution))
    finally:
        done.set()
        guard.join()
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Outcome(
        optimal=status == cp_model.OPTIMAL,
        found=found,
        infeasible=status == cp_model.INFEASIBLE,
        objective=solver.objective_value if found else float("inf"),
        bound=solver.best_objective_bound if found else 0.0,
        solver=solver,
    )


def _stop_when(solver: cp_model.CpSolver, done: threading.Event, cancelled: Cancelled) -> None:
    while not done.wait(0.1):
        if cancelled():
            solver.stop_search()
            return

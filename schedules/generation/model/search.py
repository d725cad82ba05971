"""One run of CP-SAT: with progress, bounds, and an end when somebody wants it."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from schedules.generation.problem import Options

SMALL = 25
SMALL_WORKERS = 8

OnSolution = Callable[[float, float], None]
Cancelled = Callable[[], bool]


def workers_for(staff: int, options: Options) -> int:
    """Eight workers prove optimality of small months; above, as many as there are cores find better schedules."""
    if options.workers:
        return options.workers
    if options.deterministic_time is not None:
        return 1
    return SMALL_WORKERS if staff <= SMALL else max(1, os.cpu_count() or 1)


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
        self._on_solution(self.objective_value, self.best_objective_bound)


def solver_for(limits: Limits) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed
    parameters.max_time_in_seconds = max(0.01, limits.seconds)
    if limits.deterministic is not None:
        parameters.max_deterministic_time = limits.deterministic
    return solver


def run(model: cp_model.CpModel, limits: Limits, on_solution: OnSolution, cancelled: Cancelled) -> Outcome:
    """Solves; asks ``cancelled`` ten times a second and then stops with the best so far."""
    solver = solver_for(limits)
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

"""OR-Tools' linear solvers, spoken to in MathOpt's protos: its Python objects would hold a month twice more."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from math import fsum, isfinite

from ortools.math_opt.callback_pb2 import CallbackRegistrationProto
from ortools.math_opt.core.python import solver
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto
from ortools.math_opt.model_pb2 import ModelProto
from ortools.math_opt.model_update_pb2 import ModelUpdateProto
from ortools.math_opt.parameters_pb2 import (
    EMPHASIS_OFF,
    LP_ALGORITHM_DUAL_SIMPLEX,
    LP_ALGORITHM_PRIMAL_SIMPLEX,
    SOLVER_TYPE_GLOP,
    SOLVER_TYPE_HIGHS,
    SolveParametersProto,
    SolverInitializerProto,
)
from ortools.math_opt.result_pb2 import TERMINATION_REASON_OPTIMAL, SolveResultProto
from ortools.math_opt.solution_pb2 import BASIS_STATUS_BASIC, BasisProto
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto
from ortools.util.python.solve_interrupter import SolveInterrupter

MOST_ITERATIONS = 3_000
"""A hundred are enough where little changes; where tens of thousands would be needed it is not worth the time."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Solved:
    """The optimum of a linear programme: its value, the value and the reduced cost of each column, the multiplier of each row, and the basis that says so
    (None where the solver does not tell it)."""

    value: float
    columns: Sequence[float]
    reduced: Sequence[float]
    multipliers: Sequence[float]
    basis: BasisProto | None


def optimum(
    model: ModelProto, seconds: float, cancelled: Cancelled, on_start: Callable[[], None], *, is_simplex: bool
) -> Solved | None:
    """By the simplex (GLOP) or the interior point with its crossover (HiGHS); None where there is none, or not in time. ``on_start`` is
    called when the solver has the model. HiGHS keeps to the time but does not listen to ``cancelled``."""
    if cancelled():
        return None
    limits = _within(seconds)
    limits.highs.CopyFrom(HighsOptionsProto(string_options={"solver": "ipm"}))
    with _interrupted_when(cancelled) as interrupter:
        on_start()
        solved = solver.solve(
            model,
            SOLVER_TYPE_GLOP if is_simplex else SOLVER_TYPE_HIGHS,
            SolverInitializerProto(),
            limits,
            ModelSolveParametersProto(),
            None,
            CallbackRegistrationProto(),
            None,
            interrupter.pybind_interrupter,
        )
    return _read(solved)


class Simplex:
    """A programme that is solved again and again by the simplex, each time from a basis that is known.

    ``rows`` (factors by column) are added to the model without bounds; :meth:`raise_row` gives them one."""

    def __init__(self, model: ModelProto, rows: Sequence[Mapping[int, float]]) -> None:
        changed = ModelProto()
        changed.CopyFrom(model)
        first = len(model.linear_constraints.ids)
        self.rows = range(first, first + len(rows))
        for row, factors in zip(self.rows, rows, strict=True):
            _add_row(changed, row, factors)
        costs = model.objective.linear_coefficients
        self._costs = dict(zip(costs.ids, costs.values, strict=True))
        self._offset = model.objective.offset
        self._solver = solver.new(SOLVER_TYPE_GLOP, changed, SolverInitializerProto())
        self._model = changed

    def basis(self, known: BasisProto) -> BasisProto:
        """The basis of the model without the added rows, with these."""
        basis = BasisProto()
        basis.CopyFrom(known)
        basis.constraint_status.ids.extend(self.rows)
        basis.constraint_status.values.extend([BASIS_STATUS_BASIC] * len(self.rows))
        return basis

    def raise_row(self, number: int, low: float) -> None:
        """The least value of an added row from now on."""
        update = ModelUpdateProto()
        bounds = update.linear_constraint_updates.lower_bounds
        bounds.ids.append(self.rows[number])
        bounds.values.append(low)
        self._update(update)
        self._model.linear_constraints.lower_bounds[self.rows[number]] = low

    def least(
        self, costs: Mapping[int, float] | None, basis: BasisProto | None, seconds: float, cancelled: Cancelled
    ) -> Solved | None:
        """The optimum for these costs (None: those of the model) from a basis (None: where the last one ended): by the primal simplex where other costs make it no optimum
        any more, by the dual one where raised rows make it no solution. Its value is proved by its multipliers, not what the solver says. None: not found in time."""
        wanted = self._costs if costs is None else costs
        self._minimise(wanted)
        limits = _within(seconds)
        limits.presolve = EMPHASIS_OFF
        limits.lp_algorithm = LP_ALGORITHM_DUAL_SIMPLEX if costs is None else LP_ALGORITHM_PRIMAL_SIMPLEX
        limits.iteration_limit = MOST_ITERATIONS
        start = ModelSolveParametersProto(initial_basis=basis)
        with _interrupted_when(cancelled) as interrupter:
            solved = self._solver.solve(
                limits, start, None, CallbackRegistrationProto(), None, interrupter.pybind_interrupter
            )
        found = _read(solved)
        if found is None:
            return None
        offset = self._offset if costs is None else 0.0
        return replace(found, value=offset + proved_least(self._model, wanted, found.multipliers))

    def _minimise(self, costs: Mapping[int, float]) -> None:
        update = ModelUpdateProto()
        changed = update.objective_updates.linear_coefficients
        columns = sorted(self._costs.keys() | costs.keys())
        changed.ids.extend(columns)
        changed.values.extend(costs.get(column, 0.0) for column in columns)
        self._update(update)

    def _update(self, update: ModelUpdateProto) -> None:
        if not self._solver.update(update):
            raise RuntimeError("GLOP takes no change of bounds or costs")


def proved_least(model: ModelProto, costs: Mapping[int, float], multipliers: Sequence[float]) -> float:
    """What these costs (by column) are at least, whatever solution of the rows and bounds is meant: by any multipliers, near the optimum only by good ones. Their rows'
    multiples are taken from the costs, and what is left of those is least at a bound of each column. So the tolerances of the solver do not matter."""
    rows, matrix, columns = model.linear_constraints, model.linear_constraint_matrix, model.variables
    usable = [
        each if isfinite(low if each > 0 else high) else 0.0
        for each, low, high in zip(multipliers, rows.lower_bounds, rows.upper_bounds, strict=True)
    ]
    left = [costs.get(column, 0.0) for column in columns.ids]
    for row, column, factor in zip(matrix.row_ids, matrix.column_ids, matrix.coefficients, strict=True):
        left[column] -= usable[row] * factor
    of_rows = (
        each * (low if each > 0 else high)
        for each, low, high in zip(usable, rows.lower_bounds, rows.upper_bounds, strict=True)
        if each
    )
    of_columns = (
        each * (low if each > 0 else high)
        for each, low, high in zip(left, columns.lower_bounds, columns.upper_bounds, strict=True)
        if each
    )
    return fsum(of_rows) + fsum(of_columns)


def _add_row(model: ModelProto, row: int, factors: Mapping[int, float]) -> None:
    model.linear_constraints.ids.append(row)
    model.linear_constraints.lower_bounds.append(float("-inf"))
    model.linear_constraints.upper_bounds.append(float("inf"))
    columns = sorted(factors)
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend([row] * len(columns))
    matrix.column_ids.extend(columns)
    matrix.coefficients.extend([factors[column] for column in columns])


def _within(seconds: float) -> SolveParametersProto:
    limits = SolveParametersProto()
    limits.time_limit.FromTimedelta(timedelta(seconds=max(0.1, seconds)))
    return limits


def _read(solved: SolveResultProto) -> Solved | None:
    if solved.termination.reason != TERMINATION_REASON_OPTIMAL:
        return None
    best = solved.solutions[0]
    return Solved(
        solved.termination.objective_bounds.dual_bound,
        best.primal_solution.variable_values.values,
        best.dual_solution.reduced_costs.values,
        best.dual_solution.dual_values.values,
        best.basis if best.HasField("basis") else None,
    )


@contextmanager
def _interrupted_when(cancelled: Cancelled) -> Iterator[SolveInterrupter]:
    """Asks ten times a second whether the solution is still wanted."""
    interrupter, done = SolveInterrupter(), threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            if cancelled():
                interrupter.interrupt()
                return

    guard = threading.Thread(target=watch, daemon=True)
    guard.start()
    try:
        yield interrupter
    finally:
        done.set()
        guard.join()

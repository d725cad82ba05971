"""The linear relaxation of a month: a bound that means something within seconds, and the choices that matter.

(MathOpt is spoken to in its protos: its Python objects would hold the month twice more.)

The model with fractions allowed is nearly whole, but CP-SAT's own relaxation of 300 people never comes to an end at its root. A
linear solver has it in seconds: its value bounds every schedule from below, and a choice that it does not use is rarely in a good one.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, gcd
from typing import Any, NamedTuple

from ortools.math_opt.callback_pb2 import CallbackRegistrationProto
from ortools.math_opt.core.python import solver
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto
from ortools.math_opt.model_pb2 import ModelProto
from ortools.math_opt.parameters_pb2 import (
    SOLVER_TYPE_GLOP,
    SOLVER_TYPE_HIGHS,
    SolveParametersProto,
    SolverInitializerProto,
)
from ortools.math_opt.result_pb2 import TERMINATION_REASON_OPTIMAL
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto
from ortools.util.python.solve_interrupter import SolveInterrupter

from schedules.generation.kinds import State
from schedules.generation.model.encode import ASK_EVERY, Abandoned, Encoder
from schedules.generation.model.linear import Row, as_model, domain_of, is_row, row_of

GLOP_CELLS = 3_500
"""Up to so many cells the simplex is the faster method; above it the interior point."""

USED = 1e-4
"""From this share on the relaxation makes use of a choice."""

TOLERANCE = 1e-6
"""The share of a bound by which a linear solver may be off."""

ROUNDING = 0.5
"""Points by which a reduced cost may be off."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``bound``: no schedule costs less. ``support``: the choices of each cell that the relaxation uses. ``reduced``: by variable, what each unit of
    it adds at least to ``sure``, the bound before it was raised to what can be reached."""

    bound: float
    support: list[tuple[State, ...]]
    sure: float
    reduced: Sequence[float]


class Decided(NamedTuple):
    """What is alike in all schedules of some cost: the ``choices`` that are left, and the hard terms that none of them breaks."""

    choices: list[tuple[State, ...]]
    strict: frozenset[int]


def nothing() -> None:
    """For those who need not know when the model has been handed over."""


def relax(
    encoder: Encoder,
    seconds: float,
    cancelled: Callable[[], bool],
    on_start: Callable[[], None] = nothing,
    *,
    is_simplex: bool = False,
) -> Relaxed | None:
    """The relaxation of a whole month; None where the model is not linear, or nothing was found in time. ``on_start`` is called when
    the solver has the model. ``is_simplex``: by the simplex, however large the month is.

    HiGHS keeps to the time but does not listen to ``cancelled``: who gives up on it does not wait for it.
    """
    deadline = time.monotonic() + seconds
    try:
        model = as_linear(encoder.model.proto, cancelled)
    except Abandoned:
        return None
    if model is None or cancelled():
        return None
    interrupter, done = SolveInterrupter(), threading.Event()
    guard = threading.Thread(target=_interrupt_when, args=(interrupter, done, cancelled), daemon=True)
    guard.start()
    try:
        limits = SolveParametersProto(highs=HighsOptionsProto(string_options={"solver": "ipm"}))
        limits.time_limit.FromTimedelta(timedelta(seconds=max(0.1, deadline - time.monotonic())))
        on_start()
        solved = solver.solve(
            model,
            SOLVER_TYPE_GLOP if is_simplex or len(encoder.choices) <= GLOP_CELLS else SOLVER_TYPE_HIGHS,
            SolverInitializerProto(),
            limits,
            ModelSolveParametersProto(),
            None,
            CallbackRegistrationProto(),
            None,
            interrupter.pybind_interrupter,
        )
    finally:
        done.set()
        guard.join()
    termination = solved.termination
    if termination.reason != TERMINATION_REASON_OPTIMAL:
        return None
    bound = termination.objective_bounds.dual_bound
    shares = solved.solutions[0].primal_solution.variable_values.values
    sure = bound - TOLERANCE * max(1.0, abs(bound))
    reduced = solved.solutions[0].dual_solution.reduced_costs.values
    return Relaxed(reachable(sure, encoder.model.proto.objective), _support(encoder, shares), sure, reduced)


def decided(encoder: Encoder, relaxed: Relaxed, points: int) -> Decided:
    """What the relaxation of that model says of all schedules that cost no more than these points: each unit of a variable adds its reduced cost
    to the bound, so that what would pass the points is in none of them."""
    most = points - relaxed.sure + ROUNDING

    def is_out(variable: int) -> bool:
        return relaxed.reduced[variable] > most

    choices = [
        tuple(each for each, literal in zip(options, literals, strict=True) if not is_out(literal.index))
        if (literals := encoder.literals[cell])
        else options
        for cell, options in enumerate(encoder.choices)
    ]
    strict = (number for number, slacks in encoder.slacks_of.items() if all(map(is_out, slacks)))
    return Decided(choices, frozenset(strict))


def reachable(bound: float, objective: Any) -> float:
    """The least value from that bound on that an objective (CP-SAT's own proto class) of whole numbers can have: its factors have a divisor."""
    step = gcd(*objective.coeffs)
    return bound if not step else objective.offset + step * ceil((bound - objective.offset) / step)


def _interrupt_when(interrupter: SolveInterrupter, done: threading.Event, cancelled: Callable[[], bool]) -> None:
    while not done.wait(0.1):
        if cancelled():
            interrupter.interrupt()
            return


def _support(encoder: Encoder, shares: Sequence[float]) -> list[tuple[State, ...]]:
    used = []
    for cell, choices in enumerate(encoder.choices):
        literals = encoder.literals[cell]
        kept = tuple(choice for choice, literal in zip(choices, literals, strict=False) if shares[literal.index] > USED)
        used.append(kept if literals else choices)
    return used


def as_linear(proto: Any, cancelled: Callable[[], bool] = lambda: False) -> ModelProto | None:
    """CP-SAT's model (its own proto class) as a linear programme; None if it holds something else than exactly-one and linear constraints.
    Raises :class:`Abandoned` when ``cancelled`` says so on the way."""
    if not all(map(is_row, proto.constraints)):
        return None
    costs = {
        column: float(cost) for column, cost in sorted(zip(proto.objective.vars, proto.objective.coeffs, strict=True))
    }
    if any(column < 0 for column in costs):
        return None
    model = as_model([domain_of(each) for each in proto.variables], _rows(proto, cancelled), costs)
    model.objective.offset = proto.objective.offset
    return model


def _rows(proto: Any, cancelled: Callable[[], bool]) -> Iterator[Row]:
    for number, constraint in enumerate(proto.constraints):
        if number % ASK_EVERY == 0 and cancelled():
            raise Abandoned
        yield row_of(constraint)

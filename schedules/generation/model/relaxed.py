"""The linear relaxation of a month: a bound that means something within seconds, and the choices that matter.

The model with fractions allowed is nearly whole, but CP-SAT's own relaxation of 300 people never comes to an end at its root. A
linear solver has it in seconds: its value bounds every schedule from below, and a choice that it does not use is rarely in a good one.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ortools.math_opt.model_pb2 import ModelProto
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter

from schedules.generation.kinds import State
from schedules.generation.model.encode import Encoder
from schedules.generation.model.linear import as_model, domain_of, is_row, row_of

GLOP_CELLS = 3_500
"""Up to so many cells the simplex is the faster method; above it the interior point."""

USED = 1e-4
"""From this share on the relaxation makes use of a choice."""

TOLERANCE = 1e-6
"""The share of a bound by which a linear solver may be off."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``bound``: no schedule costs less. ``support``: the choices of each cell that the relaxation uses."""

    bound: float
    support: list[tuple[State, ...]]


def nothing() -> None:
    """For those who need not know when the model has been handed over."""


def relax(
    encoder: Encoder, seconds: float, cancelled: Callable[[], bool], on_start: Callable[[], None] = nothing
) -> Relaxed | None:
    """The relaxation of a whole month; None where the model is not linear, or nothing was found in time. ``on_start`` is called when
    the solver has the model.

    HiGHS keeps to the time but does not listen to ``cancelled``: who gives up on it does not wait for it.
    """
    deadline = time.monotonic() + seconds
    model = as_linear(encoder.model.proto)
    if model is None or cancelled():
        return None
    solver = mathopt.SolverType.GLOP if len(encoder.choices) <= GLOP_CELLS else mathopt.SolverType.HIGHS
    highs = highs_pb2.HighsOptionsProto()
    highs.string_options["solver"] = "ipm"
    interrupter, done = SolveInterrupter(), threading.Event()
    guard = threading.Thread(target=_interrupt_when, args=(interrupter, done, cancelled), daemon=True)
    guard.start()
    try:
        linear = mathopt.Model.from_model_proto(model)
        left = timedelta(seconds=max(0.1, deadline - time.monotonic()))
        limit = mathopt.SolveParameters(time_limit=left, highs=highs)
        on_start()
        solved = mathopt.solve(linear, solver, params=limit, interrupter=interrupter)
    finally:
        done.set()
        guard.join()
    if solved.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return None
    shares = solved.variable_values(list(linear.variables()))
    bound = solved.dual_bound()
    return Relaxed(bound - TOLERANCE * max(1.0, abs(bound)), _support(encoder, shares))


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


def as_linear(proto: Any) -> ModelProto | None:
    """CP-SAT's model (its own proto class) as a linear programme; None if it holds something else than exactly-one and linear constraints."""
    if not all(map(is_row, proto.constraints)):
        return None
    costs = {
        column: float(cost) for column, cost in sorted(zip(proto.objective.vars, proto.objective.coeffs, strict=True))
    }
    if any(column < 0 for column in costs):
        return None
    model = as_model([domain_of(each) for each in proto.variables], map(row_of, proto.constraints), costs)
    model.objective.offset = proto.objective.offset
    return model

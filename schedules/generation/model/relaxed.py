"""The linear relaxation of a month: a bound that means something within seconds, and the choices that matter.

The model with fractions allowed is nearly whole, but CP-SAT's own relaxation of 300 people never comes to an end at its root. A
linear solver has it in seconds: its value bounds every schedule from below, and a choice that it does not use is rarely in a good one.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, gcd
from typing import Any, NamedTuple

from ortools.math_opt.model_pb2 import ModelProto

from schedules.generation.kinds import State
from schedules.generation.model.encode import ASK_EVERY, Abandoned, Encoder
from schedules.generation.model.linear import Row, as_model, domain_of, is_row, row_of
from schedules.generation.model.linear_solver import Solved, optimum

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
    """``bound``: no schedule costs less. ``support``: the choices of each cell that the relaxation uses. ``sure``: the bound before it was raised to what
    can be reached. ``model`` is the programme, ``solved`` its optimum."""

    bound: float
    support: list[tuple[State, ...]]
    sure: float
    model: ModelProto
    solved: Solved


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
    if model is None:
        return None
    is_simplex = is_simplex or len(encoder.choices) <= GLOP_CELLS
    solved = optimum(model, deadline - time.monotonic(), cancelled, on_start, is_simplex=is_simplex)
    if solved is None:
        return None
    sure = solved.value - TOLERANCE * max(1.0, abs(solved.value))
    bound = reachable(sure, encoder.model.proto.objective)
    return Relaxed(bound, _support(encoder, solved.columns), sure, model, solved)


def decided(encoder: Encoder, relaxed: Relaxed, points: int) -> Decided:
    """What the relaxation of that model says of all schedules that cost no more than these points: each unit of a variable adds its reduced cost
    to the bound, so that what would pass the points is in none of them."""
    most = points - relaxed.sure + ROUNDING

    def is_out(variable: int) -> bool:
        return relaxed.solved.reduced[variable] > most

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

"""From the relaxation of a large month to a whole schedule: what it has decided stays, and the rest is small.

A vertex that the interior point's crossover comes to has far more fractions than are needed: with all whole cells held, the simplex finds one of the same
value with a third of them (100 people × 62 days: 2,109 of 6,200 cells, then 727). CP-SAT decides these within a second or two, where it takes ten to a first
schedule among the choices that the relaxation uses.
"""

from collections.abc import Callable, Sequence

from ortools.math_opt.model_pb2 import ModelProto

from schedules.generation.kinds import State
from schedules.generation.model.encode import Encoder
from schedules.generation.model.linear_solver import optimum
from schedules.generation.model.relaxed import Relaxed, nothing

WHOLE = 1 - 1e-6
"""From this share on a choice is the only one of its cell."""


def settled(
    encoder: Encoder, relaxed: Relaxed, seconds: float, cancelled: Callable[[], bool]
) -> list[tuple[State, ...]] | None:
    """The choices of each cell: one alone where the relaxation has decided, all others elsewhere. None where that was not found in time."""
    held = ModelProto()
    held.CopyFrom(relaxed.model)
    for column in _whole(encoder, relaxed.solved.columns):
        held.variables.lower_bounds[column] = 1.0
    solved = optimum(held, seconds, cancelled, nothing, is_simplex=True)
    if solved is None:
        return None
    chosen = _whole(encoder, solved.columns)
    return [_left(encoder, cell, chosen) for cell in range(len(encoder.choices))]


def _whole(encoder: Encoder, columns: Sequence[float]) -> set[int]:
    return {
        literal.index
        for literals in encoder.literals.values()
        for literal in literals
        if columns[literal.index] >= WHOLE
    }


def _left(encoder: Encoder, cell: int, chosen: set[int]) -> tuple[State, ...]:
    options = encoder.choices[cell]
    alone = [
        option for option, literal in zip(options, encoder.literals[cell], strict=False) if literal.index in chosen
    ]
    return tuple(alone) or options

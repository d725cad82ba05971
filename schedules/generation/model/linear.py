"""CP-SAT's constraints, read as rows of a linear programme."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ortools.math_opt.model_pb2 import ModelProto

INFINITE = float("inf")
UNBOUNDED = 10**15
"""CP-SAT's integers beyond this stand for no bound."""


class Row(NamedTuple):
    """``low`` ≤ the sum of ``entries`` (factors by column) ≤ ``high``."""

    low: float
    high: float
    entries: dict[int, float]


def row_of(constraint: Any) -> Row | None:
    """An exactly-one or linear constraint (CP-SAT's own proto class) as a row, without what it is enforced by; None for any other."""
    if constraint.has_exactly_one():
        return _exactly_one(constraint.exactly_one.literals)
    if not constraint.has_linear():
        return None
    linear = constraint.linear
    entries: dict[int, float] = {}
    for column, factor in zip(linear.vars, linear.coeffs, strict=True):
        entries[column] = entries.get(column, 0.0) + factor
    low, high = linear.domain[0], linear.domain[len(linear.domain) - 1]
    return Row(-INFINITE if low < -UNBOUNDED else float(low), INFINITE if high > UNBOUNDED else float(high), entries)


def _exactly_one(literals: Sequence[int]) -> Row:
    """Of literals one is true; a negated one is 1 without its variable."""
    entries: dict[int, float] = {}
    for literal in literals:
        column, factor = (literal, 1.0) if literal >= 0 else (-literal - 1, -1.0)
        entries[column] = entries.get(column, 0.0) + factor
    wanted = 1.0 - sum(literal < 0 for literal in literals)
    return Row(wanted, wanted, entries)


def domain_of(variable: Any) -> tuple[float, float]:
    """The least and the greatest value of a variable (CP-SAT's own proto class)."""
    return float(variable.domain[0]), float(variable.domain[len(variable.domain) - 1])


def as_model(domains: Sequence[tuple[float, float]], rows: Sequence[Row], costs: Mapping[int, float]) -> ModelProto:
    """The programme of these columns and rows that makes the ``costs`` (by column, in order) least."""
    model = ModelProto()
    model.variables.ids.extend(range(len(domains)))
    model.variables.lower_bounds.extend(low for low, _ in domains)
    model.variables.upper_bounds.extend(high for _, high in domains)
    model.variables.integers.extend([False] * len(domains))
    model.linear_constraints.ids.extend(range(len(rows)))
    model.linear_constraints.lower_bounds.extend(row.low for row in rows)
    model.linear_constraints.upper_bounds.extend(row.high for row in rows)
    matrix = model.linear_constraint_matrix
    for number, row in enumerate(rows):
        columns = sorted(row.entries)
        matrix.row_ids.extend([number] * len(columns))
        matrix.column_ids.extend(columns)
        matrix.coefficients.extend([row.entries[column] for column in columns])
    model.objective.linear_coefficients.ids.extend(costs)
    model.objective.linear_coefficients.values.extend(costs.values())
    return model

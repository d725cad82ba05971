"""CP-SAT's constraints, read as rows of a linear programme."""

from collections.abc import Iterable, Mapping, Sequence
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


def is_row(constraint: Any) -> bool:
    """Whether a constraint is exactly-one or linear, and holds always."""
    return not len(constraint.enforcement_literal) and (constraint.has_exactly_one() or constraint.has_linear())


def row_of(constraint: Any) -> Row:
    """An exactly-one or linear constraint (CP-SAT's own proto class) as a row, without what it is enforced by."""
    if constraint.has_exactly_one():
        return _exactly_one(constraint.exactly_one.literals)
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


def as_model(domains: Sequence[tuple[float, float]], rows: Iterable[Row], costs: Mapping[int, float]) -> ModelProto:
    """The programme of these columns and rows that makes the ``costs`` (by column, in order) least. Of a month the rows take more memory than
    the model, so each is let go when it is written."""
    model = ModelProto()
    model.variables.ids.extend(range(len(domains)))
    model.variables.lower_bounds.extend(low for low, _ in domains)
    model.variables.upper_bounds.extend(high for _, high in domains)
    model.variables.integers.extend([False] * len(domains))
    constraints, matrix = model.linear_constraints, model.linear_constraint_matrix
    for number, (low, high, entries) in enumerate(rows):
        constraints.ids.append(number)
        constraints.lower_bounds.append(low)
        constraints.upper_bounds.append(high)
        columns = sorted(entries)
        matrix.row_ids.extend([number] * len(columns))
        matrix.column_ids.extend(columns)
        matrix.coefficients.extend([entries[column] for column in columns])
    model.objective.linear_coefficients.ids.extend(costs)
    model.objective.linear_coefficients.values.extend(costs.values())
    return model

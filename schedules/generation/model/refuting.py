"""Which hard rules contradict each other, shown by linear programming: what a sum over the month shows, it shows at once.

Every row of a held unit has a slack that costs 1. Where the least cost is above 0, the multipliers of the rows say which units contradict
each other, and that is checked in whole numbers: their sum asks for more than the choices of all cells can give. Where the
cost is 0, the solution is often a whole schedule that keeps them all.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from ortools.math_opt.callback_pb2 import CallbackRegistrationProto
from ortools.math_opt.core.python import solver
from ortools.math_opt.model_parameters_pb2 import ModelSolveParametersProto
from ortools.math_opt.model_pb2 import ModelProto
from ortools.math_opt.model_update_pb2 import ModelUpdateProto
from ortools.math_opt.parameters_pb2 import (
    EMPHASIS_OFF,
    SOLVER_TYPE_GLOP,
    SolveParametersProto,
    SolverInitializerProto,
)
from ortools.math_opt.result_pb2 import TERMINATION_REASON_OPTIMAL
from ortools.math_opt.sparse_containers_pb2 import SparseDoubleVectorProto, SparseVectorFilterProto

from schedules.generation.model.allowance import Allowance
from schedules.generation.model.encode import Encoder
from schedules.generation.model.linear import INFINITE, Row, as_model, domain_of, row_of

NOTHING = 1e-6
"""Up to here a cost of the linear solver is 0."""

PARTS = 720_720
"""Multipliers are rounded to such parts: all shares down to sixteenths are whole."""

Unit = Hashable


class Held(NamedTuple):
    """A row that holds only while its unit does; without a unit always."""

    unit: Unit | None
    row: Row


@dataclass(frozen=True)
class System:
    """The hard terms of a model. ``cells``: the columns of each cell's choices, of which one is 1; ``domains`` are those of all columns;
    ``impossible``: units that no choice can keep."""

    rows: Sequence[Held]
    cells: Mapping[int, Sequence[int]]
    domains: Sequence[tuple[float, float]]
    impossible: Sequence[Unit]

    @classmethod
    def of(cls, encoder: Encoder) -> "System":
        """The model of an encoder whose hard terms are assumed."""
        proto = encoder.model.proto
        units = {variable.index: unit for unit, variable in encoder.assumptions.items()}
        rows, impossible = list[Held](), list[Unit]()
        for constraint in proto.constraints:
            if constraint.has_bool_or():
                impossible.extend(units[-literal - 1] for literal in constraint.bool_or.literals)
            elif not constraint.has_exactly_one():
                enforced = constraint.enforcement_literal
                rows.append(Held(units[enforced[0]] if len(enforced) else None, row_of(constraint)))
        cells = {cell: tuple(each.index for each in literals) for cell, literals in encoder.literals.items()}
        return cls(rows, cells, [domain_of(each) for each in proto.variables], impossible)

    def of_units(self, units: Collection[Unit]) -> "System":
        """The rows of these units alone, and what the columns of theirs that are no choices depend on."""
        choices = {column for columns in self.cells.values() for column in columns}
        kept = {number for number, each in enumerate(self.rows) if each.unit in units}
        wanted: set[int] = set()
        while True:
            own = {column for number in kept for column in self.rows[number].row.entries} - choices
            if own <= wanted:
                return System([self.rows[number] for number in sorted(kept)], self.cells, self.domains, ())
            wanted |= own
            free = (number for number, each in enumerate(self.rows) if each.unit is None)
            kept |= {number for number in free if not wanted.isdisjoint(self.rows[number].row.entries)}


class Refuted(NamedTuple):
    """These units cannot all hold."""

    units: frozenset[Unit]


class Kept(NamedTuple):
    """The linear programme keeps all units; ``chosen``: which choice of each cell it leans to."""

    chosen: dict[int, int]


class Columns:
    """The columns of a linear programme: of each cell's choices one for those that count alike in all rows, and none for those that count
    in no row."""

    def __init__(self, system: System) -> None:
        counted: dict[int, list[tuple[int, float]]] = {}
        for number, each in enumerate(system.rows):
            for column, factor in each.row.entries.items():
                counted.setdefault(column, []).append((number, factor))
        self.domains: list[tuple[float, float]] = []
        self.number: dict[int, int] = {}
        self.once: list[Row] = []
        """One choice of each cell."""
        self.choice: dict[int, tuple[int, int]] = {}
        """By column: its cell, and which of the cell's choices it is."""
        self.rest: dict[int, int] = {}
        """By cell: a choice that counts nowhere."""
        in_cells = set[int]()
        for cell, columns in system.cells.items():
            in_cells.update(columns)
            if any(column in counted for column in columns):
                self._cell(cell, columns, counted)
        for column in counted:
            if column not in in_cells:
                self.number[column] = self._add(system.domains[column])

    def _cell(self, cell: int, columns: Sequence[int], counted: Mapping[int, list[tuple[int, float]]]) -> None:
        alike: dict[tuple[tuple[int, float], ...], int] = {}
        for choice, column in enumerate(columns):
            if column not in counted:
                self.rest[cell] = choice
            elif (key := tuple(counted[column])) not in alike:
                alike[key] = self.number[column] = self._add((0.0, 1.0))
                self.choice[alike[key]] = (cell, choice)
        if cell not in self.rest or len(alike) > 1:
            least = -INFINITE if cell in self.rest else 1.0
            self.once.append(Row(least, 1.0, dict.fromkeys(alike.values(), 1.0)))

    def _add(self, domain: tuple[float, float]) -> int:
        self.domains.append(domain)
        return len(self.domains) - 1


class Refuter:
    """Questions about one system, each answered from where the one before ended.

    MathOpt is spoken to in its protos: its Python objects take twice as long to read an answer as GLOP takes to find it.
    """

    def __init__(self, system: System, allowance: Allowance) -> None:
        self.system = system
        self.allowance = allowance
        self._columns = Columns(system)
        self._slacks: dict[int, int] = {}
        self._held: set[Unit] = {each.unit for each in system.rows if each.unit is not None}
        self._solver = solver.new(SOLVER_TYPE_GLOP, self._model(), SolverInitializerProto())
        nonzero = SparseVectorFilterProto(skip_zero_values=True)
        self._wanted = ModelSolveParametersProto(
            variable_values_filter=nonzero,
            dual_values_filter=nonzero,
            reduced_costs_filter=SparseVectorFilterProto(filter_by_ids=True),
        )

    def _model(self) -> ModelProto:
        columns = self._columns
        domains, rows = list(columns.domains), list[Row]()
        for number, (unit, row) in enumerate(self.system.rows):
            entries = {columns.number[c]: factor for c, factor in row.entries.items() if c in columns.number}
            if unit is not None:
                self._slacks[number] = len(domains)
                entries[len(domains)] = 1.0 if row.high == INFINITE else -1.0
                domains.append((0.0, INFINITE))
            rows.append(row._replace(entries=entries))
        return as_model(domains, [*rows, *columns.once], dict.fromkeys(sorted(self._slacks.values()), 1.0))

    def ask(self, units: Collection[Unit]) -> Refuted | Kept | None:
        """Can these units hold together, as far as fractions of choices go? None: it was not found out."""
        self._hold(set(units))
        left = self.allowance.left()
        if left <= 0:
            return None
        limits = SolveParametersProto(presolve=EMPHASIS_OFF)  # it would lose where the question before ended
        limits.time_limit.FromTimedelta(timedelta(seconds=left))
        found = self._solver.solve(limits, self._wanted, None, CallbackRegistrationProto(), None, None)
        if found.termination.reason != TERMINATION_REASON_OPTIMAL:
            return None
        solution = found.solutions[0]
        if solution.primal_solution.objective_value <= NOTHING:
            return Kept(self._chosen(solution.primal_solution.variable_values))
        return self._checked(solution.dual_solution.dual_values)

    def _hold(self, units: set[Unit]) -> None:
        changed = units ^ self._held
        update = ModelUpdateProto()
        costs = update.objective_updates.linear_coefficients
        for number, slack in self._slacks.items():
            unit = self.system.rows[number].unit
            if unit in changed:
                costs.ids.append(slack)
                costs.values.append(float(unit in units))
        self._solver.update(update)
        self._held = units

    def _chosen(self, values: SparseDoubleVectorProto) -> dict[int, int]:
        chosen = dict(self._columns.rest)
        most: dict[int, float] = {}
        for column, value in zip(values.ids, values.values, strict=True):
            cell, choice = self._columns.choice.get(column, (None, 0))
            if cell is not None and value > most.get(cell, 0.5 if cell in self._columns.rest else 0.0):
                most[cell], chosen[cell] = value, choice
        return chosen

    def _checked(self, multipliers: SparseDoubleVectorProto) -> Refuted | None:
        """The units whose rows contradict each other: multiplied and added up they ask for more than all cells can give."""
        total, wanted, units = Counter[int](), 0, set[Unit]()
        for number, multiplier in zip(multipliers.ids, multipliers.values, strict=True):
            if number >= len(self.system.rows):
                break  # one choice of each cell: that is counted below
            each, parts = self.system.rows[number], round(multiplier * PARTS)
            bound = each.row.low if parts > 0 else each.row.high
            if parts == 0 or abs(bound) == INFINITE:
                continue
            wanted += parts * round(bound)
            if each.unit is not None:
                units.add(each.unit)
            for column, factor in each.row.entries.items():
                total[column] += parts * round(factor)
        return Refuted(frozenset(units)) if self._most(total) < wanted else None

    def _most(self, total: Mapping[int, int]) -> int:
        """The most that this sum can be."""
        most, left = 0, dict(total)
        for columns in self.system.cells.values():
            if columns:
                most += max(left.pop(column, 0) for column in columns)
        for column, factor in left.items():
            low, high = self.system.domains[column]
            most += max(factor * round(low), factor * round(high))
        return most

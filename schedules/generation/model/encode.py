"""The terms of a problem as a CP-SAT model: one Boolean for each cell and choice, exactly one of them true.

Every term becomes linear constraints with a slack that counts its amount; where the amount is itself linear (a bound that
cannot be passed, such as "none of this") there is neither slack nor constraint, only a cost. How hard terms are held is
the encoder's ``Hard`` mode: with slack (to be minimised), strictly, or under an assumption for each rule (to explain).
"""

from collections import Counter
from collections.abc import Callable, Container, Hashable, Sequence
from enum import Enum, auto
from operator import itemgetter
from typing import NamedTuple

from ortools.sat.python import cp_model

from schedules.generation.compiled import Compiled, no_collection, sum_count
from schedules.generation.kinds import State
from schedules.generation.matching import filled
from schedules.generation.terms import Blocks, Competition, Count, Pattern, Places, Ref, Spread, Term, Tier

Sums = Sequence[int]

ASK_EVERY = 1000
"""Cells, or terms, between two looks at whether the model is still wanted."""


class Abandoned(Exception):
    """The model is wanted no more: the run was cancelled while it was being built."""


class Hard(Enum):
    """How the hard terms are held."""

    SLACK = auto()
    STRICT = auto()
    ASSUMED = auto()


class Linear:
    """A linear expression over literals, with its range."""

    __slots__ = ("constant", "factors", "least", "literals", "most")

    def __init__(self, constant: int) -> None:
        self.literals: list[cp_model.IntVar] = []
        self.factors: list[int] = []
        self.constant = self.least = self.most = constant

    def shift(self, by: int) -> None:
        """Adds a constant."""
        self.constant += by
        self.least += by
        self.most += by

    def negated(self) -> "Linear":
        """The same with all signs changed."""
        other = Linear(-self.constant)
        other.literals, other.factors = self.literals, [-factor for factor in self.factors]
        other.least, other.most = -self.most, -self.least
        return other

    def expression(self) -> cp_model.LinearExpr:
        """The sum as CP-SAT takes it."""
        return cp_model.LinearExpr.weighted_sum(self.literals, self.factors) + self.constant


class Slack(NamedTuple):
    """A variable of a term and how its value follows from the sums of a schedule."""

    variable: cp_model.IntVar
    value: Callable[[Sums], int]


class Compared(NamedTuple):
    """A number that is compared with others: its expression, its range, and how its value follows from the sums of a schedule."""

    expression: cp_model.LinearExpr
    low: int
    high: int
    value: Callable[[Sums], int]


class Part(NamedTuple):
    """Some free cells of a schedule; all its other cells stay. ``sums`` are those of the whole schedule."""

    free: Sequence[int]
    states: Sequence[State]
    sums: Sums


class Encoder:
    """A CP-SAT model of a problem, or of a ``part`` of it: then only the terms that its free cells touch are there, and
    the penalty leaves out what the others cost. ``group_of`` names the assumption under which a hard term holds (``Hard.ASSUMED``);
    a term that it answers None for is left out. The ``strict`` terms (by number), if they are hard, are held strictly in any mode. Terms that no choice can change are left out always. Raises
    :class:`Abandoned` when ``cancelled`` says so on the way."""

    def __init__(
        self,
        compiled: Compiled,
        choices: Sequence[tuple[State, ...]],
        *,
        hard: Hard = Hard.SLACK,
        soft: bool = True,
        group_of: Callable[[int, Term], Hashable | None] | None = None,
        part: Part | None = None,
        strict: Container[int] = (),
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.compiled = compiled
        self.choices = choices
        self.hard = hard
        self.part = part
        self.cells = range(len(choices)) if part is None else part.free
        self.model = cp_model.CpModel()
        self.literals = {cell: self._cell(choices[cell]) for cell in self.cells}
        self.slacks: list[Slack] = []
        self.cost: dict[Tier, Counter[int]] = {tier: Counter() for tier in Tier}
        self.base: dict[Tier, int] = dict.fromkeys(Tier, 0)
        self.assumptions: dict[Hashable, cp_model.IntVar] = {}
        self._variables: dict[int, cp_model.IntVar] = {}
        self._takes: dict[int, list[Linear]] = {}
        self.slacks_of: dict[int, list[int]] = {}
        """The slacks of each hard term that has some, by the number of the term: which variables of the model."""
        self._group_of = group_of
        self._held = strict
        self._number = 0
        self._enforce: cp_model.IntVar | None = None
        self._cancelled = cancelled
        with no_collection():
            self._encode(soft=soft)

    def _encode(self, *, soft: bool) -> None:
        self._sums = self._linear_sums()
        for index, number in enumerate(self._touched_terms()):
            self._ask(index)
            term = self.compiled.terms[number]
            if soft or term.rule.tier is Tier.HARD:
                self._term(number, term)

    def _ask(self, index: int) -> None:
        if index % ASK_EVERY == 0 and self._cancelled():
            raise Abandoned

    def _touched_terms(self) -> Sequence[int]:
        if self.part is None:
            return range(len(self.compiled.terms))
        return sorted({touch[0] for cell in self.cells for touch in self.compiled.touching[cell]})

    def _cell(self, options: tuple[State, ...]) -> list[cp_model.IntVar]:
        if len(options) < 2:
            return []
        literals = [self.model.new_bool_var("") for _ in options]
        self.model.add_exactly_one(literals)
        return literals

    def _linear_sums(self) -> dict[int, Linear]:
        """Every sum of the terms as an expression; in each cell the commonest factor is the constant (since exactly one
        choice holds), which leaves the fewest literals."""
        sums = self._starting_sums()
        for index, cell in enumerate(self.cells):
            self._ask(index)
            vectors = [self.compiled.vector(state) for state in self.choices[cell]]
            for _, position, measure, factor in self.compiled.touching[cell]:
                self._add_cell(sums[position], self.literals[cell], [vector[measure] * factor for vector in vectors])
        return sums

    def _starting_sums(self) -> dict[int, Linear]:
        """The sums without the free cells."""
        if self.part is None:
            return {position: Linear(constant) for position, constant in enumerate(self.compiled.constants)}
        sums: dict[int, Linear] = {}
        for number in self._touched_terms():
            term = self.compiled.terms[number]
            first = self.compiled.offsets[number]
            for position in range(first, first + sum_count(term)):
                sums[position] = Linear(self.part.sums[position])
        for cell in self.cells:
            vector = self.compiled.vector(self.part.states[cell])
            for _, position, measure, factor in self.compiled.touching[cell]:
                sums[position].shift(-vector[measure] * factor)
        return sums

    @staticmethod
    def _add_cell(into: Linear, literals: list[cp_model.IntVar], values: list[int]) -> None:
        low, high = min(values), max(values)
        into.least += low
        into.most += high
        usual = low if low == high else max(values, key=values.count)
        into.constant += usual
        if low != high:
            for literal, value in zip(literals, values, strict=True):
                if value != usual:
                    into.literals.append(literal)
                    into.factors.append(value - usual)

    def _term(self, number: int, term: Term) -> None:
        self._number = number
        if self.hard is Hard.ASSUMED and term.rule.tier is Tier.HARD:
            group = self._group_of(number, term) if self._group_of else term.rule
            if group is None:
                return
            self._enforce = self._assumption(group)
        offset = self.compiled.offsets[number]
        if isinstance(term, Count):
            self._count(term, offset)
        elif isinstance(term, Pattern):
            self._above(term, self._sums[offset], len(term.refs) - 1, _over(offset, len(term.refs) - 1))
        elif isinstance(term, Blocks):
            self._blocks(term, offset)
        elif isinstance(term, Places):
            self._places(term, offset)
        else:
            self._spread(term, offset)
        self._enforce = None

    def _assumption(self, group: Hashable) -> cp_model.IntVar:
        if group not in self.assumptions:
            self.assumptions[group] = self.model.new_bool_var("")
        return self.assumptions[group]

    def _count(self, term: Count, offset: int) -> None:
        linear = self._sums[offset]
        if term.when:
            self._guarded(term, offset)
            return
        if term.high is not None:
            self._above(term, linear, term.high, _over(offset, term.high))
        if term.low is not None:
            self._above(term, linear.negated(), -term.low, _under(offset, term.low))

    def _above(self, term: Term, linear: Linear, high: int, value: Callable[[Sums], int]) -> None:
        """Charges what ``linear`` has above ``high``."""
        if linear.most <= high:
            return
        if self._strict(term):
            self._hold_below(linear, high)
        elif linear.least >= high:
            self._charge_linear(term, linear, high)
        else:
            slack = self._slack(term, linear.most - high, value)
            self.model.add(linear.expression() - slack <= high)

    def _guarded(self, term: Count, offset: int) -> None:
        """Bounds that only bind if one of the ``when`` cells counts: relaxed by the greatest excess otherwise."""
        linear, trigger = self._sums[offset], self._sums[offset + 1]
        if trigger.most <= 0 or term.high is None or linear.most <= term.high:
            return
        excess, high = linear.most - term.high, term.high
        active = self._variable(1, lambda sums: int(sums[offset + 1] > 0))
        self.model.add(trigger.expression() <= trigger.most * active)
        relaxed = linear.expression() + excess * active
        if self._strict(term):
            self._hold(relaxed <= high + excess)
        else:
            slack = self._slack(term, excess, lambda sums: max(0, sums[offset] - high) if sums[offset + 1] > 0 else 0)
            self.model.add(relaxed - slack <= high + excess)

    def _blocks(self, term: Blocks, offset: int) -> None:
        """One variable for each set of cells, true where one of them counts."""
        counted = Linear(term.constant)
        for position in range(offset, offset + len(term.rows)):
            block = self._sums[position]
            if block.least > 0:
                counted.shift(1)
            elif block.most > 0:
                counted.literals.append(
                    self._any_of(term.rows[position - offset], position, exactly=term.low is not None)
                )
                counted.factors.append(1)
                counted.most += 1
        span = slice(offset, offset + len(term.rows))
        if term.high is not None:
            self._above(term, counted, term.high, lambda sums: term.amount(sums[span]))
        if term.low is not None:
            self._above(term, counted.negated(), -term.low, lambda sums: term.amount(sums[span]))

    def _places(self, term: Places, offset: int) -> None:
        """The places of one kind, filled by what the kinds divide among themselves."""
        if id(term.of) not in self._takes:
            self._takes[id(term.of)] = self._divided(term.of, offset)
        span, of, kind = slice(offset, offset + len(term.rows)), term.of, term.kind

        def empty(sums: Sums) -> int:
            return filled(of.wanted, of.masks, tuple(sums[span])).missing[kind]

        self._above(term, self._takes[id(of)][kind].negated(), -term.low, empty)

    def _divided(self, of: Competition, offset: int) -> list[Linear]:
        """How many places of each kind are filled: of each set of people so many take each kind, and no more in all than there are.

        A number for each set and kind, not a choice for each person: who of a set fills which place makes no difference."""
        takes = [Linear(0) for _ in of.wanted]
        span = slice(offset, offset + len(of.masks))
        for row, mask in enumerate(of.masks):
            there = self._sums[offset + row]
            taken = []
            for kind, wanted in enumerate(of.wanted):
                most = min(wanted, there.most)
                if mask >> kind & 1 and most > 0:
                    taken.append(self._variable(most, _taken(of, span, row, kind)))
                    takes[kind].literals.append(taken[-1])
                    takes[kind].factors.append(1)
                    takes[kind].most += most
            if taken:
                self.model.add(cp_model.LinearExpr.sum(taken) <= there.expression())
        return takes

    def _any_of(self, refs: Sequence[Ref], position: int, *, exactly: bool = False) -> cp_model.IntVar:
        """A variable that is true where one of these cells counts, with ``exactly`` there alone. A constraint for each cell, not one for
        their sum: the relaxation is tighter for it."""
        counts = self._variable(1, lambda sums: int(sums[position] > 0))
        for ref in refs:
            cell = ref.row * self.compiled.width + ref.column
            literals = zip(self.literals.get(cell, ()), self.choices[cell], strict=False)
            counting = [literal for literal, state in literals if ref.measure.of(state) > 0]
            if counting:
                self.model.add(cp_model.LinearExpr.sum(counting) <= counts)
        if exactly:
            self.model.add(counts <= self._sums[position].expression())
        return counts

    def _spread(self, term: Spread, offset: int) -> None:
        span = slice(offset, offset + len(term.rows))
        rows = self._compared(term, span)
        whole = sum(term.shares) or 1
        low, high = min(row.low for row in rows), max(row.high for row in rows)
        if high - low <= term.tolerance * whole:
            return
        least = self._variable(high, lambda sums: min(row.value(sums) for row in rows), low)
        most = self._variable(high, lambda sums: max(row.value(sums) for row in rows), low)
        for row in rows:
            self.model.add(row.expression >= least)
            self.model.add(row.expression <= most)
        if self._strict(term):
            self._hold(most - least <= term.tolerance * whole)
            return
        slack = self._slack(term, -((low - high) // whole) - term.tolerance, lambda sums: term.amount(sums[span]))
        self.model.add(most - least - whole * slack <= term.tolerance * whole)

    def _compared(self, term: Spread, span: slice) -> list[Compared]:
        """The rows of a spread; with shares what each has above its part, times the sum of all shares."""
        places = range(span.start, span.stop)
        sums = [self._sums[place] for place in places]
        if not term.shares:
            return [
                Compared(own.expression(), own.least, own.most, itemgetter(place))
                for own, place in zip(sums, places, strict=True)
            ]
        whole, low, high = sum(term.shares), sum(own.least for own in sums), sum(own.most for own in sums)
        total = self._variable(high, lambda sums: sum(sums[span]), low)
        self.model.add(sum(own.expression() for own in sums) == total)

        def above(own: Linear, share: int, place: int) -> Compared:
            expression = whole * own.expression() - share * total
            least, most = whole * own.least - share * high, whole * own.most - share * low
            return Compared(expression, least, most, lambda sums: whole * sums[place] - share * sum(sums[span]))

        return [above(*each) for each in zip(sums, term.shares, places, strict=True)]

    def _strict(self, term: Term) -> bool:
        return term.rule.tier is Tier.HARD and (self.hard is not Hard.SLACK or self._number in self._held)

    def _hold_below(self, linear: Linear, high: int) -> None:
        if linear.least <= high:
            self._hold(linear.expression() <= high)
        elif self._enforce is not None:
            self.model.add_bool_or([~self._enforce])
        else:
            self.model.add_bool_or([])

    def _hold(self, constraint: cp_model.BoundedLinearExpression | bool) -> None:
        added = self.model.add(constraint)
        if self._enforce is not None:
            added.only_enforce_if(self._enforce)

    def _charge_linear(self, term: Term, linear: Linear, high: int) -> None:
        rule = term.rule
        self.base[rule.tier] += rule.points * (linear.constant - high)
        for literal, factor in zip(linear.literals, linear.factors, strict=True):
            self._charge(rule.tier, literal, rule.points * factor)

    def _slack(self, term: Term, most: int, value: Callable[[Sums], int]) -> cp_model.IntVar:
        variable = self._variable(most, value)
        self._charge(term.rule.tier, variable, term.rule.points)
        if term.rule.tier is Tier.HARD:
            self.slacks_of.setdefault(self._number, []).append(variable.index)
        return variable

    def _variable(self, most: int, value: Callable[[Sums], int], least: int = 0) -> cp_model.IntVar:
        variable = self.model.new_bool_var("") if (least, most) == (0, 1) else self.model.new_int_var(least, most, "")
        self.slacks.append(Slack(variable, value))
        return variable

    def _charge(self, tier: Tier, variable: cp_model.IntVar, cost: int) -> None:
        self._variables[variable.index] = variable
        self.cost[tier][variable.index] += cost

    def penalty(self, *tiers: Tier) -> cp_model.LinearExpr:
        """The penalty points of these tiers, as the scorer counts them."""
        total: Counter[int] = Counter()
        for tier in tiers:
            total.update(self.cost[tier])
        variables = [self._variables[index] for index in total]
        constant = sum(self.base[tier] for tier in tiers)
        return cp_model.LinearExpr.weighted_sum(variables, list(total.values())) + constant

    def hint(self, states: Sequence[State], sums: Sums) -> None:
        """A schedule, with its sums, as a complete hint; to be given once."""
        for cell, literals in self.literals.items():
            for literal, option in zip(literals, self.choices[cell], strict=False):
                self.model.add_hint(literal, int(option == states[cell]))
        for slack in self.slacks:
            self.model.add_hint(slack.variable, slack.value(sums))

    def read(self, value: Callable[[cp_model.IntVar], int]) -> dict[int, State]:
        """The states of the cells in a solution, by number."""
        return {cell: self._chosen(cell, literals, value) for cell, literals in self.literals.items()}

    def _chosen(self, cell: int, literals: list[cp_model.IntVar], value: Callable[[cp_model.IntVar], int]) -> State:
        options = self.choices[cell]
        if not literals:
            return options[0]
        return next(option for option, literal in zip(options, literals, strict=True) if value(literal))


def _over(offset: int, high: int) -> Callable[[Sums], int]:
    return lambda sums: max(0, sums[offset] - high)


def _under(offset: int, low: int) -> Callable[[Sums], int]:
    return lambda sums: max(0, low - sums[offset])


def _taken(of: Competition, span: slice, row: int, kind: int) -> Callable[[Sums], int]:
    return lambda sums: filled(of.wanted, of.masks, tuple(sums[span])).flow[row][kind]

"""The periods before this one as far as shares are evened out over them: who had how much of what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schedules.generation.kinds import WORKING, Kind, ShiftTypes, State, permits
from schedules.generation.measures import OFF, shift
from schedules.generation.problem import NO_SHARE, PastShares, PriorityRule, Share, Staff, When
from schedules.generation.terms import Measure


def counted(shift_type: str) -> Measure:
    """What a rule about shares counts: days off by head, or cells of a shift type."""
    return OFF if shift_type == "off" else shift(shift_type)


def may_have(types: ShiftTypes, member: Staff, shift_type: str) -> bool:
    """Whether somebody works shifts of this type at all; days off everybody has."""
    kind = {"normal": Kind.NORMAL, "early": Kind.EARLY, "late": Kind.LATE}.get(shift_type)
    if kind is not None:
        return any(permits(member.allowed, each) for each in types.of_kind(kind))
    own = types.by_symbol.get(shift_type)
    return own is None or own.kind not in WORKING or permits(member.allowed, own)


@dataclass(frozen=True)
class PastPeriod:
    """A period before this one as it counts: what was published, or else its draft. ``states`` person by person."""

    staff: Sequence[Staff]
    days: Sequence[date]
    states: Sequence[State]
    types: ShiftTypes = field(default_factory=ShiftTypes)
    closed: frozenset[date] = frozenset()
    _known: dict[tuple[str, When], Mapping[str, Share]] = field(default_factory=dict, repr=False, compare=False)

    def shares(self, shift_type: str, when: When) -> Mapping[str, Share]:
        """What each person had on the open days that ``when`` names, while they were employed and worked such shifts."""
        key = (shift_type, when)
        if key not in self._known:
            self._known[key] = dict(self._each(shift_type, when))
        return self._known[key]

    def _each(self, shift_type: str, when: When) -> Iterable[tuple[str, Share]]:
        measure, width = counted(shift_type), len(self.days)
        named = [column for column, day in enumerate(self.days) if day not in self.closed and when.applies(day)]
        for row, member in enumerate(self.staff):
            held = [self.states[row * width + column] for column in named]
            able = sum(
                state.kind is not Kind.ABSENT and may_have(self.types, member.on(self.days[column]), shift_type)
                for state, column in zip(held, named, strict=True)
            )
            yield member.id, Share(sum(measure.of(state) for state in held), able)


def past_shares(rules: Iterable[PriorityRule], past: Sequence[PastPeriod]) -> dict[str, PastShares]:
    """By the id of each rule that looks back: what each person had in the periods that it looks back to, of which the latest is first."""
    looking = {rule: past[: rule.past_periods] for rule in rules if rule.past_periods}
    return {rule.id: _summed(rule, periods) for rule, periods in looking.items() if periods}


def _summed(rule: PriorityRule, past: Sequence[PastPeriod]) -> PastShares:
    total: dict[str, Share] = {}
    for period in past:
        for person, share in period.shares(rule.shift_type, rule.when).items():
            total[person] = total.get(person, NO_SHARE).plus(share)
    return PastShares(past[-1].days[0], total)

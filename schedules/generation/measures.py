"""What can be counted over a state."""

from functools import cache, lru_cache

from schedules.generation.kinds import BLANK, WORKING, Kind, ShiftTypes, State
from schedules.generation.terms import Measure

WORK = Measure("work", lambda state: int(state.works))
NORMAL = Measure("normal", lambda state: int(state.kind is Kind.NORMAL))
EARLY = Measure("early", lambda state: int(state.kind is Kind.EARLY))
LATE = Measure("late", lambda state: int(state.kind is Kind.LATE))
OFF = Measure("off", lambda state: int(state.off))
DESIGNATED = Measure("designated_off", lambda state: int(state.kind is Kind.DESIGNATED_OFF))
SPECIAL = Measure("special", lambda state: int(state.kind is Kind.SPECIAL))
NOT_OFF = Measure("not off", lambda state: int(state.kind not in (Kind.ABSENT, Kind.FREE, Kind.NOTE) and not state.off))
IDLE = Measure("idle", lambda state: int(state.kind in (Kind.OFF, Kind.FREE)))
FORBIDDEN = Measure("forbidden", lambda state: int(not state.allowed))
OUTSIDE = Measure("outside", lambda state: int(state.kind is Kind.ABSENT and state.value != ""))
HOME = Measure("home", lambda state: int(state.works and state.covers is None))
COVERING = Measure("covering", lambda state: int(state.covers is not None))
AWAY = Measure("off or early", lambda state: int(state.off or state.kind is Kind.EARLY))

BY_SHIFT = {
    "any": WORK,
    "work": WORK,
    "working": WORK,
    "normal": NORMAL,
    "early": EARLY,
    "late": LATE,
    "off": OFF,
    "designated_off": DESIGNATED,
    "special": SPECIAL,
}


@lru_cache(maxsize=4096)
def shift(name: str) -> Measure:
    """Cells of this shift type: a kind, ``any`` (= working), or one of the restaurant's own symbols."""
    return BY_SHIFT.get(name) or Measure(f"value {name}", lambda state: int(state.value == name))


@lru_cache(maxsize=4096)
def covers(group_id: str) -> Measure:
    """Cells of somebody who covers this group."""
    return Measure(f"covers {group_id}", lambda state: int(state.covers == group_id))


@lru_cache(maxsize=4096)
def differs(value: str, covered: str | None) -> Measure:
    """Cells that are not as they were."""
    return Measure(
        f"differs {value} {covered or ''}", lambda state: int(state.value != value or state.covers != covered)
    )


REST_OR_OFF = Measure("rest or off", lambda state: int(state.off or state.kind is Kind.FREE))


@cache
def avoided(name: str, exceptions: tuple[str, ...]) -> Measure:
    """Cells of this shift type, without the exceptions."""
    unwanted, free = shift(name).of, [shift(each).of for each in exceptions]
    return Measure(
        f"avoided {name} but {' '.join(exceptions)}",
        lambda state: int(bool(unwanted(state)) and not any(of(state) for of in free)),
    )


@cache
def days_off(*, rest: bool, half_days: bool, whole_days: bool, scale: int) -> Measure:
    """Days off as a limit of a month counts them, in ``scale`` parts of a day; see ``Limit``. ``rest``: days without a call too."""

    def of(state: State) -> int:
        if half_days and state.kind is Kind.EARLY:
            return scale // 2
        if state.kind is Kind.FREE:
            return scale if rest else 0
        share = state.off_equivalent
        return int((int(share) if whole_days else share) * scale)

    return Measure(f"days off {rest} {half_days} {whole_days} {scale}", of)


@cache
def on_closed_days(measure: Measure, but_off: bool, but_early: bool) -> Measure:
    """What a measure is on a closed day, where days off, or early shifts, on such days are not counted."""
    if not (but_off or but_early):
        return measure
    of, rests = measure.of, REST_OR_OFF.of

    def counted(state: State) -> int:
        left_out = (but_off and rests(state)) or (but_early and state.kind is Kind.EARLY)
        return 0 if left_out else of(state)

    return Measure(f"{measure.name} on a closed day {but_off} {but_early}", counted)


@cache
def missed(name: str, when_off: bool) -> Measure:
    """Cells that do not grant a wish for a shift type; see ``missing``. Days without a call grant one for a day off."""
    return missing(REST_OR_OFF if name == "off" else shift(name), when_off)


@lru_cache(maxsize=4096)
def missing(measure: Measure, when_off: bool) -> Measure:
    """Cells that do not grant what the measure counts. ★, notes and days outside the employment miss nothing; a day off
    misses a wish for a working shift only if ``when_off``."""
    wished = measure.of

    def of(state: State) -> int:
        if state.kind in (Kind.ABSENT, Kind.NOTE, Kind.DESIGNATED_OFF) or wished(state):
            return 0
        return int(when_off or state.kind in WORKING)

    return Measure(f"missed {measure.name} {when_off}", of)


def during(types: ShiftTypes, measure: Measure, symbols: frozenset[str]) -> Measure:
    """What a measure is of cells whose shift is one of these types, 0 of all others. A blank that means work is one of the first normal type."""
    normal = types.first(Kind.NORMAL)
    return _during(measure, symbols, normal is not None and normal.symbol in symbols)


@lru_cache(maxsize=4096)
def _during(measure: Measure, symbols: frozenset[str], with_blanks: bool) -> Measure:
    counts = measure.of

    def of(state: State) -> int:
        is_one = state.value in symbols if state.value != BLANK else with_blanks
        return counts(state) if state.works and is_one else 0

    return Measure(f"{measure.name} during {' '.join(sorted(symbols))} {with_blanks}", of)

"""What a benchmark says: a value, the floor it stands on, and the bound it must keep."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from benchmarks.house import House


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit. One that is not ``is_binding`` is printed, but missing it is no failure."""

    limit: float
    is_lower: bool = False
    is_binding: bool = True

    def holds(self, value: float) -> bool:
        """Whether ``value`` keeps it."""
        return value >= self.limit if self.is_lower else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.is_lower else '≤'} {self.limit:g}"


def at_most(limit: float) -> Bound:
    """An upper limit."""
    return Bound(limit)


def at_least(limit: float) -> Bound:
    """A lower limit."""
    return Bound(limit, is_lower=True)


def target(limit: float) -> Bound:
    """An absolute target: it depends on the machine, so missing it is told and no more."""
    return Bound(limit, is_binding=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the report. ``bound`` limits the ratio of value to ``floor``, or the value where there is no floor."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    bound: Bound | None = None
    suite: str = ""

    @property
    def ratio(self) -> float | None:
        """The value in terms of its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def is_met(self) -> bool | None:
        """Whether the bound is kept; None where there is none."""
        if self.bound is None:
            return None
        return self.bound.holds(self.value if self.ratio is None else self.ratio)

    @property
    def is_failure(self) -> bool:
        """Whether it makes the run fail."""
        return self.bound is not None and self.bound.is_binding and not self.is_met


@dataclass(frozen=True, slots=True)
class Note:
    """What the report says beside its measures: what is left out and why, what a baseline promises."""

    text: str
    suite: str = ""


Run = Callable[[House], Iterator[Measure] | Iterator[Measure | Note]]
SUITES: dict[str, Run] = {}


def suite(name: str) -> Callable[[Run], Run]:
    """Registers a generator of measures, which gets the :class:`House` it may start servers in."""

    def register(run: Run) -> Run:
        def labelled(house: House) -> Iterator[Measure | Note]:
            for measure in run(house):
                yield replace(measure, suite=name)

        SUITES[name] = labelled
        return run

    return register

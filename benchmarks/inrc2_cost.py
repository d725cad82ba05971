"""What a roster costs by the rules of the International Nurse Rostering Competition II: counted from its description, without any of the generator's code.

Hard: the least numbers for each shift and skill (H2), shifts that may not follow each other (H3). (One shift a day (H1) a roster cannot
break, and nobody fills a place whose skill they lack (H4).) What the rules make of history: a run goes on from it; each day above the
most costs in the week of that day, what a run lacks in the week that ends it, and the end of the last week ends none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmarks.inrc2_files import WEEK, Bounds, Contract, History, Past, Scenario, Week

SATURDAY, SUNDAY = 5, 6

WEIGHTS: Mapping[str, int] = {
    "S1 best numbers": 30,
    "S2 shifts in a row": 15,
    "S2 work in a row": 30,
    "S3 days off in a row": 30,
    "S4 requests": 10,
    "S5 whole weekends": 30,
    "S6 assignments in all": 20,
    "S7 weekends in all": 30,
}
IN_ALL = ("S6 assignments in all", "S7 weekends in all")
"""What is counted when all weeks are over, and not before."""

Row = Sequence[str | None]
"""A nurse's shift on each day; None: off."""
Roster = Mapping[str, Row]


class Cost(NamedTuple):
    """Broken hard rules by name, and points by name."""

    hard: dict[str, int]
    soft: dict[str, int]

    @property
    def total(self) -> int:
        """The points of all rules."""
        return sum(self.soft.values())


def official_cost(scenario: Scenario, history: History, weeks: Sequence[Week], roster: Roster) -> Cost:
    """The cost of these weeks after that history. Totals count only where the last week of the scenario is among them."""
    missing, below = places(scenario, weeks, roster)
    amounts = {
        "S1 best numbers": below,
        "S2 shifts in a row": _of_all(scenario, history, roster, _shifts),
        "S2 work in a row": _of_all(scenario, history, roster, _work),
        "S3 days off in a row": _of_all(scenario, history, roster, _rest),
        "S4 requests": sum(_refused(number, week, roster) for number, week in enumerate(weeks)),
        "S5 whole weekends": _of_all(scenario, history, roster, _split),
    }
    if history.week + len(weeks) == scenario.weeks:
        amounts["S6 assignments in all"] = _of_all(scenario, history, roster, _assignments)
        amounts["S7 weekends in all"] = _of_all(scenario, history, roster, _weekends)
    followed = sum(
        pair in scenario.forbidden
        for nurse, row in roster.items()
        for pair in zip((history.nurses[nurse].last, *row), row, strict=False)
    )
    hard = {"H2 least numbers": missing, "H3 shifts that follow each other": followed}
    return Cost(hard, {name: WEIGHTS[name] * amount for name, amount in amounts.items()})


Count = Callable[[Scenario, Contract, Past, Row], int]


def _of_all(scenario: Scenario, history: History, roster: Roster, count: Count) -> int:
    return sum(
        count(scenario, scenario.contracts[scenario.nurses[nurse].contract], history.nurses[nurse], row)
        for nurse, row in roster.items()
    )


def outside(bounds: Bounds, before: int, days: Iterable[bool]) -> int:
    """Days above the most and days that ended runs lack, where a run of ``before`` days goes on."""
    amount, length = 0, before
    for holds in days:
        if holds:
            length += 1
            amount += length > bounds.most
        else:
            amount += max(0, bounds.least - length) if length else 0
            length = 0
    return amount


def _shifts(scenario: Scenario, contract: Contract, past: Past, row: Row) -> int:
    return sum(
        outside(bounds, past.run if past.last == shift else 0, (each == shift for each in row))
        for shift, bounds in scenario.runs.items()
    )


def _work(scenario: Scenario, contract: Contract, past: Past, row: Row) -> int:
    return outside(contract.work, past.work, (each is not None for each in row))


def _rest(scenario: Scenario, contract: Contract, past: Past, row: Row) -> int:
    return outside(contract.rest, past.rest, (each is None for each in row))


def _on_weekends(row: Row) -> Iterator[int]:
    """On how many days of each weekend there is work."""
    for monday in range(0, len(row), WEEK):
        yield sum(row[monday + day] is not None for day in (SATURDAY, SUNDAY))


def _split(scenario: Scenario, contract: Contract, past: Past, row: Row) -> int:
    return sum(days == 1 for days in _on_weekends(row)) if contract.whole_weekends else 0


def _assignments(scenario: Scenario, contract: Contract, past: Past, row: Row) -> int:
    total = past.total + sum(each is not None for each in row)
    return max(0, contract.total.least - total) + max(0, total - contract.total.most)


def _weekends(scenario: Scenario, contract: Contract, past: Past, row: Row) -> int:
    return max(0, past.weekends + sum(days > 0 for days in _on_weekends(row)) - contract.weekends)


def _refused(number: int, week: Week, roster: Roster) -> int:
    given = ((each.shift, roster[each.nurse][number * WEEK + each.day]) for each in week.requests)
    return sum(has is not None and wanted in (None, has) for wanted, has in given)


def places(scenario: Scenario, weeks: Sequence[Week], roster: Roster) -> tuple[int, int]:
    """How many places stay empty, of the least numbers and above them up to the best ones, if everybody fills the place that leaves the fewest."""
    missing = below = 0
    for number, week in enumerate(weeks):
        for day in range(WEEK):
            for shift in scenario.runs:
                there = [nurse for nurse, row in roster.items() if row[number * WEEK + day] == shift]
                needed = [(each.skill, each.days[day]) for each in week.requirements if each.shift == shift]
                least = [skill for skill, bounds in needed for _ in range(bounds.least)]
                more = [skill for skill, bounds in needed for _ in range(bounds.most - bounds.least)]
                filled = _filled(scenario, there, [*least, *more])
                missing += sum(place not in filled for place in range(len(least)))
                below += sum(place not in filled for place in range(len(least), len(least) + len(more)))
    return missing, below


def _filled(scenario: Scenario, there: Sequence[str], wanted: Sequence[str]) -> set[int]:
    """The places that are filled. Place after place somebody is found for it, perhaps by moving others; who fills a place once goes on to fill one."""
    place_of: dict[str, int] = {}

    def fill(place: int, asked: set[str]) -> bool:
        for nurse in there:
            if wanted[place] in scenario.nurses[nurse].skills and nurse not in asked:
                asked.add(nurse)
                if nurse not in place_of or fill(place_of[nurse], asked):
                    place_of[nurse] = place
                    return True
        return False

    return {place for place in range(len(wanted)) if fill(place, set())}

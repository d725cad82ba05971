"""Weeks of the International Nurse Rostering Competition II, said through the settings as a user would.

``BENCH_INSTANCES=dir make bench`` looks for scenarios (``Sc-NAME.txt``, ``.json`` or ``.xml``) below the directory, each with its histories
``H0-NAME-…`` and weeks ``WD-NAME-…`` beside it; none of them is part of the repository. The first history is taken with each week, and
with as many weeks at once as the scenario has, in the order of their names. A result is told by what the competition's own rules make of
its roster (``inrc2_cost``), beside what the generator says of it: what one counts and the other does not is never left out silently.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.inrc2_cost import IN_ALL, WEIGHTS, Roster, official_cost
from benchmarks.inrc2_files import (
    SUFFIXES,
    WEEK,
    History,
    Past,
    Scenario,
    Week,
    read_history,
    read_scenario,
    read_week,
)
from benchmarks.measures import Measure, at_most
from schedules.generation.generate import generate
from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.problem import Options, Problem
from schedules.generation.results import Result
from schedules.generation.terms import POINTS

START = date(2025, 9, 1)
"""A Monday."""
KNOWN_DAYS = 31

Row = dict[str, Any]


class Instance(NamedTuple):
    """Some weeks after a history."""

    name: str
    scenario: Scenario
    history: History
    weeks: tuple[Week, ...]

    @property
    def is_whole(self) -> bool:
        """Whether its last week is the scenario's, so that totals count."""
        return self.history.week + len(self.weeks) == self.scenario.weeks


def is_part(path: Path) -> bool:
    """Whether a file is one of an instance's."""
    return path.name.startswith(("Sc-", "H0-", "WD-"))


def instances(directory: Path) -> Iterator[Instance]:
    """Those of all scenarios below a directory."""
    for path in sorted(each for suffix in SUFFIXES for each in directory.rglob(f"Sc-*{suffix}")):
        name = path.stem.removeprefix("Sc-")
        histories = sorted(path.parent.glob(f"H0-{name}-*{path.suffix}"))
        weeks = sorted(path.parent.glob(f"WD-{name}-*{path.suffix}"))
        if not histories or not weeks:
            continue
        scenario, history = read_scenario(path), read_history(histories[0])
        read = [read_week(each) for each in weeks]
        for file, week in zip(weeks, read, strict=True):
            yield Instance(file.stem, scenario, history, (week,))
        if 1 < scenario.weeks <= len(read):
            yield Instance(f"{name}, {scenario.weeks} weeks", scenario, history, tuple(read[: scenario.weeks]))


def measured(instance: Instance, options: Options) -> Iterator[Measure]:
    """What the competition's rules make of the generated roster, and what of that the generator was not asked."""
    result = generate(planned(instance, options))
    name, cost = instance.name, official_cost(*instance[1:], roster(instance, result))
    counted = "all of S1 to S7" if instance.is_whole else "S1 to S5; S6 and S7 are due in the last week"
    yield Measure(f"{name}: broken hard rules", sum(cost.hard.values()), "", bound=at_most(0))
    yield Measure(f"{name}: cost by the competition's rules ({counted})", cost.total, "")
    unsaid = cost.total - result.score.soft / POINTS
    yield Measure(f"{name}: of it not said through the settings", unsaid, "")
    yield Measure(f"{name}: gap", 100 * result.gap, "%")
    yield Measure(f"{name}: ended", result.elapsed, "s")


def roster(instance: Instance, result: Result) -> Roster:
    """Each nurse's shifts, by the competition's names."""
    shifts = {symbol(shift): shift for shift in instance.scenario.runs}
    days = [_day(number) for number in range(WEEK * len(instance.weeks))]
    return {
        nurse: [shifts.get(result.values.get((nurse, day), "")) for day in days] for nurse in instance.scenario.nurses
    }


def symbol(shift: str) -> str:
    """No word that means a kind of shift to the settings."""
    return f"{shift}."


def _day(number: int) -> date:
    return START + timedelta(days=number)


def _key(number: int) -> str:
    return _day(number).isoformat()


def planned(instance: Instance, options: Options) -> Problem:
    """The problem that an instance describes. Everybody is called by shift."""
    scenario = instance.scenario
    known = _known_days(instance)
    data = PlanningData(
        start=START,
        end=_day(WEEK * len(instance.weeks) - 1),
        staff=[
            {"id": name, "name": name, "blankMeans": "free", "allowedShiftTypes": [*map(symbol, scenario.runs)]}
            for name in scenario.nurses
        ],
        shift_types=[{"symbol": symbol(shift), "kind": "normal"} for shift in scenario.runs],
        settings={
            "skills": [_skill(scenario, skill) for skill in scenario.skills],
            "staffingNeeds": [*_needs(instance)],
            "monthlyLimits": [*_totals(instance)],
            "priorityRules": [*_of_shifts(scenario), *_of_contracts(scenario), *_weekends_in_all(instance)],
        },
        wishes=[*_wishes(instance)],
        previous_data={name: _before(scenario, past, known) for name, past in instance.history.nurses.items()},
        known_from=_day(-known),
    )
    return load_problem(data, options)


def _known_days(instance: Instance) -> int:
    longest = max((max(past.work, past.rest) for past in instance.history.nurses.values()), default=0)
    return min(KNOWN_DAYS, longest + 2)


def _before(scenario: Scenario, past: Past, known: int) -> dict[str, str]:
    """Days that fit what is told of them: the run of the last shift, before it other work, and what is not that before."""
    other = next((shift for shift in scenario.runs if shift != past.last), "")
    back = [past.last or ""] * past.run + [other] * (past.work - past.run) if past.last else [""] * past.rest + [other]
    shifts = (back + [""] * known)[:known]
    return {_key(-age): symbol(shift) if shift else "" for age, shift in enumerate(shifts, 1)}


def _skill(scenario: Scenario, skill: str) -> Row:
    people = [name for name, nurse in scenario.nurses.items() if skill in nurse.skills]
    return {"id": skill, "name": skill, "skillConfig": {"level1": people}}


def _needs(instance: Instance) -> Iterator[Row]:
    """For each shift and skill the least numbers, which must be there, and what the best ones have more."""
    least: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    more: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for number, week in enumerate(instance.weeks):
        for shift, skill, days in week.requirements:
            for day, bounds in enumerate(days):
                least[shift, skill][_key(number * WEEK + day)] = bounds.least
                more[shift, skill][_key(number * WEEK + day)] = bounds.most - bounds.least
    for hard, numbers in ((True, least), (False, more)):
        for (shift, skill), dates in numbers.items():
            config = {"shiftType": symbol(shift), "scope": "all", "skillId": skill, "perDate": dates}
            row = _row(f"{shift} {skill} {'least' if hard else 'best'}", WEIGHTS["S1 best numbers"], hard=hard)
            yield {**row, "needConfig": config}


def _row(name: str, weight: int, *, hard: bool = False) -> Row:
    return {"id": name, "name": name, "isHardConstraint": hard, "penaltyWeight": 1 if hard else weight}


def _rule(name: str, rule_type: str, weight: int, *, hard: bool = False, **definition: Any) -> Row:
    return {**_row(name, weight, hard=hard), "ruleDefinition": {"ruleType": rule_type, **definition}}


def _of_shifts(scenario: Scenario) -> Iterator[Row]:
    for shift, (least, most) in scenario.runs.items():
        about: Row = {"shiftType": symbol(shift), "minCount": least, "maxCount": most}
        yield _rule(f"{shift} in a row", "run_length", WEIGHTS["S2 shifts in a row"], **about)
    for first, second in sorted(scenario.forbidden):
        pair = [symbol(first), symbol(second)]
        yield _rule(f"no {second} after {first}", "forbidden_sequence", 1, hard=True, sequence=pair)


def _of_contracts(scenario: Scenario) -> Iterator[Row]:
    for name, contract in scenario.contracts.items():
        people = [nurse for nurse, each in scenario.nurses.items() if each.contract == name]
        if not people:
            continue
        for shift, bounds, weight in (
            ("any", contract.work, WEIGHTS["S2 work in a row"]),
            ("off", contract.rest, WEIGHTS["S3 days off in a row"]),
        ):
            about: Row = {"shiftType": shift, "minCount": bounds.least, "maxCount": bounds.most, "staffIds": people}
            yield _rule(f"{name}: {shift} in a row", "run_length", weight, **about)
        if contract.whole_weekends:
            yield _rule(f"{name}: weekends", "whole_weekends", WEIGHTS["S5 whole weekends"], staffIds=people)


def _totals(instance: Instance) -> Iterator[Row]:
    """Assignments in all, less those of the weeks before; only where this is the end."""
    for contract, past, people in _alike(instance):
        bounds = instance.scenario.contracts[contract].total
        config = {
            "limitType": "min_shifts",
            "shiftType": "any",
            "minCount": max(0, bounds.least - past.total),
            "maxCount": max(0, bounds.most - past.total),
            "scope": "individual",
            "targetIds": people,
        }
        yield {**_row(f"{contract} after {past.total}", WEIGHTS[IN_ALL[0]]), "limitConfig": config}


def _weekends_in_all(instance: Instance) -> Iterator[Row]:
    for contract, past, people in _alike(instance):
        most = max(0, instance.scenario.contracts[contract].weekends - past.weekends)
        name = f"{contract} after {past.total} and {past.weekends} weekends"
        yield _rule(name, "max_weekends", WEIGHTS[IN_ALL[1]], maxCount=most, staffIds=people)


def _alike(instance: Instance) -> Iterator[tuple[str, Past, Sequence[str]]]:
    """Nurses of one contract with the same totals so far; none where there are weeks to come."""
    alike: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for name, nurse in instance.scenario.nurses.items() if instance.is_whole else ():
        past = instance.history.nurses[name]
        alike[nurse.contract, past.total, past.weekends].append(name)
    for (contract, _, _), people in alike.items():
        yield contract, instance.history.nurses[people[0]], people


def _wishes(instance: Instance) -> Iterator[Row]:
    for number, week in enumerate(instance.weeks):
        for nurse, shift, day in week.requests:
            when = _key(number * WEEK + day)
            wish = {"kind": "avoid", "shiftValue": symbol(shift)} if shift else {"kind": "off", "shiftValue": ""}
            row = {"id": f"{nurse} {when} {shift}", "staffId": nurse, "dateKey": when, "state": "open"}
            yield {**row, **wish, "weight": WEIGHTS["S4 requests"]}

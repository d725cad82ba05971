"""Public nurse rostering instances (the text form with ``SECTION_HORIZON`` to ``SECTION_COVER``), said through the settings as a user would.

``BENCH_INSTANCES=dir make bench`` runs every ``*.txt`` of a directory, and the weeks of INRC-II that it holds (``inrc2``); none of them is part of the repository. Everybody is called
by shift; each shift is a symbol of its own with times, so that minutes are hours of work. What they cost is soft, with their
weights, and all else hard: shifts of each type, hours, runs of work and rest, weekends, days off, and which shift may not follow which.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import inrc2
from benchmarks.house import House
from benchmarks.measures import Measure, suite
from schedules.generation.generate import generate
from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.problem import Options, Problem
from schedules.generation.terms import POINTS

START = date(2025, 9, 1)
"""Horizons begin on a Monday."""

SECONDS = 60
DAY_MINUTES = 24 * 60

Row = dict[str, Any]
Lines = Mapping[str, list[list[str]]]


@suite("nurses")
def nurses(house: House) -> Iterator[Measure]:
    """Each instance of the directory: its penalty in the instance's own units, how far that may be from the best, and the seconds."""
    directory = os.environ.get("BENCH_INSTANCES", "")
    if not directory:
        return
    for path in sorted(each for each in Path(directory).glob("*.txt") if not inrc2.is_part(each)):
        result = generate(instance(path.read_text(), Options(time_limit=SECONDS)))
        yield Measure(f"{path.stem}: hard points", result.score.hard, "")
        yield Measure(f"{path.stem}: penalty", result.score.soft / POINTS, "")
        yield Measure(f"{path.stem}: gap", 100 * result.gap, "%")
        yield Measure(f"{path.stem}: ended", result.elapsed, "s")
    for each in inrc2.instances(Path(directory)):
        yield from inrc2.measured(each, Options(time_limit=SECONDS))


def instance(text: str, options: Options) -> Problem:
    """The problem that an instance describes."""
    lines = sections(text)
    days = int(lines["HORIZON"][0][0])
    symbols = [_symbol(each[0]) for each in lines["SHIFTS"]]
    data = PlanningData(
        start=START,
        end=START + timedelta(days=days - 1),
        staff=[
            {"id": each[0], "name": each[0], "blankMeans": "free", "allowedShiftTypes": symbols}
            for each in lines["STAFF"]
        ],
        shift_types=[_shift(each) for each in lines["SHIFTS"]],
        settings={
            "monthlyLimits": [row for each in lines["STAFF"] for row in _most_of_each(each)],
            "dailyLimits": [row for each in lines["COVER"] for row in _cover(each)],
            "priorityRules": [*_of_people(lines), *_successions(lines), *_requests(lines)],
        },
    )
    return load_problem(data, options)


def sections(text: str) -> Lines:
    """The fields of each line by section; comments and empty lines are passed over."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            found[name].append([field.strip() for field in line.split(",")])
    return found


def _day(index: str) -> str:
    return (START + timedelta(days=int(index))).isoformat()


def _symbol(shift: str) -> str:
    """No word that means a kind of shift to the settings."""
    return f"{shift}."


def _shift(fields: list[str]) -> Row:
    minutes = int(fields[1]) % DAY_MINUTES
    end = f"{minutes // 60:02}:{minutes % 60:02}"
    return {"symbol": _symbol(fields[0]), "kind": "normal", "startTime": "00:00", "endTime": end}


def _rule(rule_type: str, rule_id: str, *, hard: bool = True, weight: float = 1, **definition: Any) -> Row:
    common = {"id": rule_id, "name": rule_id, "isHardConstraint": hard, "penaltyWeight": weight}
    return {**common, "ruleDefinition": {"ruleType": rule_type, **definition}}


def _most_of_each(fields: list[str]) -> Iterator[Row]:
    person = fields[0]
    for each in filter(None, fields[1].split("|")):
        shift, most = each.split("=")
        config = {"limitType": "max_shifts", "shiftType": _symbol(shift), "maxCount": int(most)}
        row_id = f"{person} {shift}"
        about = {"scope": "individual", "targetIds": [person]}
        yield {"id": row_id, "name": row_id, "isHardConstraint": True, "limitConfig": {**config, **about}}


def _of_people(lines: Lines) -> Iterator[Row]:
    for person, _, most, least, longest, shortest, rest, weekends in lines["STAFF"]:
        about: Row = {"staffIds": [person]}
        hours: Row = {"minHours": int(least) / 60, "maxHours": int(most) / 60, "per": "period"}
        yield _rule("hours", f"{person} hours", **hours, **about)
        runs: Row = {"minCount": int(shortest), "maxCount": int(longest)}
        yield _rule("run_length", f"{person} at work", shiftType="any", **runs, **about)
        yield _rule("run_length", f"{person} at rest", shiftType="off", minCount=int(rest), **about)
        yield _rule("max_weekends", f"{person} weekends", maxCount=int(weekends), **about)
    for person, *days in lines["DAYS_OFF"]:
        yield _rule("required_off", f"{person} off", staffIds=[person], dates=[_day(each) for each in days])


def _successions(lines: Lines) -> Iterator[Row]:
    for shift, _, *after in lines["SHIFTS"]:
        for other in filter(None, "|".join(after).split("|")):
            yield _rule("forbidden_sequence", f"{shift} {other}", sequence=[_symbol(shift), _symbol(other)])


def _requests(lines: Lines) -> Iterator[Row]:
    for section, rule_type in (("SHIFT_ON_REQUESTS", "preferred_shift"), ("SHIFT_OFF_REQUESTS", "avoid_shift")):
        for person, day, shift, weight in lines[section]:
            about: Row = {"staffIds": [person], "dates": [_day(day)], "shiftType": _symbol(shift)}
            yield _rule(rule_type, f"{person} {day} {shift}", hard=False, weight=int(weight), **about)


def _cover(fields: list[str]) -> Iterator[Row]:
    day, shift, wanted, under, over = fields
    for bound, weight in (("minCount", under), ("maxCount", over)):
        row_id = f"{day} {shift} {bound}"
        config = {"shiftType": _symbol(shift), "dates": [_day(day)], "scope": "all", bound: int(wanted)}
        row = {"id": row_id, "name": row_id, "isHardConstraint": False, "penaltyWeight": int(weight)}
        yield {**row, "limitConfig": config}

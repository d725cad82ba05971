"""Files of the International Nurse Rostering Competition II, in its three forms (text, JSON, XML): a scenario, what was before, single weeks.

All three say the same with the same names, so that text and XML are read into what the JSON form holds.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = len(DAYS)
ANY = "Any"
SUFFIXES = (".txt", ".json", ".xml")

Data = Mapping[str, Any]


class Bounds(NamedTuple):
    """At least and at most so many."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Contract:
    """``total``: assignments, and ``weekends`` the most with work, in all weeks; ``work`` and ``rest``: days in a row."""

    total: Bounds
    work: Bounds
    rest: Bounds
    weekends: int
    whole_weekends: bool


class Nurse(NamedTuple):
    """By name, the contract and the skills."""

    contract: str
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scenario:
    """``runs``: days in a row with each shift; ``forbidden``: pairs of shifts of which the second may not follow the first."""

    name: str
    weeks: int
    skills: tuple[str, ...]
    runs: Mapping[str, Bounds]
    forbidden: frozenset[tuple[str, str]]
    contracts: Mapping[str, Contract]
    nurses: Mapping[str, Nurse]


@dataclass(frozen=True, slots=True)
class Past:
    """What a nurse had so far: totals, and the days in a row with the ``last`` shift (None: was off), at work and off."""

    total: int
    weekends: int
    last: str | None
    run: int
    work: int
    rest: int


@dataclass(frozen=True, slots=True)
class History:
    """``week``: how many weeks are over."""

    week: int
    nurses: Mapping[str, Past]


class Requirement(NamedTuple):
    """Of a shift and a skill, for each day the least and the best number."""

    shift: str
    skill: str
    days: tuple[Bounds, ...]


class Request(NamedTuple):
    """Not to have that shift (None: any) on a day of the week."""

    nurse: str
    shift: str | None
    day: int


@dataclass(frozen=True, slots=True)
class Week:
    """What one week needs, and who does not wish for what."""

    requirements: tuple[Requirement, ...]
    requests: tuple[Request, ...]


def read_scenario(path: Path) -> Scenario:
    """A file ``Sc-…``."""
    data = _read(path, "Scenario")
    pairs = (
        (each["precedingShiftType"], each["succeedingShiftTypes"]) for each in data["forbiddenShiftTypeSuccessions"]
    )
    return Scenario(
        name=data["id"],
        weeks=int(data["numberOfWeeks"]),
        skills=tuple(data["skills"]),
        runs={each["id"]: _bounds(each, "NumberOfConsecutiveAssignments") for each in data["shiftTypes"]},
        forbidden=frozenset((first, second) for first, after in pairs for second in after),
        contracts={each["id"]: _contract(each) for each in data["contracts"]},
        nurses={each["id"]: Nurse(each["contract"], frozenset(each["skills"])) for each in data["nurses"]},
    )


def _bounds(data: Data, name: str) -> Bounds:
    return Bounds(int(data[f"minimum{name}"]), int(data[f"maximum{name}"]))


def _contract(data: Data) -> Contract:
    return Contract(
        _bounds(data, "NumberOfAssignments"),
        _bounds(data, "NumberOfConsecutiveWorkingDays"),
        _bounds(data, "NumberOfConsecutiveDaysOff"),
        int(data["maximumNumberOfWorkingWeekends"]),
        bool(int(data["completeWeekends"])),
    )


PAST = (
    "numberOfAssignments",
    "numberOfWorkingWeekends",
    "lastAssignedShiftType",
    "numberOfConsecutiveAssignments",
    "numberOfConsecutiveWorkingDays",
    "numberOfConsecutiveDaysOff",
)


def read_history(path: Path) -> History:
    """A file ``H0-…``."""
    data = _read(path, "History")
    return History(int(data["week"]), {each["nurse"]: _past(each) for each in data["nurseHistory"]})


def _past(data: Data) -> Past:
    total, weekends, last, *rows = (data[name] for name in PAST)
    return Past(int(total), int(weekends), None if last == "None" else last, *map(int, rows))


def read_week(path: Path) -> Week:
    """A file ``WD-…``."""
    data = _read(path, "WeekData")
    return Week(
        tuple(
            Requirement(each["shiftType"], each["skill"], tuple(_needed(each[f"requirementOn{day}"]) for day in DAYS))
            for each in data["requirements"]
        ),
        tuple(
            Request(each["nurse"], None if each["shiftType"] == ANY else each["shiftType"], _number(each["day"]))
            for each in data["shiftOffRequests"]
        ),
    )


def _needed(data: Data) -> Bounds:
    return Bounds(int(data["minimum"]), int(data["optimal"]))


def _number(day: str) -> int:
    """Text files name days by three letters."""
    return next(number for number, name in enumerate(DAYS) if name.startswith(day))


def _read(path: Path, kind: str) -> Data:
    text = path.read_text()
    if path.suffix == ".json":
        found: Data = json.loads(text)
        return found
    return FROM_XML[kind](ET.fromstring(text)) if path.suffix == ".xml" else FROM_TEXT[kind](_lines(text))


Lines = Sequence[Sequence[str]]
"""The words of each line that has any; brackets, commas and equal signs only divide."""


def _lines(text: str) -> Lines:
    return [words for line in text.splitlines() if (words := re.sub(r"[(),=]", " ", line).split())]


def _section(lines: Lines, name: str, count: int | None = None) -> Lines:
    """The lines after the heading of that name, as many as it says, or ``count``."""
    start = next(number for number, words in enumerate(lines) if words[0] == name)
    length = int(lines[start][1]) if count is None else count
    return lines[start + 1 : start + 1 + length]


def _scenario_of_text(lines: Lines) -> Data:
    shifts = _section(lines, "SHIFT_TYPES")
    after = _section(lines, "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", len(shifts))
    heads = {words[0]: words[1:] for words in lines}
    return {
        "id": heads["SCENARIO"][0],
        "numberOfWeeks": heads["WEEKS"][0],
        "skills": [words[0] for words in _section(lines, "SKILLS")],
        "shiftTypes": [
            {"id": name, **_named("NumberOfConsecutiveAssignments", least, most)} for name, least, most in shifts
        ],
        "forbiddenShiftTypeSuccessions": [
            {"precedingShiftType": first, "succeedingShiftTypes": following} for first, _, *following in after
        ],
        "contracts": [_contract_of_text(words) for words in _section(lines, "CONTRACTS")],
        "nurses": [
            {"id": name, "contract": contract, "skills": skills}
            for name, contract, _, *skills in _section(lines, "NURSES")
        ],
    }


def _named(name: str, least: str, most: str) -> Data:
    return {f"minimum{name}": least, f"maximum{name}": most}


def _contract_of_text(words: Sequence[str]) -> Data:
    return {
        "id": words[0],
        **_named("NumberOfAssignments", *words[1:3]),
        **_named("NumberOfConsecutiveWorkingDays", *words[3:5]),
        **_named("NumberOfConsecutiveDaysOff", *words[5:7]),
        "maximumNumberOfWorkingWeekends": words[7],
        "completeWeekends": words[8],
    }


def _history_of_text(lines: Lines) -> Data:
    (week, _), *_ = _section(lines, "HISTORY", 1)
    rows = _section(lines, "NURSE_HISTORY", len(lines))
    return {
        "week": week,
        "nurseHistory": [{"nurse": name, **dict(zip(PAST, values, strict=True))} for name, *values in rows],
    }


def _week_of_text(lines: Lines) -> Data:
    end = next(number for number, words in enumerate(lines) if words[0] == "SHIFT_OFF_REQUESTS")
    return {
        "requirements": [_requirement_of_text(words) for words in _section(lines[:end], "REQUIREMENTS", end)],
        "shiftOffRequests": [
            {"nurse": nurse, "shiftType": shift, "day": day}
            for nurse, shift, day in _section(lines, "SHIFT_OFF_REQUESTS")
        ],
    }


def _requirement_of_text(words: Sequence[str]) -> Data:
    shift, skill, *numbers = words
    days = zip(DAYS, numbers[::2], numbers[1::2], strict=True)
    needed = {f"requirementOn{day}": {"minimum": least, "optimal": best} for day, least, best in days}
    return {"shiftType": shift, "skill": skill, **needed}


FROM_TEXT = {"Scenario": _scenario_of_text, "History": _history_of_text, "WeekData": _week_of_text}

Element = ET.Element


def _of(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _texts(element: Element, path: str) -> list[str]:
    return [(each.text or "").strip() for each in element.findall(path)]


def _pair_of_xml(element: Element, tag: str, name: str) -> Data:
    return _named(name, _of(element, f"{tag}/Minimum"), _of(element, f"{tag}/Maximum"))


def _scenario_of_xml(root: Element) -> Data:
    run = "NumberOfConsecutiveAssignments"
    return {
        "id": root.get("Id"),
        "numberOfWeeks": _of(root, "NumberOfWeeks"),
        "skills": _texts(root, "Skills/Skill"),
        "shiftTypes": [
            {"id": each.get("Id"), **_pair_of_xml(each, run, run)} for each in root.iterfind("ShiftTypes/ShiftType")
        ],
        "forbiddenShiftTypeSuccessions": [
            {
                "precedingShiftType": _of(each, "PrecedingShiftType"),
                "succeedingShiftTypes": _texts(each, "SucceedingShiftTypes/ShiftType"),
            }
            for each in root.iterfind("ForbiddenShiftTypeSuccessions/ShiftTypeSuccession")
        ],
        "contracts": [
            {
                "id": each.get("Id"),
                **_pair_of_xml(each, "NumberOfAssignments", "NumberOfAssignments"),
                **_pair_of_xml(each, "ConsecutiveWorkingDays", "NumberOfConsecutiveWorkingDays"),
                **_pair_of_xml(each, "ConsecutiveDaysOff", "NumberOfConsecutiveDaysOff"),
                "maximumNumberOfWorkingWeekends": _of(each, "MaximumNumberOfWorkingWeekends"),
                "completeWeekends": _of(each, "CompleteWeekends"),
            }
            for each in root.iterfind("Contracts/Contract")
        ],
        "nurses": [
            {"id": each.get("Id"), "contract": _of(each, "Contract"), "skills": _texts(each, "Skills/Skill")}
            for each in root.iterfind("Nurses/Nurse")
        ],
    }


def _small(element: Element) -> Iterator[tuple[str, str]]:
    """The children by their names in the JSON form."""
    for each in element:
        yield each.tag[0].lower() + each.tag[1:], (each.text or "").strip()


def _history_of_xml(root: Element) -> Data:
    return {
        "week": _of(root, "Week"),
        "nurseHistory": [dict(_small(each)) for each in root.iterfind("NursesHistory/NurseHistory")],
    }


def _week_of_xml(root: Element) -> Data:
    return {
        "requirements": [_requirement_of_xml(each) for each in root.iterfind("Requirements/Requirement")],
        "shiftOffRequests": [dict(_small(each)) for each in root.iterfind("ShiftOffRequests/ShiftOffRequest")],
    }


def _requirement_of_xml(element: Element) -> Data:
    found: dict[str, Any] = {"shiftType": _of(element, "ShiftType"), "skill": _of(element, "Skill")}
    for day in DAYS:
        on = f"RequirementOn{day}"
        found[f"requirementOn{day}"] = {
            "minimum": _of(element, f"{on}/Minimum"),
            "optimal": _of(element, f"{on}/Optimal"),
        }
    return found


FROM_XML = {"Scenario": _scenario_of_xml, "History": _history_of_xml, "WeekData": _week_of_xml}

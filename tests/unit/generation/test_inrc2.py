"""Weeks of INRC-II: read from their three forms, said through the settings, and counted by the competition's own rules. The instance is ours."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import inrc2
from benchmarks.inrc2_cost import Roster, official_cost
from benchmarks.inrc2_files import (
    Bounds,
    History,
    Nurse,
    Past,
    Request,
    Scenario,
    Week,
    read_history,
    read_scenario,
    read_week,
)
from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from schedules.generation.terms import POINTS
from tests.unit.generation.builders import QUICK

TEXT = {
    "Sc-n003w2.txt": """
SCENARIO = n003w2

WEEKS = 2

SKILLS = 2
Head
Care

SHIFT_TYPES = 2
Early (2,5)
Night (1,2)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 2
Full (6,9) (2,4) (2,3) 1 1
Half (3,5) (1,3) (2,7) 2 0

NURSES = 3
Ann Full 2 Head Care
Bob Full 1 Care
Cat Half 1 Care
""",
    "H0-n003w2-0.txt": """
HISTORY
0 n003w2

NURSE_HISTORY
Ann 0 0 Night 1 1 0
Bob 0 0 Early 2 3 0
Cat 0 0 None 0 0 2
""",
    "WD-n003w2-0.txt": """
WEEK_DATA
n003w2

REQUIREMENTS
Early Head (0,0) (0,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Care (0,1) (1,1) (1,1) (1,1) (0,1) (0,0) (0,1)
Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Care (0,0) (0,0) (0,0) (0,1) (0,0) (0,1) (0,0)

SHIFT_OFF_REQUESTS = 2
Ann Any Tue
Cat Early Sun
""",
}


def json_of(files: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(data) for name, data in files.items()}


def bounds(name: str, least: int, most: int) -> dict[str, int]:
    return {f"minimum{name}": least, f"maximum{name}": most}


def contract(name: str, total: Bounds, work: Bounds, rest: Bounds, weekends: int, whole: int) -> dict[str, Any]:
    return {
        "id": name,
        **bounds("NumberOfAssignments", *total),
        **bounds("NumberOfConsecutiveWorkingDays", *work),
        **bounds("NumberOfConsecutiveDaysOff", *rest),
        "maximumNumberOfWorkingWeekends": weekends,
        "completeWeekends": whole,
    }


def past(nurse: str, last: str, run: int, work: int, rest: int) -> dict[str, Any]:
    return {
        "nurse": nurse,
        "numberOfAssignments": 0,
        "numberOfWorkingWeekends": 0,
        "lastAssignedShiftType": last,
        "numberOfConsecutiveAssignments": run,
        "numberOfConsecutiveWorkingDays": work,
        "numberOfConsecutiveDaysOff": rest,
    }


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def required(shift: str, skill: str, *numbers: tuple[int, int]) -> dict[str, Any]:
    days = zip(DAYS, numbers, strict=True)
    found = {f"requirementOn{day}": {"minimum": least, "optimal": best} for day, (least, best) in days}
    return {"shiftType": shift, "skill": skill, **found}


NOBODY = [(0, 0)] * 7
DATA: dict[str, dict[str, Any]] = {
    "Sc-n003w2.json": {
        "id": "n003w2",
        "numberOfWeeks": 2,
        "skills": ["Head", "Care"],
        "shiftTypes": [
            {"id": "Early", **bounds("NumberOfConsecutiveAssignments", 2, 5)},
            {"id": "Night", **bounds("NumberOfConsecutiveAssignments", 1, 2)},
        ],
        "forbiddenShiftTypeSuccessions": [
            {"precedingShiftType": "Early", "succeedingShiftTypes": []},
            {"precedingShiftType": "Night", "succeedingShiftTypes": ["Early"]},
        ],
        "contracts": [
            contract("Full", Bounds(6, 9), Bounds(2, 4), Bounds(2, 3), 1, 1),
            contract("Half", Bounds(3, 5), Bounds(1, 3), Bounds(2, 7), 2, 0),
        ],
        "nurses": [
            {"id": "Ann", "contract": "Full", "skills": ["Head", "Care"]},
            {"id": "Bob", "contract": "Full", "skills": ["Care"]},
            {"id": "Cat", "contract": "Half", "skills": ["Care"]},
        ],
    },
    "H0-n003w2-0.json": {
        "week": 0,
        "scenario": "n003w2",
        "nurseHistory": [past("Ann", "Night", 1, 1, 0), past("Bob", "Early", 2, 3, 0), past("Cat", "None", 0, 0, 2)],
    },
    "WD-n003w2-0.json": {
        "scenario": "n003w2",
        "requirements": [
            required("Early", "Head", (0, 0), (0, 1), *NOBODY[2:]),
            required("Early", "Care", (0, 1), (1, 1), (1, 1), (1, 1), (0, 1), (0, 0), (0, 1)),
            required("Night", "Head", *NOBODY),
            required("Night", "Care", *NOBODY[:3], (0, 1), (0, 0), (0, 1), (0, 0)),
        ],
        "shiftOffRequests": [
            {"nurse": "Ann", "shiftType": "Any", "day": "Tuesday"},
            {"nurse": "Cat", "shiftType": "Early", "day": "Sunday"},
        ],
    },
}


def xml(tag: str, content: Any, attributes: str = "") -> str:
    inside = "".join(content) if isinstance(content, list) else str(content)
    return f"<{tag}{attributes}>{inside}</{tag}>"


def pair(tag: str, least: Any, most: Any, names: tuple[str, str] = ("Minimum", "Maximum")) -> str:
    return xml(tag, [xml(names[0], least), xml(names[1], most)])


def xml_of_scenario(data: dict[str, Any]) -> str:
    run = "NumberOfConsecutiveAssignments"
    shifts = [
        xml("ShiftType", pair(run, each[f"minimum{run}"], each[f"maximum{run}"]), f' Id="{each["id"]}"')
        for each in data["shiftTypes"]
    ]
    after = [
        xml(
            "ShiftTypeSuccession",
            [
                xml("PrecedingShiftType", each["precedingShiftType"]),
                xml("SucceedingShiftTypes", [xml("ShiftType", shift) for shift in each["succeedingShiftTypes"]]),
            ],
        )
        for each in data["forbiddenShiftTypeSuccessions"]
    ]
    contracts = [xml("Contract", xml_of_contract(each), f' Id="{each["id"]}"') for each in data["contracts"]]
    nurses = [
        xml(
            "Nurse",
            [xml("Contract", each["contract"]), xml("Skills", [xml("Skill", skill) for skill in each["skills"]])],
            f' Id="{each["id"]}"',
        )
        for each in data["nurses"]
    ]
    parts = [
        xml("NumberOfWeeks", data["numberOfWeeks"]),
        xml("Skills", [xml("Skill", skill) for skill in data["skills"]]),
        xml("ShiftTypes", shifts),
        xml("ForbiddenShiftTypeSuccessions", after),
        xml("Contracts", contracts),
        xml("Nurses", nurses),
    ]
    return xml("Scenario", parts, ' Id="n003w2"')


def xml_of_contract(data: dict[str, Any]) -> list[str]:
    def both(tag: str, name: str) -> str:
        return pair(tag, data[f"minimum{name}"], data[f"maximum{name}"])

    return [
        both("NumberOfAssignments", "NumberOfAssignments"),
        both("ConsecutiveWorkingDays", "NumberOfConsecutiveWorkingDays"),
        both("ConsecutiveDaysOff", "NumberOfConsecutiveDaysOff"),
        xml("MaximumNumberOfWorkingWeekends", data["maximumNumberOfWorkingWeekends"]),
        xml("CompleteWeekends", data["completeWeekends"]),
    ]


def capital(name: str) -> str:
    return name[0].upper() + name[1:]


def xml_of_fields(tag: str, data: dict[str, Any]) -> str:
    return xml(tag, [xml(capital(name), value) for name, value in data.items()])


def xml_of_week(data: dict[str, Any]) -> str:
    def requirement(each: dict[str, Any]) -> str:
        return xml(
            "Requirement",
            [
                pair(capital(name), value["minimum"], value["optimal"], ("Minimum", "Optimal"))
                if isinstance(value, dict)
                else xml(capital(name), value)
                for name, value in each.items()
            ],
        )

    requests = [xml_of_fields("ShiftOffRequest", each) for each in data["shiftOffRequests"]]
    requirements = xml("Requirements", [requirement(each) for each in data["requirements"]])
    return xml("WeekData", [xml("Scenario", "n003w2"), requirements, xml("ShiftOffRequests", requests)])


def xml_of_history(data: dict[str, Any]) -> str:
    rows = [xml_of_fields("NurseHistory", each) for each in data["nurseHistory"]]
    return xml("History", [xml("Week", data["week"]), xml("Scenario", "n003w2"), xml("NursesHistory", rows)])


FORMS = {
    "txt": TEXT,
    "json": json_of(DATA),
    "xml": {
        "Sc-n003w2.xml": xml_of_scenario(DATA["Sc-n003w2.json"]),
        "H0-n003w2-0.xml": xml_of_history(DATA["H0-n003w2-0.json"]),
        "WD-n003w2-0.xml": xml_of_week(DATA["WD-n003w2-0.json"]),
    },
}


def stored(directory: Path, form: str) -> tuple[Scenario, History, Week]:
    for name, text in FORMS[form].items():
        (directory / name).write_text(text)
    return (
        read_scenario(directory / f"Sc-n003w2.{form}"),
        read_history(directory / f"H0-n003w2-0.{form}"),
        read_week(directory / f"WD-n003w2-0.{form}"),
    )


@pytest.fixture
def instance(tmp_path: Path) -> inrc2.Instance:
    """Its first week."""
    stored(tmp_path, "txt")
    (found,) = inrc2.instances(tmp_path)
    return found


@pytest.mark.parametrize("form", ["json", "xml"])
def test_files__of_all_forms__say_the_same(tmp_path: Path, form: str) -> None:
    assert stored(tmp_path, form) == stored(tmp_path, "txt")


def test_text__is_read(tmp_path: Path) -> None:
    scenario, history, week = stored(tmp_path, "txt")

    assert (scenario.weeks, scenario.skills) == (2, ("Head", "Care"))
    assert scenario.runs == {"Early": Bounds(2, 5), "Night": Bounds(1, 2)}
    assert scenario.forbidden == {("Night", "Early")}
    assert scenario.nurses["Ann"] == Nurse("Full", frozenset({"Head", "Care"}))
    assert (scenario.contracts["Half"].weekends, scenario.contracts["Half"].whole_weekends) == (2, False)
    assert history.nurses["Bob"] == Past(0, 0, "Early", 2, 3, 0)
    assert history.nurses["Cat"].last is None
    assert week.requirements[1].days[:2] == (Bounds(0, 1), Bounds(1, 1))
    assert week.requests == (Request("Ann", None, 1), Request("Cat", "Early", 6))


def roster(**rows: str) -> Roster:
    names = {"E": "Early", "N": "Night", ".": None}
    return {name.capitalize(): [names[each] for each in row] for name, row in rows.items()}


COUNTED = roster(ann="NEE...E", bob=".E.EE..", cat="..E..NN")


def test_cost__of_a_roster__is_what_can_be_counted_by_hand(instance: inrc2.Instance) -> None:
    cost = official_cost(*instance[1:], COUNTED)

    # Ann's Tuesday follows her night. On Tuesday Ann is the head, so that Bob is the one for care: nobody is missing.
    assert cost.hard == {"H2 least numbers": 0, "H3 shifts that follow each other": 1}
    assert cost.soft == {
        # Monday early, Thursday night; on Sunday Ann is there.
        "S1 best numbers": 30 * 2,
        # Bob's run of one early shift, Cat's of one; his own two of last week are enough, and what has not ended is not short.
        "S2 shifts in a row": 15 * 2,
        # Bob's Tuesday alone.
        "S2 work in a row": 30,
        # Bob's Monday and his Wednesday alone.
        "S3 days off in a row": 30 * 2,
        # Ann works on Tuesday; Cat's Sunday is a night.
        "S4 requests": 10,
        # Ann on Sunday only; of Cat nobody asks it.
        "S5 whole weekends": 30,
    }


def test_cost__of_what_ends_on_the_first_day__counts_the_days_before(instance: inrc2.Instance) -> None:
    cost = official_cost(*instance[1:], roster(ann=".......", bob="EE.....", cat="E......"))

    # Ann's single night of last week was one day of work in a row. Bob's fifth day is one too many.
    assert cost.soft["S2 work in a row"] == 30 * 2
    # Ann's and Bob's days off above three.
    assert cost.soft["S3 days off in a row"] == 30 * (4 + 2)
    # Cat's early shift alone.
    assert cost.soft["S2 shifts in a row"] == 15


def test_cost__in_the_last_week__counts_what_there_was_in_all(instance: inrc2.Instance) -> None:
    last = History(1, {name: replace(past, total=5, weekends=1) for name, past in instance.history.nurses.items()})
    cost = official_cost(instance.scenario, last, instance.weeks, COUNTED)

    # Cat has eight of at most five; Ann's second weekend is one too many, Cat may have two.
    assert cost.soft["S6 assignments in all"] == 20 * 3
    assert cost.soft["S7 weekends in all"] == 30


@pytest.mark.parametrize("weeks", [1, 2])
def test_instance__said_through_the_settings__costs_what_the_competition_counts(
    instance: inrc2.Instance, weeks: int
) -> None:
    asked = instance._replace(weeks=instance.weeks * weeks)
    given = inrc2.planned(asked, QUICK)
    result = generate(given)
    cost = official_cost(*asked[1:], inrc2.roster(asked, result))

    assert given.warnings == ()
    assert asked.is_whole == (weeks == 2)
    assert result.status is Status.OPTIMAL
    assert cost.hard == dict.fromkeys(cost.hard, 0)
    assert result.score.soft == cost.total * POINTS


def test_instance__any_roster__costs_the_same_on_both_sides(instance: inrc2.Instance) -> None:
    asked = instance._replace(weeks=instance.weeks * 2)
    rows = {name: [*row, *COUNTED["Cat"]] for name, row in COUNTED.items()}
    given = inrc2.planned(asked, QUICK)
    values = {
        (name, given.days[number]): inrc2.symbol(shift)
        for name, row in rows.items()
        for number, shift in enumerate(row)
        if shift
    }
    score, cost = Scorer(given, values).score, official_cost(*asked[1:], rows)

    assert (score.hard, score.soft) == (sum(cost.hard.values()) * POINTS, cost.total * POINTS)


def test_measured__week__names_what_is_not_counted(instance: inrc2.Instance) -> None:
    told = {each.what: each for each in inrc2.measured(instance, QUICK)}

    assert told["WD-n003w2-0: broken hard rules"].value == 0
    assert "WD-n003w2-0: cost by the competition's rules (S1 to S5; S6 and S7 are due in the last week)" in told
    assert told["WD-n003w2-0: of it not said through the settings"].value == 0

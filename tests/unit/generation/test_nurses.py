"""Instances of nurse rostering, read into problems: on a small one of our own the result is what can be counted by hand."""

from datetime import timedelta

from benchmarks.nurses import START, instance
from schedules.generation.generate import generate
from schedules.generation.results import Status
from schedules.generation.score import Scorer
from tests.unit.generation.builders import QUICK

SMALL = """
# ours
SECTION_HORIZON
7

SECTION_SHIFTS
# id, minutes, shifts that cannot follow
E,480,
L,450,E

SECTION_STAFF
# id, most of each, most and least minutes, longest and shortest run, days off in a row, weekends
A,E=3|L=3,1500,900,3,2,2,0
B,E=4|L=0,1920,0,4,1,1,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
B,6,E,4

SECTION_SHIFT_OFF_REQUESTS
A,1,E,2

SECTION_COVER
0,E,1,100,1
1,E,1,100,1
2,L,1,100,1
3,L,1,100,1
6,E,0,100,3
"""


def test_instance__of_our_own__is_said_through_the_settings_and_solved() -> None:
    given = instance(SMALL, QUICK)
    result = generate(given)

    assert given.warnings == ()
    assert result.status is Status.OPTIMAL
    # B's wish for the Sunday (4) is dearer than one too many there (3); A works the two late days, and nothing else is broken.
    assert result.score.soft == 3_000
    worked = {(who, (day - START).days): value for (who, day), value in result.values.items() if value}
    assert worked[("A", 2)] == worked[("A", 3)] == "L."
    assert worked[("B", 6)] == "E."


def test_instance__what_it_forbids__is_hard() -> None:
    values = {("A", START): "E.", ("A", START + timedelta(days=5)): "L.", ("A", START + timedelta(days=6)): "E."}
    broken = {each.kind for each in Scorer(instance(SMALL, QUICK), values).violations() if each.is_hard}

    # 23.5 hours are enough and not too many; two days in a row begin and end where nothing is known.
    assert broken == {"required_off", "forbidden_sequence", "max_weekends"}

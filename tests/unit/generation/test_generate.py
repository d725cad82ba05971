"""The generator as a whole: progress, cancelling, repair, explanation, statistics, speed of the scorer."""

import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle

import pytest

from backups.rules import Roster, suggestions
from benchmarks.restaurants import restaurant
from schedules.generation.coverage import roster_of
from schedules.generation.explain import explain, find_conflict
from schedules.generation.generate import generate
from schedules.generation.problem import Keep, Options, Problem
from schedules.generation.relaxation import relaxation_gains
from schedules.generation.repair import repair
from schedules.generation.results import Progress, Status
from schedules.generation.score import Scorer
from schedules.generation.statistics import fairness_table, per_day, per_person
from tests.support.effort import calls_in
from tests.unit.generation.builders import QUICK, day, grid, group, key, limit, member, problem, rule

# Seconds: what none of these runs may take, and what it would take if nothing ended it before.
LONG, ENDLESS = 120, 600


def test_generate__month_of_a_small_restaurant__is_proved_best() -> None:
    told: list[Progress] = []
    result = generate(restaurant(8, options=Options(time_limit=ENDLESS)), told.append)

    assert result.status is Status.OPTIMAL
    assert result.score.hard == 0
    assert result.bound == result.score.objective
    assert result.soft_bound == result.score.soft < result.bound
    assert list(dict.fromkeys(each.solutions for each in told)) == list(range(1, told[-1].solutions + 1))
    # A bound is told when it is known, not with the next schedule only: at the end nothing is left open.
    assert (told[-1].objective, told[-1].bound) == (result.score.soft, result.soft_bound)
    left = [each.objective - each.bound for each in told if each.phase == "soft"]
    assert left == sorted(left, reverse=True)


def test_generate__large_restaurant__is_searched_beside_the_bound() -> None:
    told: list[Progress] = []
    result = generate(restaurant(30, options=Options(time_limit=4)), told.append)

    assert result.score.hard == 0
    assert 0 <= result.bound <= result.score.objective
    assert 0 <= result.soft_bound <= result.score.soft
    assert result.elapsed < LONG
    # Nothing that was said on the way was more than is true of every schedule.
    assert all(each.bound <= min(each.objective, result.score.objective) for each in told if each.phase == "soft")


def test_generate__cancelled__returns_the_best_so_far() -> None:
    started = time.monotonic()
    result = generate(
        restaurant(120, options=Options(time_limit=ENDLESS)), cancelled=lambda: time.monotonic() - started > 1.5
    )

    assert result.status is Status.CANCELLED
    assert time.monotonic() - started < LONG
    assert len(result.values) == 120 * 31


def test_generate__cancelled_from_the_start__still_gives_a_schedule() -> None:
    result = generate(restaurant(8), cancelled=lambda: True)

    assert result.status is Status.CANCELLED
    assert set(result.values) == {(each.id, when) for each in restaurant(8).staff for when in restaurant(8).days}


def test_generate__time_that_is_up_before_the_search__still_gives_a_schedule() -> None:
    result = generate(restaurant(40, options=Options(time_limit=0.02)))

    assert result.status is Status.FEASIBLE
    assert len(result.values) == 40 * 31


def test_generate__error_beside_the_search__ends_the_run_with_it() -> None:
    def cancelled() -> bool:
        if threading.current_thread().name == "prover":
            raise RuntimeError("no bound")
        return False

    started = time.monotonic()
    with pytest.raises(RuntimeError, match="no bound"):
        generate(restaurant(30, options=Options(time_limit=ENDLESS)), cancelled=cancelled)
    assert time.monotonic() - started < LONG


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.2, 3, 10])
def test_generate__300_people_cancelled__ends_with_a_whole_schedule(seconds: float) -> None:
    given = restaurant(300, options=Options(time_limit=ENDLESS))
    wanted = time.monotonic() + seconds
    result = generate(given, cancelled=lambda: time.monotonic() > wanted)

    assert result.status is Status.CANCELLED
    assert len(result.values) == 300 * 31


def test_generate__contradiction__is_infeasible_with_the_best_schedule() -> None:
    result = generate(contradictory())

    assert result.status is Status.INFEASIBLE
    assert result.hard_bound == result.score.hard > 0
    assert [each.is_hard for each in result.violations] == [True]


def test_generate__nobody_employed__gives_an_empty_schedule_and_says_what_is_missing() -> None:
    gone = member("a", endPeriod={"year": 2020, "month": 1})
    result = generate(problem(staff=[gone], dailyLimits=[limit(hard=True, shiftType="any", minCount=1)]))

    assert result.values == {}
    assert [each.kind for each in result.violations] == ["daily_limit"] * 3


def test_generate__keep_filled__changes_no_mark() -> None:
    given = problem(
        schedule=grid(a="○◇.", b="×.."),
        dailyLimits=[limit(shiftType="off", minCount=1)],
        options=replace(QUICK, keep=Keep.FILLED),
    )
    result = generate(given)

    assert result.values["a", day(0)] == "○"
    assert result.values["a", day(1)] == "◇"
    assert result.values["b", day(0)] == "×"
    assert result.values["b", day(1)] == "×"


def test_repair__after_an_edit__changes_few_other_cells() -> None:
    made = generate(restaurant(8, options=Options(time_limit=ENDLESS)))
    given = restaurant(8)
    edited = next(cell for cell, value in made.values.items() if value == "" and cell[1] == given.days[12])
    after = replace(given, values={**made.values, edited: "×"}, covering=made.covering)
    result = repair(after, [edited])

    assert result.values[edited] == "×"
    assert result.score.hard <= Scorer(after).score.hard
    assert len(result.changed) <= 5


def contradictory() -> Problem:
    """Everybody works on the second day, and ``b`` has it off."""
    return problem(
        dailyLimits=[limit("all hands", hard=True, shiftType="any", minCount=2)],
        priorityRules=[
            rule("required_off", "holiday", hard=True, staffIds=["b"], dates=[key(1)]),
            rule("avoid_shift", "no late", hard=True, shiftType="late"),
        ],
    )


def test_explain__contradiction__names_the_rules_and_the_date() -> None:
    given = contradictory()
    explanation = explain(given, generate(given).violations)

    assert explanation.conflict is not None
    assert explanation.conflict.minimal
    assert {(part.rule, part.dates) for part in explanation.conflict.parts} == {
        ("all hands", (day(1),)),
        ("holiday", (day(1),)),
    }
    assert len(explanation.way_out) == 1
    assert explanation.to_wire()["conflict"] is not None


def test_explain__sum_over_the_month__names_all_that_is_needed() -> None:
    given = problem(
        staff=["a", "b", "c"],
        days=4,
        monthlyLimits=[limit("rest", hard=True, limitType="min_off_days", minCount=2)],
        dailyLimits=[limit("floor", hard=True, shiftType="off", maxCount=1)],
    )
    conflict = find_conflict(given)

    assert conflict is not None
    assert conflict.minimal
    assert {part.staff_id for part in conflict.parts} == {None, "a", "b", "c"}
    assert next(part.dates for part in conflict.parts if part.staff_id is None) == given.days


def test_explain__rules_that_can_be_kept__have_no_conflict() -> None:
    assert find_conflict(problem(dailyLimits=[limit(hard=True, shiftType="off", maxCount=1)])) is None


def test_relaxation__rule_against_a_wish__gains_what_the_wish_costs() -> None:
    given = problem(
        dailyLimits=[limit("late", shiftType="late", maxCount=0, weight=2)],
        priorityRules=[rule("preferred_shift", "wish", staffIds=["a"], shiftType="late", dates=[key(0)])],
    )
    made = generate(given)
    costs = relaxation_gains(Scorer(given, made.values, made.covering))

    assert [(each.rule, each.penalty, each.gain) for each in costs] == [("wish", 1000, 1000)]


def test_statistics__count_shifts_by_person_and_day() -> None:
    given = problem(staff=["a", "b", member("p", type="パート")], schedule=grid(a="△×.", b="..★", p="○.."))
    scorer = Scorer(given)
    first, _, part = per_person(scorer)

    assert (first.working, first.early, first.off, first.days_off, first.longest_run) == (2, 1, 1, 1.0, 1)
    assert (part.working, part.off) == (1, 0)
    assert [(each.working, each.off) for each in per_day(scorer)] == [(3, 0), (1, 1), (1, 1)]
    early = next(each for each in fairness_table(scorer) if each.what == "early")
    assert (early.least, early.most, early.mean) == (0, 1, 0.5)


@pytest.mark.parametrize(
    ("row", "longest", "single"),
    [("×.×.××.", 2, 1), ("..×....", 1, 1), ("××.....", 2, 0), ("......★", 1, 0), (".......", 0, 0), ("×××××××", 7, 0)],
)
def test_statistics__rests__by_their_length_and_those_of_a_single_day(row: str, longest: int, single: int) -> None:
    (person,) = per_person(Scorer(problem(staff=["a"], days=7, schedule=grid(a=row))))

    assert (person.longest_rest, person.single_offs) == (longest, single)


def test_scorer__one_edit_of_100_people_and_62_days__is_next_to_nothing_of_the_whole() -> None:
    base = restaurant(100)
    given = replace(base, days=tuple(_stretched(base)))
    scorer = Scorer(given)
    cells = [(each.id, when) for each in given.staff[::7] for when in given.days[::5]]
    values = cycle("×△◇ ")

    def edit() -> None:
        for staff_id, when in cells:
            scorer.set(staff_id, when, next(values).strip())

    assert calls_in(edit) / len(cells) < calls_in(lambda: Scorer(given)) / 10_000


def test_suggestions__twice_the_people__hardly_cost_more() -> None:
    def roster(people: int) -> Roster:
        base = restaurant(people)
        off = {(each.id, when): "×" for each in base.staff if each.blank_works for when in base.days[::4]}
        return roster_of(replace(base, values={**base.values, **off}))

    few, many = roster(100), roster(200)
    assert len(suggestions(few)) == len(suggestions(many)) == 10
    assert calls_in(lambda: suggestions(many)) < 1.5 * calls_in(lambda: suggestions(few))


def test_suggestions__own_limits__count_the_calls_before() -> None:
    given = problem(
        staff=["a", "b"],
        days=7,
        schedule=grid(a="×××××××", b="×××××××"),
        staffGroups=[group("g", ["a"])],
        priorityRules=[rule("max_consecutive_work", hard=True, maxCount=2)],
    )

    assert [(each.staff_id, each.days) for each in suggestions(roster_of(given))] == [
        ("b", tuple(day(index) for index in (0, 1, 3, 4, 6)))
    ]


def _stretched(given: Problem) -> list[date]:
    return [given.days[0] + timedelta(days=step) for step in range(62)]


def test_options__group_with_no_rules_of_its_own__allows_one_off_softly() -> None:
    row = group("g", ["a", "b"])
    del row["groupConfig"]["coverageRules"]["maxOffPerDay"]
    found = Scorer(problem(schedule=grid(a="×", b="×"), days=1, staffGroups=[row])).violations()

    assert [(each.kind, each.is_hard) for each in found] == [("max_off_per_day", False)]

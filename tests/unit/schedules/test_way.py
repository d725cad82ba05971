"""The way of a run, as its job keeps it."""

from schedules.generation import Progress
from schedules.worker.way import MOST, Way


def way_of(*reports: tuple[str, int, int]) -> list[list[float]]:
    way = Way()
    for index, (phase, objective, bound) in enumerate(reports):
        way.add(Progress(phase, objective, bound, float(index), index + 1))
    return way.to_wire()


def test_way__reports__are_points_in_order_without_those_that_say_nothing_new() -> None:
    reports = [("first", 900, 0), ("soft", 900, 0), ("soft", 300, 0), ("soft", 300, 250)]

    assert way_of(*reports) == [[0, 900, 0], [2, 300, 0], [3, 300, 250]]


def test_way__broken_rules_then_wishes__are_not_on_one_scale() -> None:
    assert way_of(("first", 900, 0), ("hard", 2000, 1000), ("hard", 1000, 1000), ("soft", 800, 0)) == [[3, 800, 0]]


def test_way__many_reports__keeps_some_of_them_the_first_and_the_last() -> None:
    found = way_of(*(("soft", 10_000 - index, index) for index in range(1_000)))

    assert len(found) <= MOST
    assert found[0] == [0, 10_000, 0]
    assert found[-1] == [999, 9_001, 999]
    assert found == sorted(found)

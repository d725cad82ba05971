"""The way of a run: what was found and proved by when, as its job keeps it."""

from schedules.generation import Progress

MOST = 32
"""So many points are kept: more than a small chart shows, little enough to be told again with each report."""

Point = tuple[float, int, int]
"""Seconds since the start, the points of the best schedule then, and what was proved: no schedule has fewer."""


class Way:
    """The reports of one run in order, thinned so that the first and the last are always among them.

    Points of broken hard rules and those of wishes are not of one kind: when a run turns from one to the other its way begins anew.
    """

    def __init__(self) -> None:
        self._points: list[Point] = []
        self._is_hard = False

    def add(self, progress: Progress) -> None:
        """Takes a report; one that says nothing new is passed over."""
        is_hard = progress.phase == "hard"
        if is_hard != self._is_hard:
            self._points.clear()
            self._is_hard = is_hard
        if self._points and self._points[-1][1:] == (progress.objective, progress.bound):
            return
        if len(self._points) >= MOST:
            self._points[1:-1] = self._points[2:-1:2]
        self._points.append((round(progress.elapsed, 2), progress.objective, progress.bound))

    def to_wire(self) -> list[list[float]]:
        """The points so far."""
        return [list(point) for point in self._points]

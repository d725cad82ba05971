"""QR codes, drawn as one path: in our pages and in the front end alike, in the colours of either."""

from dataclasses import dataclass

import segno

LONGEST = 300
MARGIN = 4
"""Modules of light around it, as readers expect."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """``path``: the dark modules, in a square of ``size`` modules each way, as the ``d`` of an SVG path."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """``text``, of 1 to :data:`LONGEST` characters, to be read by the camera of a phone; a seventh of it may be dirty."""
    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    runs = [
        f"M{start + MARGIN} {y + MARGIN}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    ]
    return QrCode(len(rows) + 2 * MARGIN, "".join(runs))


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin that lie side by side, and how many they are."""
    found: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((x, 1))
    return found

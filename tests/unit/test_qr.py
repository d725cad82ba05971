"""A QR code's path draws its modules, each once, within the light margin."""

import re

import segno

from shiftsync.core.qr import LONGEST, MARGIN, qr_code


def drawn(path: str, size: int) -> list[list[int]]:
    rows = [[0] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for at in range(int(x), int(x) + int(length)):
            assert rows[int(y)][at] == 0
            rows[int(y)][at] = 1
    return rows


def test_path__of_an_address__draws_the_modules_of_its_code() -> None:
    text = "https://shifts.example.com/feeds/7f3a/"
    code = qr_code(text)
    rows = drawn(code.path, code.size)
    inner = [row[MARGIN:-MARGIN] for row in rows[MARGIN:-MARGIN]]
    assert inner == [list(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix]
    assert sum(map(sum, inner)) == sum(map(sum, rows))


def test_path__of_the_longest_text__fits() -> None:
    assert qr_code("𠮷" * LONGEST).size <= 177 + 2 * MARGIN

"""A benchmark's process of its own, and what it says it has held."""

import os

import pytest

from benchmarks.alone import alone, peak_memory_bytes

LARGE = 300 * 1024**2


def test_peak_memory__parent_held_much__is_the_childs_alone() -> None:
    held = bytearray(os.urandom(1024)) * (LARGE // 1024)
    assert peak_memory_bytes() > LARGE
    assert alone(peak_memory_bytes) < LARGE
    del held


def test_peak_memory__let_go_of__still_counts() -> None:
    assert alone(_held_and_let_go) > LARGE


def test_alone__error__is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        alone(divmod, 1, 0)


def _held_and_let_go() -> int:
    held = bytearray(os.urandom(1024)) * (LARGE // 1024)
    del held
    return peak_memory_bytes()

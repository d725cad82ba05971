"""How measures are printed."""

from typing import Any

from benchmarks.measures import Measure, Note

WIDTH = 76


def _row(what: str, value: str, floor: str, ratio: str, bound: str, verdict: str) -> str:
    return f"{what:<{WIDTH}} {value:>16} {floor:>11} {ratio:>7} {bound:>8}  {verdict}".rstrip()


HEAD = _row("what", "value", "floor", "ratio", "bound", "")


def line(measure: Measure | Note) -> str:
    """One line of the table."""
    if isinstance(measure, Note):
        return f"{measure.suite}: {measure.text}"
    return _row(
        f"{measure.suite}: {measure.what}",
        f"{_number(measure.value)} {measure.unit}",
        "" if measure.floor is None else _number(measure.floor),
        "" if measure.ratio is None else f"{measure.ratio:.2f}",
        "" if measure.bound is None else str(measure.bound),
        _verdict(measure),
    )


def as_data(measure: Measure | Note) -> dict[str, Any]:
    """The same for machines."""
    if isinstance(measure, Note):
        return {"suite": measure.suite, "note": measure.text}
    return {
        "suite": measure.suite,
        "what": measure.what,
        "value": measure.value,
        "unit": measure.unit,
        "floor": measure.floor,
        "ratio": measure.ratio,
        "bound": None if measure.bound is None else str(measure.bound),
        "isBinding": measure.bound is not None and measure.bound.is_binding,
        "isMet": measure.is_met,
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _verdict(measure: Measure) -> str:
    if measure.is_met is None:
        return ""
    return "ok" if measure.is_met else "MISSED" if measure.is_failure else "over the target"

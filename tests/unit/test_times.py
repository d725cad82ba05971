"""Times of the day that come in: nothing that was said of them is left out."""

from datetime import time
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from shiftsync.core.times import NOT_A_TIME, TO_THE_MINUTE, TimeOfDayField


@pytest.mark.parametrize("said", ["09:05", "9:05", "09:05:00", "09:05:00.000", time(9, 5)])
def test_time__to_the_minute__is_read(said: Any) -> None:
    assert TimeOfDayField().run_validation(said) == time(9, 5)
    assert TimeOfDayField().to_representation(time(9, 5)) == "09:05"


@pytest.mark.parametrize("said", ["09:05:01", "09:05:00.4", "09:05:00.0000000001", time(9, 5, 1)])
def test_time__with_seconds__refused(said: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        TimeOfDayField().run_validation(said)
    assert refused.value.detail == [TO_THE_MINUTE]


@pytest.mark.parametrize(
    "said",
    ["9:5", "9", "0905", "T09:05", "09:05Z", "09:05+02:00", "24:00", "12:60", "09:05:60", "09:05\n", "９:０５", ""],
)
def test_time__that_could_be_another__refused(said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TimeOfDayField().run_validation(said)
    assert refused.value.detail == [NOT_A_TIME]

"""Time zones are those of the locked data, and those that browsers know."""

import subprocess
import sys
import zoneinfo
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from shiftsync.core.clock import local_today
from shiftsync.core.zones import FALLBACK, known_zones, zone_of

ROOT = Path(__file__).parents[2]
IN_VANCOUVER = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from datetime import datetime
from zoneinfo import ZoneInfo
print(datetime(2026, 12, 15, tzinfo=ZoneInfo("America/Vancouver")).utcoffset().total_seconds())
"""


def test_zones__system_data__is_not_read() -> None:
    assert zoneinfo.TZPATH == ()
    assert int(version("tzdata").split(".")[0]) >= 2026


@pytest.mark.parametrize(
    ("month", "hours"), [((2026, 2, 1), -8), ((2026, 7, 1), -7), ((2026, 12, 15), -7), ((2027, 2, 1), -7)]
)
def test_vancouver__from_november_2026_on__stays_seven_hours_behind(month: tuple[int, int, int], hours: int) -> None:
    """British Columbia keeps its summer time from 2026 on; data from before 2026 has an hour more in winter."""
    assert datetime(*month, 12, tzinfo=zone_of("America/Vancouver")).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("start", ["import shiftsync.settings", "from manage import main"])
def test_process__whatever_it_begins_with__has_the_locked_data(start: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"{start}\n{IN_VANCOUVER}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(run.stdout) == -7 * 3600


@pytest.mark.parametrize(
    "name",
    ["localtime", "posix/Asia/Tokyo", "right/Asia/Tokyo", "Factory", "posixrules", "Mars/Base", "asia/tokyo", ""],
)
def test_zone__browsers_do_not_know__is_refused_and_read_as_the_fallback(name: str) -> None:
    assert name not in known_zones()
    assert zone_of(name).key == FALLBACK
    assert local_today(name) == local_today(FALLBACK)


@pytest.mark.parametrize("name", ["Asia/Tokyo", "UTC", "America/Vancouver", "US/Pacific", "Etc/GMT+5", "Asia/Calcutta"])
def test_zone__browsers_know__is_itself(name: str) -> None:
    assert name in known_zones()
    assert zone_of(name).key == name

"""Public holidays, by country."""

import os
import subprocess
import sys
from datetime import date

import pytest

from shiftsync.core.holidays import holiday_dates, holidays_between, known_countries, offered_countries
from tests.support.server import ROOT


def test_holidays__of_japan__have_both_names_and_the_day_between_two() -> None:
    found = holidays_between("JP", date(2026, 9, 1), date(2026, 9, 30))
    assert [(each.day.day, each.name_ja) for each in found] == [(21, "敬老の日"), (22, "国民の休日"), (23, "秋分の日")]
    assert found[0].name_en == "Respect for the Aged Day"


def test_holidays__over_the_end_of_a_year__are_of_both() -> None:
    assert date(2027, 1, 1) in holiday_dates("JP", date(2026, 12, 1), date(2026, 12, 31)), "the day behind is known"
    assert [each.day for each in holidays_between("CA", date(2026, 12, 20), date(2027, 1, 5))] == [
        date(2026, 12, 25),
        date(2027, 1, 1),
    ]


@pytest.mark.parametrize("code", ["", "XX", "jp", "JPN"])
def test_holidays__unknown_country__are_none(code: str) -> None:
    assert code not in known_countries()
    assert holidays_between(code, date(2026, 1, 1), date(2026, 12, 31)) == []


def test_offered__a_country_that_has_two_codes__stands_there_once() -> None:
    assert {"GB", "UK"} <= known_countries(), "a restaurant may have either"
    assert [code for code in offered_countries() if code in {"GB", "UK"}] == ["GB"]
    assert list(offered_countries()) == sorted(offered_countries())


def test_names__no_translation__are_the_country_s_own_whatever_the_server_speaks() -> None:
    script = (
        "from datetime import date; from shiftsync.core.holidays import holidays_between as between; "
        "print([each.name_ja for each in between('DE', date(2026, 12, 25), date(2026, 12, 25))])"
    )
    environment = {**os.environ, "LANG": "th_TH.UTF-8", "LANGUAGE": "", "LC_ALL": "", "PYTHONUTF8": "1"}
    told = subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, check=True)
    assert told.stdout.decode().strip() == "['Erster Weihnachtstag']"

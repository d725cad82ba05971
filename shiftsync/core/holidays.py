"""Public holidays of a country, by the ``holidays`` library, which is loaded when somebody first asks: it parses dates, and a server can start without."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

from shiftsync.core.clock import now

YEARS_BACK, YEARS_AHEAD = 3, 2
LANGUAGES = {"ja": "ja", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday's names; in the country's own language where there is no translation."""

    day: date
    name_ja: str
    name_en: str

    def to_wire(self) -> dict[str, str]:
        """The day with its names in both languages."""
        return {"date": str(self.day), "nameJa": self.name_ja, "nameEn": self.name_en}


def _library() -> Any:
    return import_module("holidays")


@lru_cache(maxsize=1)
def known_countries() -> frozenset[str]:
    """The countries whose holidays are known, as ISO 3166 codes of two letters."""
    return frozenset(code for code in _library().list_supported_countries() if len(code) == 2)


def offered_countries() -> tuple[str, ...]:
    """The same to choose from, in order: each country once, without a second code that it may be stored by (``UK``)."""
    offered = _library().list_supported_countries(include_aliases=False)
    return tuple(sorted(known_countries().intersection(offered)))


def holidays_between(country: str, first: date, last: date) -> list[Holiday]:
    """The holidays from ``first`` to ``last``, in order; none where the country is not known."""
    found = (each for year in range(first.year, last.year + 1) for each in _of_year(country, year))
    return [each for each in found if first <= each.day <= last]


def holidays_around_now(country: str) -> list[Holiday]:
    """The holidays of some years around the current one: those that clients get."""
    year = now().year
    return holidays_between(country, date(year - YEARS_BACK, 1, 1), date(year + YEARS_AHEAD, 12, 31))


def holiday_dates(country: str, first: date, last: date) -> frozenset[date]:
    """The dates of the holidays, including the day after ``last``, since rules also ask for the day before a holiday."""
    return frozenset(each.day for each in holidays_between(country, first, last + timedelta(days=1)))


@lru_cache(maxsize=512)
def _of_year(country: str, year: int) -> tuple[Holiday, ...]:
    if country not in known_countries():
        return ()
    names = {language: _named(country, year, code) for language, code in LANGUAGES.items()}
    return tuple(Holiday(day, names["ja"][day], names["en"][day]) for day in sorted(names["ja"]))


def _named(country: str, year: int, language: str) -> Mapping[date, str]:
    library = _library()
    localized: Mapping[str, Any] = library.list_localized_countries()
    # Passed explicitly even where it is the library's default: without a language, or with an unknown one, the library
    # follows the environment (LANG).
    chosen = language if language in localized.get(country, ()) else library.country_holidays(country).default_language
    found: Mapping[date, str] = library.country_holidays(country, years=year, language=chosen)
    return found

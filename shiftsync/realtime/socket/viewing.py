"""Which of an app's pages a client says it is viewing, in its opening request."""

from collections.abc import Callable, Mapping

Reading = Callable[[Mapping[str, str]], int]
VIEWS: list[Reading] = []


def reads_view(function: Reading) -> Reading:
    """Registers how an app reads, from the parameters of the opening request, the number of what is viewed. It never fails: what cannot
    be read is the app's default. One app does so."""
    VIEWS.append(function)
    return function


def viewed(parameters: Mapping[str, str]) -> int:
    """What a client with those parameters is viewing; 0 where no app knows."""
    return next((reading(parameters) for reading in VIEWS), 0)

"""CP-SAT on the whole month, on a thread beside the search. (It leaves Python to the others while it works.)"""

import threading
from collections.abc import Callable


class Prover(threading.Thread):
    """Runs ``prove``. What goes wrong in it is raised to whoever waits for its end."""

    def __init__(self, prove: Callable[[], None]) -> None:
        super().__init__(name="prover", daemon=True)
        self._prove = prove
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._prove()
        except Exception as error:
            self._error = error

    @property
    def has_failed(self) -> bool:
        return self._error is not None

    def finish(self, seconds: float | None = None) -> None:
        """Waits for its end, at most so long. Raises what went wrong in it."""
        self.join(seconds)
        if self._error is not None:
            raise self._error

"""CP-SAT on the whole month, on a thread beside the search. (It leaves Python to the others while it works.)"""

import threading
from collections.abc import Callable


class Prover(threading.Thread):
    """Runs ``prove``. An error in it is raised where its end is awaited."""

    def __init__(self, prove: Callable[[], None]) -> None:
        super().__init__(name="prover", daemon=True)
        self._prove = prove
        self._error: Exception | None = None

    def run(self) -> None:
        """The thread's work. An error is kept for the thread that waits for the proof."""
        try:
            self._prove()
        except Exception as error:
            self._error = error

    @property
    def has_failed(self) -> bool:
        """Whether the proof ended with an error."""
        return self._error is not None

    def finish(self, seconds: float | None = None) -> None:
        """Waits for its end, at most so long. Raises what went wrong in it."""
        self.join(seconds)
        if self._error is not None:
            raise self._error

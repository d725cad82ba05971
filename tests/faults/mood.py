"""How the receiver of a webhook answers: what the faults change of it."""

from dataclasses import dataclass

AWAY, FORGETFUL, WELL = 0, 503, 204


@dataclass
class Mood:
    """``status``: what it answers; ``AWAY``: it hangs up, ``FORGETFUL``: it has taken what it then calls a failure. ``pause``: how many seconds
    that takes."""

    status: int = WELL
    pause: float = 0.0

"""Words of a closed list, in whatever spelling: ``LastWriterWins``, ``last-writer-wins`` and ``LAST_WRITER_WINS`` are one."""

from collections.abc import Iterable


def spelled(word: object, options: Iterable[str]) -> str | None:
    """The option that ``word`` spells, by its letters alone; None where there is none."""
    wanted = _letters(word) if isinstance(word, str) else ""
    return next((option for option in options if wanted and _letters(option) == wanted), None)


def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, word)).lower()

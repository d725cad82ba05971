"""Choices in any spelling: ``LastWriterWins``, ``last-writer-wins`` and ``LAST_WRITER_WINS`` are the same."""

from collections.abc import Iterable


def spelled(word: object, options: Iterable[str]) -> str | None:
    """The option that equals ``word`` if only letters are compared; None if no option does."""
    wanted = _letters(word) if isinstance(word, str) else ""
    return next((option for option in options if wanted and _letters(option) == wanted), None)


def _letters(word: str) -> str:
    return "".join(filter(str.isalpha, word)).lower()

"""Words of a closed list in other spellings."""

from typing import Any

import pytest

from shiftsync.core.spelling import spelled
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.tenants.models import ConflictStrategy


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("last_writer_wins", "last_writer_wins"),
        ("LastWriterWins", "last_writer_wins"),
        ("FirstWriterWins", "first_writer_wins"),
        ("MergeChanges", "merge_changes"),
        ("UserChoice", "user_choice"),
        ("userChoice", "user_choice"),
        ("USER_CHOICE", "user_choice"),
        ("merge-changes", "merge_changes"),
        (" Merge Changes ", "merge_changes"),
        ("LASTWRITERWINS", "last_writer_wins"),
        ("last", None),
        ("", None),
        ("___", None),
        (None, None),
        (7, None),
        (["user_choice"], None),
    ],
)
def test_strategy__in_any_spelling__is_read_everywhere(word: Any, meaning: str | None) -> None:
    assert spelled(word, ConflictStrategy.values) == meaning
    if meaning is not None:
        assert [Strategy(word).value, ConflictStrategy(word).value] == [meaning, meaning]
        return
    for kind in (Strategy, ConflictStrategy):
        with pytest.raises(ValueError, match="is not a valid"):
            kind(word)

"""Arrays as PostgreSQL reads them."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from shiftsync.core.sql import array_literal

MOMENT = datetime(2025, 8, 1, 12, 30, tzinfo=UTC)
LATER = datetime(2025, 8, 1, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], "{}"),
        ([""], '{""}'),
        (["a", "b c"], '{"a","b c"}'),
        (['say "x"', "back\\slash", "{,}"], '{"say \\"x\\"","back\\\\slash","{,}"}'),
        (["a", None, "NULL"], '{"a",NULL,"NULL"}'),
        ([None], "{NULL}"),
        (["a\0b", "c"], '{"a\0b","c"}'),
        (['","', "○"], '{"\\",\\"","○"}'),
    ],
)
def test_texts__are_quoted_each_for_itself(texts: list[str | None], expected: str) -> None:
    assert array_literal(texts, is_text=True) == expected
    assert array_literal(tuple(texts), is_text=True) == expected


def test_other_values__as_the_database_spells_them() -> None:
    known = UUID(int=1)
    assert array_literal([known, None]) == f"{{{known.hex},NULL}}"
    assert array_literal([1, None, 3]) == "{1,NULL,3}"
    assert array_literal([MOMENT, MOMENT]) == f"{{{MOMENT},{MOMENT}}}"
    assert array_literal([MOMENT, LATER, None]) == f"{{{MOMENT},{LATER},NULL}}"

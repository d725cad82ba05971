"""What an empty cell means for a new person, where nobody says it."""

import pytest

from staff.rules import default_blank_means


@pytest.mark.parametrize(
    ("type", "status", "means"),
    [
        ("", "", "work"),
        ("", "社員", "work"),
        ("", "パート", "free"),
        ("", "ﾊﾟｰﾄ", "free"),
        ("", "アルバイト", "free"),
        ("", "学生アルバイト", "free"),
        ("", "パート・アルバイト", "free"),
        ("", "パートタイマー", "free"),
        ("", "パートナー社員", "work"),
        ("", "Part-Time", "free"),
        ("", "part time", "free"),
        ("", "派遣", "work"),
        ("part-time", "派遣", "work"),
        ("part-time", "", "free"),
        ("パート", "", "free"),
        ("regular", "アルバイト", "free"),
    ],
)
def test_default_blank_means__by_status__free_for_those_who_are_called(type: str, status: str, means: str) -> None:
    assert default_blank_means(type, status) == means

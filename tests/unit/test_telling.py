"""What a refusal says in both languages."""

import pytest

from shiftsync.core.brief import LONGEST_SENTENCE
from shiftsync.core.errors import ConflictError, DomainError, Forbidden, NotFound, ValidationFailed
from shiftsync.core.telling import UNKNOWN, UNKNOWN_PARAMETER, told
from shiftsync.realtime.stream.requests import RefusedBefore, answered_before, refusal_answer


def in_japanese(error: DomainError) -> tuple[object, object]:
    payload = told(error)
    return payload["messageJa"], payload.get("detailsJa")


def test_told__in_english__is_as_before() -> None:
    error = ValidationFailed.of("name", "Must not be blank.")
    assert error.as_payload().items() <= told(error).items()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("startDate", "開始日"),
        ("changes.startDate", "開始日"),
        ("people[3].startDate", "開始日"),
        ("startDate.0", "開始日"),
        ("changes.availableFrom", "出勤できる時刻の始まり"),
        ("availableUntil", "出勤できる時刻の終わり"),
        ("thingOfNobody", "thingOfNobody"),
    ],
)
def test_told__about_a_field__names_it_in_japanese(path: str, field: str) -> None:
    assert in_japanese(ValidationFailed.of(path, "Must not be blank.")) == (
        f"{field}：入力してください。",
        {path: ["入力してください。"]},
    )


def test_told__about_no_field__names_none() -> None:
    assert told(ValidationFailed.of("nonFieldErrors", "Must not be blank."))["messageJa"] == "入力してください。"


@pytest.mark.parametrize("reason", [UNKNOWN, UNKNOWN_PARAMETER])
def test_told__about_a_name_that_is_no_field__names_it_as_it_was_sent(reason: str) -> None:
    assert told(ValidationFailed.of("name", reason))["messageJa"].startswith("name：")


def test_told__of_a_sentence_that_carries_something__says_it_with_it() -> None:
    error = ValidationFailed.by_field({"rules": [{}, {"limitConfig": {"maxCount": ["must be at most 31"]}}]})
    message, details = in_japanese(error)
    assert message == "最大：31以下にしてください。"
    assert details == {"rules": [{}, {"limitConfig": {"maxCount": ["31以下にしてください。"]}}]}


def test_told__of_the_librarys_own_sentence__says_it_with_what_it_carries() -> None:
    error = ValidationFailed.of("symbol", "Ensure this field has no more than 20 characters.")
    assert told(error)["detailsJa"] == {"symbol": ["この項目が20文字より長くならないようにしてください。"]}


def test_told__of_what_the_details_say_in_both_languages__takes_their_japanese() -> None:
    broken = {"message": "Sato works 7 days in a row.", "messageJa": "佐藤さんが7日続けて働きます。"}
    message, details = in_japanese(ValidationFailed.by_field({"swapId": [broken["message"]], "breaks": [broken]}))
    assert message == "交代：佐藤さんが7日続けて働きます。"
    assert isinstance(details, dict)
    assert details["swapId"] == ["佐藤さんが7日続けて働きます。"]


def test_told__of_a_conflict__leaves_what_others_wrote_alone() -> None:
    error = ConflictError(details={"items": [{"field": "name", "theirs": "Name"}]})
    assert in_japanese(error) == ("その間にほかの人が変更しました。", None)


def test_told__of_a_sentence_without_japanese__says_it_as_it_is() -> None:
    assert in_japanese(NotFound("Something that no catalogue has.")) == ("Something that no catalogue has.", None)


def test_told__of_a_long_sentence__is_bounded() -> None:
    error = ValidationFailed.of("startDate", f"No such staff member: {'あ' * 5000}.")
    assert len(told(error)["messageJa"]) <= LONGEST_SENTENCE


@pytest.mark.parametrize("error", [ValidationFailed.of("startDate", "Must not be blank."), Forbidden()])
def test_told__of_a_refusal_that_comes_again__is_what_it_was(error: DomainError) -> None:
    again = answered_before(refusal_answer(error))
    assert isinstance(again, RefusedBefore)
    assert told(again) == told(error)

"""Token buckets."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftsync.core.errors import RateLimited
from shiftsync.realtime.socket.limits import LONGEST_WAIT_SECONDS, Bucket, Limiter


def test_bucket__its_burst__waits_for_nothing() -> None:
    bucket = Bucket(rate=1, burst=10)
    assert [bucket.take() for _ in range(10)] == [0.0] * 10
    assert bucket.take() == pytest.approx(1, abs=0.1)


@given(taken=st.integers(1, 500), burst=st.integers(1, 100))
def test_bucket__beyond_its_burst__waits_as_long_as_the_rate_says(taken: int, burst: int) -> None:
    bucket = Bucket(rate=0.001, burst=burst)
    waits = [bucket.take() for _ in range(taken)]
    assert waits == sorted(waits)
    assert waits[-1] == pytest.approx(max(0, taken - burst) * 1000, abs=100)


def wait_often(limiter: Limiter, times: int) -> None:
    for _ in range(times):
        limiter.wait_seconds()


def test_limiter__one_socket__is_held_up_after_its_burst_and_in_the_end_refused() -> None:
    limiter = Limiter(UUID(int=1))
    waits = [limiter.wait_seconds() for _ in range(1000)]
    assert waits[-1] == 0
    for _ in range(int(LONGEST_WAIT_SECONDS * 200) - 100):
        limiter.wait_seconds()
    with pytest.raises(RateLimited) as refusal:
        wait_often(limiter, 1000)
    assert refusal.value.retry_after is not None
    assert refusal.value.retry_after >= LONGEST_WAIT_SECONDS


def test_limiter__many_sockets_of_one_user__share_the_user_s_limit() -> None:
    user = UUID(int=2)
    limiters = [Limiter(user) for _ in range(5)]
    first = [limiter.wait_seconds() for limiter in limiters for _ in range(900)]
    assert max(first[:4000]) == 0
    assert first[-1] > 0
    assert Limiter(UUID(int=3)).wait_seconds() == 0

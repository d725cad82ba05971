"""The code by which the operator of an empty installation shows that the server is theirs."""

from django.utils.crypto import constant_time_compare, salted_hmac

LENGTH = 12


def set_up_code() -> str:
    """It follows from the installation's secret key, so that every process knows it and nothing is stored."""
    return salted_hmac("shiftsync.set_up", "", algorithm="sha256").hexdigest()[:LENGTH]


def is_set_up_code(given: str) -> bool:
    """Whether that is the code; spaces around it and capitals do not matter."""
    return constant_time_compare(given.strip().lower(), set_up_code())

"""The period that a client is viewing, as its opening request says."""

from collections.abc import Mapping

from shiftsync.realtime.socket.viewing import reads_view


@reads_view
def period_index(parameters: Mapping[str, str]) -> int:
    """The index of the period that the client is viewing; 0 if it does not say."""
    value = parameters.get("period", "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0

"""What was taken out of use is restored in the admin by the services, and heard by sockets."""

from tests.conftest import Connect
from tests.integration.admin.conftest import Desk


def test_actions__closing_and_shift_type_taken_away_and_brought_back__heard_by_sockets(
    manager: Desk, connect: Connect
) -> None:
    client = connect()
    rule = client.ack("CLOSING_RULE_CREATE", {"repeats": "weekly", "daysOfWeek": [3]})["result"]["rule"]["id"]
    made = client.ack("SHIFT_TYPE_CREATE", {"symbol": "深", "kind": "late"})["result"]["shiftType"]["id"]
    for page, row, event in (
        ("schedules_closingrule_changelist", rule, "CLOSING_RULE"),
        ("schedules_shifttype_changelist", made, "SHIFT_TYPE"),
    ):
        manager.act("deactivate", page, row)
        client.expect(f"{event}_DELETE")
        manager.act("restore", page, row)
        assert client.expect(f"{event}_CREATE")["payload"]["id"] == row

"""What the models of every app have in common."""

from staff.models import StaffMember


def test_history__looked_at_again__needs_no_new_class() -> None:
    member = StaffMember()
    assert type(member.history) is type(StaffMember.history)

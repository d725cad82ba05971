"""Ids in the examples of bodies (``example`` of their serializers)."""

SOMEBODY = "0190a1b2-0000-7000-8000-000000000001"
SOME_SCHEDULE = "0190a1b2-0000-7000-8000-000000000002"

"""JSON that comes back exactly as it was given."""

from typing import Any

from django.db import models

from shiftsync.core.encoding import decode, encode


class KeptJSONField(models.TextField[Any, Any]):
    """A JSON value as text: the order of keys and the spelling of numbers stay, which ``jsonb`` does not keep.

    Nothing searches inside it.
    """

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        """The value as Python has it."""
        return None if value is None else decode(value)

    def get_prep_value(self, value: Any) -> str | None:
        """The value as it is stored."""
        return None if value is None else encode(value)

    def to_python(self, value: Any) -> Any:
        """Values are JSON already; text stays text."""
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """For ``dumpdata``."""
        return encode(self.value_from_object(obj))

"""What may be picked in a row's form: people of its restaurant, and rows of its version."""

from uuid import UUID

from django.utils.translation import gettext

from settings_app.rules.shapes import STAFF, Refers
from settings_app.selectors.rows import rows_of
from settings_app.selectors.versions import active_version
from settings_app.tables import require_table
from staff.selectors import staff_of

Choices = list[tuple[str, str]]


class Offer:
    """The choices in one version of a restaurant's settings (None: the one in use), each read once."""

    def __init__(self, restaurant_id: UUID, version_id: UUID | None = None) -> None:
        self.restaurant_id = restaurant_id
        self.version_id = version_id or active_version(restaurant_id).id
        self._read: dict[str, Choices] = {}

    def choices(self, refers: Refers) -> Choices:
        """All that a field may refer to. Where that goes by another field: of every kind, and words such as positions."""
        targets = [refers.target] if refers.target else [*refers.targets.values(), ""]
        return [choice for target in targets for choice in self._of(target)]

    def _of(self, target: str) -> Choices:
        if target not in self._read:
            self._read[target] = self._choices_of(target)
        return self._read[target]

    def _choices_of(self, target: str) -> Choices:
        if not target:
            told = staff_of(self.restaurant_id).values_list("position", "type", "status")
            return [(word, word) for word in dict.fromkeys(word for words in told for word in words) if word]
        if target == STAFF:
            return [(str(member.id), member.name) for member in staff_of(self.restaurant_id)]
        return [(str(row.id), str(row)) for row in rows_of(require_table(target), self.version_id)]


def with_present(choices: Choices, present: list[str]) -> Choices:
    """The choices, and what is chosen already though it is not there any more."""
    there = {key for key, _ in choices}
    return [
        *choices,
        *((each, gettext("%(each)s (no longer exists)") % {"each": each}) for each in present if each not in there),
    ]

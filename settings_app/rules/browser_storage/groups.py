"""Staff groups: a list of objects, or a map from a group's name to its members or to the rest of it."""

from collections.abc import Iterator, Mapping

from settings_app.rules.browser_storage.items import not_a, read_item, read_list
from settings_app.rules.shapes import Shape
from settings_app.rules.storage_form import Reading, StorageForm

KEY = "staffGroups"


def read_groups(shape: Shape, contents: Mapping[str, object]) -> Iterator[Reading]:
    """Reads staff groups, as a list or as a map from name to members."""
    content = contents[KEY]
    if not isinstance(content, dict):
        yield from read_list(shape, KEY, content, lambda item, notes: item)
        return
    for index, (name, value) in enumerate(content.items()):
        yield _named_group(shape, f"{KEY}.{name}", index, name, value)


def _named_group(shape: Shape, path: str, index: int, name: str, value: object) -> Reading:
    if isinstance(value, list):
        return read_item(shape, path, index, {"id": name, "name": name, "members": value})
    if isinstance(value, dict):
        return read_item(shape, path, index, {"id": name, "name": name, **value})
    return not_a(path, index, value, "a group")


STORAGE = StorageForm((KEY,), read_groups)

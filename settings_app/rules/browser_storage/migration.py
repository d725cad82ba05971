"""From the browser's stored settings to the rows of a new version, as a plan that nothing has been done about yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from settings_app.rules.browser_storage.directory import Directory, Found, Missing
from settings_app.rules.browser_storage.plan import Ignored, Mapped, MigrationPlan, Skipped
from settings_app.rules.browser_storage.stored import Stored, read_stored, stored_hash
from settings_app.rules.rows import LINEAGE, Row
from settings_app.rules.shapes import STAFF, map_references
from settings_app.rules.storage_form import Draft, Unread
from settings_app.rules.table import Referred, SettingsTable

NewId = Callable[[], object]
RowsByTable = Mapping[str, Sequence[Row]]


@dataclass
class _Writing:
    """The plan while it is made. ``things``: what can be referred to, by table (or staff) and id."""

    new_id: NewId
    directories: dict[str, Directory]
    things: dict[str, dict[str, Row]]
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    mapped: list[Mapped] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)


def plan_migration(
    stored: object,
    *,
    tables: Sequence[SettingsTable],
    staff: Iterable[tuple[str, str]],
    new_id: NewId,
    chosen: Iterable[str] | None = None,
    current: RowsByTable | None = None,
) -> MigrationPlan:
    """The plan for ``stored``: parsed JSON of any shape, damaged too. Never raises for what is in it.

    ``tables``: all settings tables, each after those it refers to. ``staff``: ids and names of all members, those who
    have left included. ``chosen``: the tables to take from the file, by key or name on the wire (none given: all); the
    others, and those of which the file says nothing, are carried over from ``current``, the rows of the version in use.
    """
    read = read_stored(stored, tables)
    taken = _taken(tables, read, chosen)
    people = list(staff)
    writing = _Writing(
        new_id,
        {STAFF: Directory("members of staff", people)},
        {STAFF: {id_: {"id": id_, "name": name} for id_, name in people}},
        ignored=list(read.ignored),
    )
    for table in tables:
        if table.key in taken:
            _take(table, read, writing, (current or {}).get(table.key, ()))
        else:
            _carry(table, (current or {}).get(table.key, ()), read, writing, taken)
        writing.things[table.key] = {row["id"]: row for row in writing.rows[table.key]}
    return MigrationPlan(
        tables=tuple(tables),
        rows=writing.rows,
        carried=frozenset(table.key for table in tables) - taken,
        mapped=tuple(writing.mapped),
        skipped=tuple(writing.skipped),
        ignored=tuple(writing.ignored),
        content_hash=stored_hash(stored),
        migration_version=read.migration_version,
    )


def _taken(tables: Sequence[SettingsTable], read: Stored, chosen: Iterable[str] | None) -> frozenset[str]:
    """The tables that were chosen and that the file says something of."""
    told = [
        table for table in tables if any(table.storage.tells(content) for content in _contents(table, read).values())
    ]
    if chosen is None:
        return frozenset(table.key for table in told)
    wanted = set(chosen)
    return frozenset(table.key for table in told if wanted & {table.key, table.names.collection, *table.storage.keys})


def _contents(table: SettingsTable, read: Stored) -> dict[str, object]:
    return {key: read.contents[key] for key in table.storage.keys if key in read.contents}


def _take(table: SettingsTable, read: Stored, writing: _Writing, replaced: Sequence[Row]) -> None:
    """The rows of the file. What is carried over and refers to a ``replaced`` row will find the new one by its name."""
    readings = table.storage.read(table.row, _contents(table, read))
    directory = writing.directories[table.key] = Directory(f"{table.title} of this version", ())
    written = []
    for reading in readings:
        if isinstance(reading, Unread):
            _skip(table, reading, writing)
            continue
        row = _settled(table, reading, writing)
        if row:
            _tell_of_repeated_id(table, reading, directory, writing)
            directory.add(reading.old_id, row["id"], row.get("name", ""))
            writing.mapped.append(_mapped(table, reading, row))
            written.append(row)
    writing.rows[table.key] = tuple(written)
    for row in replaced:
        successor = directory.find(row.get("name", ""))
        if isinstance(successor, Found):
            directory.add(row["id"], successor.id, "")


def _tell_of_repeated_id(table: SettingsTable, draft: Draft, directory: Directory, writing: _Writing) -> None:
    if draft.old_id is not None and directory.knows(draft.old_id):
        reason = f"the id {draft.old_id} is used more than once; references to it resolve to the first row"
        writing.skipped.append(Skipped(table.names.collection, draft.path, draft.index, reason, left_out=False))


def _skip(table: SettingsTable, reading: Unread, writing: _Writing) -> None:
    if reading.harmless:
        writing.ignored.append(Ignored(reading.path, reading.reason))
    else:
        writing.skipped.append(Skipped(table.names.collection, reading.path, reading.index, reading.reason))


def _mapped(table: SettingsTable, draft: Draft, row: Row) -> Mapped:
    notes = (*draft.notes, *table.remarks(row))
    return Mapped(table.names.collection, draft.path, draft.index, row["id"], row.get("name", ""), notes)


def _settled(
    table: SettingsTable, draft: Draft, writing: _Writing, *, is_carried: bool = False, has_stood: bool = False
) -> Row | None:
    """The row with an id of its own and its references resolved; None, and a reason, if it is not fit to be written.

    A column that holds one id must resolve. A list keeps what it cannot resolve, which is told. ``is_carried``: it comes
    from the version in use; ``has_stood``: and stands there beside just what it refers to here, so that no conditions
    are asked of that.
    """
    row, unresolved = _resolved(table, draft, writing.directories)
    told = [f"{path}: {reason}" for path, reason in unresolved]
    errors = table.errors(row) or ([] if has_stood else table.conditions(row, _referred(table, row, writing)))
    wrong = [str(error) for error in errors]
    fit = not wrong and table.row.references.keys().isdisjoint(path for path, _ in unresolved)
    skipped = partial(Skipped, table.names.collection, draft.path, draft.index, left_out=not fit, is_carried=is_carried)
    writing.skipped += map(skipped, told) if fit else [skipped("; ".join([*wrong, *told]))]
    return {"id": str(writing.new_id()), **row} if fit else None


def _referred(table: SettingsTable, row: Row, writing: _Writing) -> Referred:
    """What the row's own single references mean in the plan."""
    meant = (
        (name, writing.things[refers.target].get(row.get(name, ""))) for name, refers in table.row.references.items()
    )
    return {name: thing for name, thing in meant if thing is not None}


def _resolved(
    table: SettingsTable, draft: Draft, directories: Mapping[str, Directory]
) -> tuple[Row, list[tuple[str, str]]]:
    """The row with what its references mean; and of those that mean nothing, the path and the reason."""
    unresolved: list[tuple[str, str]] = []

    def translate(target: str, text: str, path: str) -> str:
        found = _first_found(directories[target], (text, *draft.otherwise.get(path, ())))
        if isinstance(found, Found):
            return found.id
        unresolved.append((path, found.reason))
        return text

    return map_references(draft.row, table.row, translate), unresolved


def _first_found(directory: Directory, spellings: Sequence[str]) -> Found | Missing:
    answers = [directory.find(each) for each in spellings]
    return next((answer for answer in answers if isinstance(answer, Found)), answers[0])


def _carry(table: SettingsTable, rows: Sequence[Row], read: Stored, writing: _Writing, taken: frozenset[str]) -> None:
    """The rows as they are, those that were switched off among them, with ids of their own."""
    has_stood = taken.isdisjoint(refers.target for refers in table.row.references.values())
    writing.ignored += [
        Ignored(key, "was not selected" if table.storage.tells(content) else "is empty")
        for key, content in _contents(table, read).items()
    ]
    directory = writing.directories[table.key] = Directory(f"{table.title} of this version", ())
    written = []
    for index, row in enumerate(rows):
        columns = {name: row[name] for name in table.row.fields if name in row}
        draft = Draft(f"{table.names.collection} in use", index, columns, row["id"])
        settled = _settled(table, draft, writing, is_carried=True, has_stood=has_stood)
        if settled:
            directory.add(row["id"], settled["id"], row.get("name", ""))
            kept = {name: row[name] for name in (LINEAGE, "isActive") if name in row}
            written.append({**settled, LINEAGE: row["id"], **kept})
    writing.rows[table.key] = tuple(written)

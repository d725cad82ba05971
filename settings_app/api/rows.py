"""REST about the rows of a table, made from its description."""

from typing import Any, ClassVar

from django.urls import URLPattern, path

from settings_app.api.bodies import RowsQuery, row_body, row_result
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import payloads_of, settings_row
from settings_app.selectors.versions import config_version
from settings_app.serializers import RowPayload, class_name, row_serializer
from settings_app.services import rows as services
from settings_app.wire_rows import row_payload
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.strictness import contradictions
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import StreamViewSet, answers, changes
from shiftsync.realtime.stream.requests import Outcome

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}
ITEM: dict[str, Any] = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}


def row_urls(table: SettingsTable) -> list[URLPattern]:
    """The addresses of a table's rows: ``/api/staff-groups/`` ..."""
    viewset, base = row_viewset(table), table.names.path
    urls = [
        path(f"{base}/", viewset.as_view(COLLECTION), name=base),
        path(f"{base}/<str:id>/", viewset.as_view(ITEM), name=f"{base}-row"),
        path(f"{base}/<str:id>/restore/", viewset.as_view({"post": "restore"}), name=f"{base}-restore"),
    ]
    if table.hard_delete:
        hard_delete: dict[str, Any] = {"post": "hard_delete"}
        urls.append(path(f"{base}/<str:id>/hard-delete/", viewset.as_view(hard_delete), name=f"{base}-hard-delete"))
    return urls


class RowsViewSet(StreamViewSet):
    """What is asked and changed about the rows of ``table``; :func:`row_viewset` makes endpoints of its methods."""

    table: ClassVar[SettingsTable]

    def list(self, query: Payload) -> Any:
        """The rows of a version, the newest first."""
        version = config_version(self.actor.restaurant_id, query.get("version_id"))
        return payloads_of(self.table, version.id, include_deleted=query.get("include_deleted", False))

    def retrieve(self, query: Payload, id: str) -> Payload:
        """A row of any version; one that was deleted too."""
        return row_payload(settings_row(self.table, self.actor.restaurant_id, id), self.table)

    def create(self, payload: Payload) -> Outcome:
        """Adds a row. A known `id` is a change of that row."""
        self._require_ours(payload["row"])
        return services.row_save(self.sender.change(services.whole_row(self.table, payload["row"], payload), payload))

    def _require_ours(self, row: Payload) -> None:
        """Raises :class:`ValidationFailed` for a row that says of itself that it is of another restaurant, or out of use. What else is read with
        a row may come from the one that this is a copy of."""
        present = {"restaurantId": str(self.actor.restaurant_id), "isActive": True}
        said = {name: row[name] for name in present if name in row}
        problems = contradictions(row_serializer(self.table)(), said, present)
        if problems:
            raise ValidationFailed.by_field(problems)

    def update(self, payload: Payload, id: str) -> Outcome:
        """The whole row: its own `revision` is the base, others' later changes of other fields are merged."""
        given = {**payload["row"], "id": id}
        return services.row_save(
            self.sender.change(services.whole_row(self.table, given, payload, is_update=True), payload)
        )

    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Changes what is given."""
        intent = services.RowWrite.of(payload, table=self.table.key, row_id=id)
        return services.row_update(self.sender.change(intent, payload))

    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Takes a row out of use. It stays, and can be restored."""
        intent = services.RowDelete.of(payload, table=self.table.key, row_id=id)
        return services.row_delete(self.sender.change(intent, payload))

    def restore(self, payload: Payload, id: str) -> Outcome:
        """Brings a deleted row back."""
        intent = services.RowRestore.of(payload, table=self.table.key, row_id=id)
        return services.row_restore(self.sender.change(intent, payload))

    def hard_delete(self, payload: Payload, id: str) -> Outcome:
        """Removes a deleted row for good, and the rows that refer to it. Their history stays."""
        intent = services.RowHardDelete.of(payload, table=self.table.key, row_id=id)
        return services.row_hard_delete(self.sender.change(intent, payload))


def row_viewset(table: SettingsTable) -> type[RowsViewSet]:
    """The views of a table's rows, with the shapes that the table has."""
    row, body, result = row_serializer(table), row_body(table), row_result(table)
    location = f"/api/{table.names.path}/{{{table.names.created_key}[id]}}/"
    views = {
        "list": answers(row(many=True), takes=RowsQuery)(RowsViewSet.list),
        "retrieve": answers(row)(RowsViewSet.retrieve),
        "create": changes(row_body(table, is_new=True), result, status=201, location=location)(RowsViewSet.create),
        "update": changes(body, result, echoes=row)(RowsViewSet.update),
        "partial_update": changes(body, result, echoes=row)(RowsViewSet.partial_update),
        "destroy": changes(RowPayload, result, source="query")(RowsViewSet.destroy),
        "restore": changes(RowPayload, result)(RowsViewSet.restore),
        "hard_delete": changes(RowPayload, result)(RowsViewSet.hard_delete),
    }
    about = {"table": table, "__doc__": f"The {table.title}."}
    return type(f"{class_name(table)}ViewSet", (RowsViewSet,), {**about, **views})

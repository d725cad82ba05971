"""REST about schedules as files."""

import base64
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request

from schedules.api.cells import CellsResult
from schedules.api.evaluation import PublishedQuery
from schedules.exports.csv_file import csv_bytes
from schedules.exports.table import ScheduleTable, planned_table, published_table
from schedules.exports.workbooks import xlsx_bytes
from schedules.publications.shown import only_looks
from schedules.serializers.cells import CellDifference
from schedules.serializers.closings import ID_LENGTH
from schedules.services.importing import WorkbookImport, import_preview, read_table, workbook_import
from shiftsync.core.actor import Role
from shiftsync.core.api import MAX_BODY_BYTES
from shiftsync.core.conditions import IDEMPOTENCY_KEY
from shiftsync.core.documented import documented
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload, endpoint
from shiftsync.realtime.api import READ_PARAMETERS, StreamViewSet, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.realtime.stream.selectors import reading

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportedResult(CellsResult):
    """What the import changed and left out."""

    skipped = serializers.ListField(
        child=serializers.JSONField(), required=False, help_text="Cells that cannot be set: the first of them."
    )
    skipped_count = serializers.IntegerField(required=False, help_text="How many those are.")


MOST_ROWS, MOST_COLUMNS = 2_000, 400
LONGEST_CELL = 32_767
"""As much as a cell of Excel holds."""
"""Of a table that is sent as texts."""


class WorkbookRequest(ChangePayload):
    """A month as a workbook or as a table, and who its unclear names are."""

    file = serializers.CharField(
        required=False,
        max_length=MAX_BODY_BYTES,
        help_text="The workbook (.xlsx), CSV or text in any usual encoding, or a web page with a table; in Base64.",
    )
    table = ListField(
        child=ListField(
            child=serializers.CharField(allow_blank=True, max_length=LONGEST_CELL), max_length=MOST_COLUMNS
        ),
        required=False,
        max_length=MOST_ROWS,
        help_text="Instead of a file: the rows of a table that was copied from a spreadsheet, with its names and days.",
    )
    people = serializers.DictField(
        child=serializers.CharField(allow_null=True, max_length=ID_LENGTH),
        required=False,
        help_text="By a name in the table: the id of the staff member that it means; null leaves the row out.",
    )

    def validate(self, attrs: Payload) -> Payload:
        """A file or a table, not both."""
        if ("file" in attrs) == ("table" in attrs):
            raise serializers.ValidationError({"file": ["Either `file` or `table` is required."]})
        return attrs


class ImportRequest(WorkbookRequest):
    """A month that is to be imported."""

    confirmed = serializers.BooleanField(
        default=False, help_text="Required for a workbook without our state sheet: apply what its preview lists."
    )


class ImportRemark(WireSerializer):
    """Something that was left out; `text` says it in English, the other fields are its parts."""

    code = serializers.CharField()
    text = serializers.CharField()
    place = serializers.CharField(help_text="A cell, row or column, named as in a spreadsheet.")
    name = serializers.CharField()
    date_key = serializers.CharField()
    value = serializers.CharField()


class UnknownPerson(WireSerializer):
    """A name in the table that belongs to nobody on the staff."""

    row = serializers.IntegerField(help_text="The row in the table, from 1.")
    name = serializers.CharField()
    suggested = serializers.CharField(allow_null=True, help_text="The id of the staff member that may be meant.")


class FoundPerson(WireSerializer):
    """A name in the table and the staff member it was taken for."""

    name = serializers.CharField(help_text="As in the table.")
    staff_id = serializers.CharField()


class UnknownWord(WireSerializer):
    """A text in the table that is no shift type, and how often it occurs."""

    value = serializers.CharField()
    count = serializers.IntegerField()


class ImportPreview(WireSerializer):
    """What an import would change, and what it would leave out; nothing has been written."""

    changes = CellDifference(many=True, help_text="What importing would change.")
    conflicts = CellDifference(many=True, help_text="The subset that others have edited since the export.")
    problems = serializers.ListField(child=serializers.CharField(), help_text="What is left out, a sentence for each.")
    remarks = ImportRemark(many=True, help_text="The problems that are not about unknown people, with their parts.")
    unknown_people = UnknownPerson(many=True, help_text="Rows left out because nobody has that name; see `people`.")
    people = FoundPerson(many=True, help_text="Whose rows were found.")
    words = UnknownWord(many=True, help_text="Text among the changes that is not a shift type; it is imported as text.")
    days = serializers.ListField(child=serializers.DateField(), help_text="The days of the period that were found.")
    needs_confirmation = serializers.BooleanField(
        required=False, help_text="The file does not say what it was exported from, so importing requires `confirmed`."
    )


class ExportsViewSet(StreamViewSet):
    """Schedules as files. Viewers get the published copy, and nothing of a month that is not published."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Whatever is accepted: the address says which kind of file is asked for."""
        return super().perform_content_negotiation(request, force=True)

    @documented(parameters=[*READ_PARAMETERS, PublishedQuery], responses={(200, CSV): OpenApiTypes.STR})
    def csv(self, request: Request, id: str) -> HttpResponse:
        """One row for each person, one column for each day; UTF-8."""
        return self._file(id, csv_bytes, "csv", CSV)

    @documented(parameters=[*READ_PARAMETERS, PublishedQuery], responses={(200, XLSX): OpenApiTypes.BINARY})
    def xlsx(self, request: Request, id: str) -> HttpResponse:
        """A workbook that can be edited and imported again."""
        return self._file(id, xlsx_bytes, "xlsx", XLSX)

    def _file(self, id: str, make: Callable[[ScheduleTable], bytes], ending: str, media_type: str) -> HttpResponse:
        self.admit(Role.VIEWER, {})
        wants = self.payload(PublishedQuery, "query", known={"restaurant"})
        with reading(self.actor.restaurant_id) as self.position:
            where = f"{self.position.epoch}:{self.position.version}"
            if wants["published"] or only_looks(self.actor):
                table = published_table(self.actor, id)
            else:
                table = planned_table(self.actor.restaurant_id, id, where)
        headers = {"X-Version": where, "Content-Disposition": f'attachment; filename="{table.name}.{ending}"'}
        return HttpResponse(make(table), content_type=media_type, headers=headers)

    @endpoint(
        takes=WorkbookRequest, gives=ImportPreview, parameters=(*READ_PARAMETERS, IDEMPOTENCY_KEY), needs=Role.MANAGER
    )
    def preview(self, payload: Payload, id: str) -> Payload:
        """What importing the file would change. Writes nothing, so a key makes no difference."""
        book = read_table(_content(payload))
        with reading(self.actor.restaurant_id) as self.position:
            return import_preview(self.actor.restaurant_id, id, book, payload.get("people", {}))

    @changes(ImportRequest, ImportedResult)
    def import_(self, payload: Payload, id: str) -> Outcome:
        """Writes what was edited in the file since it was exported, as one change."""
        intent = WorkbookImport.of(payload, schedule_id=id, content=_content(payload))
        return workbook_import(self.sender.change(intent, payload))


def _content(payload: Payload) -> bytes | list[list[str]]:
    if "table" in payload:
        table: list[list[str]] = payload["table"]
        return table
    return file_content(payload)


def file_content(payload: Payload) -> bytes:
    """What a file in a request holds. Raises :class:`ValidationFailed`."""
    try:
        return base64.b64decode(payload["file"], validate=True)
    except ValueError:  # of which binascii's error is one; letters beyond ASCII are another
        raise ValidationFailed.of("file", "Must be Base64.") from None

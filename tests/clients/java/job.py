"""openapi-generator's Python: read a month, write a cell once, be refused, follow the change."""

import os
from uuid import UUID

from shiftsync_java import ApiClient, Configuration
from shiftsync_java.api.changes_api import ChangesApi
from shiftsync_java.api.schedules_api import SchedulesApi
from shiftsync_java.exceptions import BadRequestException
from shiftsync_java.models.cell_request import CellRequest
from shiftsync_java.models.conflict_strategy import ConflictStrategy
from shiftsync_java.models.problem_details import ProblemDetails
from shiftsync_java.models.shift_broadcast_change import ShiftBroadcastChange

settings = Configuration(host=os.environ["SHIFTSYNC_URL"], access_token=os.environ["SHIFTSYNC_TOKEN"])
staff_id, day = os.environ["STAFF_ID"], os.environ["DAY"]
with ApiClient(settings) as client:
    schedules, changes = SchedulesApi(client), ChangesApi(client)
    (schedule_id, *_) = [str(each.id) for each in schedules.schedules_list()]
    assert UUID(schedule_id)

    month = schedules.schedules_cells_retrieve_with_http_info(schedule_id)
    assert month.data.schedule_data is not None
    assert month.headers is not None
    since = {name.lower(): value for name, value in month.headers.items()}["x-version"]

    body = CellRequest(
        shiftValue="◇", baseVersion=int(since.partition(":")[2]), strategy=ConflictStrategy.FIRST_WRITER_WINS
    )
    done = schedules.schedules_cell_update(day, schedule_id, staff_id, body, idempotency_key="payroll of java")
    again = schedules.schedules_cell_update(day, schedule_id, staff_id, body, idempotency_key="payroll of java")
    assert done == again

    try:
        schedules.schedules_cell_update("2031-08-03", schedule_id, staff_id, body)
    except BadRequestException as refusal:
        problem = ProblemDetails.from_json(refusal.body or "")
        assert problem is not None
        assert problem.code.value == "validation_error"
    else:
        raise AssertionError("It was not refused.")

    for change in changes.changes_retrieve(since=since, type=["SHIFT_BROADCAST"]).changes:
        entry = change.actual_instance
        assert isinstance(entry, ShiftBroadcastChange)
        print(entry.version, entry.payload.date_key, entry.payload.shift_value)

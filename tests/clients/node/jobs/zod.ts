// orval with zod: the same job over fetch, with everything that is sent and answered held against the schemas.
import {
  ChangesRetrieveResponse,
  SchedulesCellUpdateBody,
  SchedulesCellUpdateResponse,
  SchedulesCellsRetrieveResponse,
  SchedulesListResponse,
} from "../made/zod";
import { baseUrl, day, key, require, staffId, token, versionOf } from "./settings";

const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${baseUrl}${path}`, { ...init, headers: { ...headers, ...init.headers } });

const [schedule] = SchedulesListResponse.parse(await (await ask("/api/schedules/")).json());
require(schedule !== undefined, "no schedule");
const month = await ask(`/api/schedules/${schedule.id}/cells/`);
SchedulesCellsRetrieveResponse.parse(await month.json());
const { since, version } = versionOf(month);

const body = SchedulesCellUpdateBody.parse({ shiftValue: "△", baseVersion: version, strategy: "first_writer_wins" });
const write = async (at: string) =>
  ask(`/api/schedules/${schedule.id}/cells/${staffId}/${at}/`, {
    method: "PUT",
    headers: { "Idempotency-Key": `${key} ${at}` },
    body: JSON.stringify(body),
  });
const done = SchedulesCellUpdateResponse.parse(await (await write(day)).json());
const again = SchedulesCellUpdateResponse.parse(await (await write(day)).json());
require(done.version === again.version, "not once");
require((await write("2031-08-03")).status === 400, "not refused");

const page = ChangesRetrieveResponse.parse(await (await ask(`/api/changes/?since=${since}&type=SHIFT_BROADCAST`)).json());
for (const change of page.changes) {
  if (change.type === "SHIFT_BROADCAST") console.log(change.version, change.payload.dateKey, change.payload.shiftValue);
}

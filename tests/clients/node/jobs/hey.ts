// @hey-api/openapi-ts: the same job.
import { client } from "../made/hey/client.gen";
import { changesRetrieve, schedulesCellUpdate, schedulesCellsRetrieve, schedulesList } from "../made/hey/sdk.gen";
import type { CellRequest, ErrorCode } from "../made/hey/types.gen";
import { baseUrl, day, key, require, staffId, token, versionOf } from "./settings";

client.setConfig({ baseUrl, auth: token });

const { data: schedules } = await schedulesList();
const id = schedules?.[0]?.id;
require(id !== undefined, "no schedule");
const month = await schedulesCellsRetrieve({ path: { id } });
require(month.data !== undefined && month.response !== undefined, "no cells");
const { since, version } = versionOf(month.response);

const body: CellRequest = { shiftValue: "○", baseVersion: version, strategy: "first_writer_wins" };
const path = { id, staffId, dateKey: day };
const done = await schedulesCellUpdate({ path, body, headers: { "Idempotency-Key": key } });
const again = await schedulesCellUpdate({ path, body, headers: { "Idempotency-Key": key } });
require(done.data !== undefined && done.data.version === again.data?.version, "not once");

const refused = await schedulesCellUpdate({ path: { ...path, dateKey: "2031-08-03" }, body });
const code: ErrorCode | undefined = refused.error?.code;
require(code === "validation_error", "not refused");

const { data: page } = await changesRetrieve({ query: { since, type: ["SHIFT_BROADCAST"] } });
for (const change of page?.changes ?? []) {
  if (change.type === "SHIFT_BROADCAST") console.log(change.version, change.payload.dateKey, change.payload.shiftValue);
}

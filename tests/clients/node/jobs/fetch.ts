// openapi-typescript and openapi-fetch: read a month, write a cell once, be refused, follow the change.
import createClient from "openapi-fetch";
import type { components, paths } from "../made/types";
import { baseUrl, day, key, require, staffId, token, versionOf } from "./settings";

const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

const { data: schedules } = await api.GET("/api/schedules/");
const id = schedules?.[0]?.id;
require(id !== undefined, "no schedule");
const month = await api.GET("/api/schedules/{id}/cells/", { params: { path: { id } } });
require(month.data !== undefined, "no cells");
const { since, version } = versionOf(month.response);

const body: components["schemas"]["CellRequest"] = { shiftValue: "×", baseVersion: version, strategy: "first_writer_wins" };
const where = { path: { id, staffId, dateKey: day }, header: { "Idempotency-Key": key } };
const done = await api.PUT("/api/schedules/{id}/cells/{staffId}/{dateKey}/", { params: where, body });
const again = await api.PUT("/api/schedules/{id}/cells/{staffId}/{dateKey}/", { params: where, body });
require(done.data !== undefined && done.data.version === again.data?.version, "not once");

const refused = await api.PUT("/api/schedules/{id}/cells/{staffId}/{dateKey}/", {
  params: { path: { ...where.path, dateKey: "2031-08-03" } },
  body,
});
const code: components["schemas"]["ErrorCode"] | undefined = refused.error?.code;
require(code === "validation_error", "not refused");

const { data: page } = await api.GET("/api/changes/", { params: { query: { since, type: ["SHIFT_BROADCAST"] } } });
for (const change of page?.changes ?? []) {
  if (change.type === "SHIFT_BROADCAST") console.log(change.version, change.payload.dateKey, change.payload.shiftValue);
}

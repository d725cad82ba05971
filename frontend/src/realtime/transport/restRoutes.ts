/**
 * How each request of the protocol is asked for over REST. The server takes either form for the same request: one that was
 * sent over the socket without an answer may be sent again over REST, under the same id.
 */

import { type Asking, ask, write } from '../../api/writes';
import type { ClientMessage, ClientPayloads, ClientType } from '../protocol';
import type { Based } from '../protocol';
import { SETTINGS_TABLES, type TableSpec } from '../protocol/settingsTables';

type Routes = { readonly [T in ClientType]?: (payload: ClientPayloads[T]) => Asking };
type AnyPayload = Record<string, unknown>;

const routes: Routes = {
  SYNC_REQUEST: ({ period }) => ask('get', '/api/staff/', {}, { period }),
  STAFF_CREATE: (payload) => write('post', '/api/staff/', {}, payload),
  STAFF_UPDATE: ({ staffId, changes, ...based }) => write('patch', '/api/staff/{id}/', { id: staffId }, { ...changes, ...based }),
  STAFF_DELETE: ({ staffId, period: _period, ...based }) => ask('delete', '/api/staff/{id}/', { id: staffId }, based),
  STAFF_RESTORE: ({ staffId, period: _period, ...body }) => write('post', '/api/staff/{id}/restore/', { id: staffId }, body),
  STAFF_REORDER: (payload) => write('post', '/api/staff/reorder/', {}, payload),
  AVAILABILITY_CREATE: (body) => write('post', '/api/availability/', {}, body),
  AVAILABILITY_UPDATE: ({ availabilityId, changes, ...body }) => write('patch', '/api/availability/{id}/', { id: availabilityId }, { ...changes, ...body }),
  AVAILABILITY_DELETE: ({ availabilityId, ...based }) => ask('delete', '/api/availability/{id}/', { id: availabilityId }, based),
  CALENDAR_UPDATE: ({ date, kind, ...body }) =>
    write('patch', '/api/calendar/days/{day}/', { day: date }, { ...body, ...(kind === undefined ? {} : { kind: kind || null }) }),
  CLOSING_RULE_CREATE: (body) => write('post', '/api/closing-rules/', {}, body),
  CLOSING_RULE_UPDATE: ({ ruleId, changes, ...body }) => write('patch', '/api/closing-rules/{id}/', { id: ruleId }, { ...changes, ...body }),
  CLOSING_RULE_DELETE: ({ ruleId, ...based }) => ask('delete', '/api/closing-rules/{id}/', { id: ruleId }, based),
  CLOSING_RULE_RESTORE: ({ ruleId, ...body }) => write('post', '/api/closing-rules/{id}/restore/', { id: ruleId }, body),
  PERIOD_RESTORE: ({ periodId, ...body }) => write('post', '/api/periods/{id}/restore/', { id: periodId }, body),
  SHIFT_TYPE_RESTORE: ({ shiftTypeId, ...body }) => write('post', '/api/shift-types/{id}/restore/', { id: shiftTypeId }, body),
  PERIOD_CREATE: (payload) => write('post', '/api/periods/', {}, payload),
  PERIOD_UPDATE: ({ periodId, ...body }) => write('patch', '/api/periods/{id}/', { id: periodId }, body),
  PERIOD_DELETE: ({ periodId, ...based }) => ask('delete', '/api/periods/{id}/', { id: periodId }, based),
  SHIFT_TYPE_CREATE: (payload) => write('post', '/api/shift-types/', {}, payload),
  SHIFT_TYPE_UPDATE: ({ shiftTypeId, changes, ...based }) =>
    write('patch', '/api/shift-types/{id}/', { id: shiftTypeId }, { ...changes, ...based }),
  SHIFT_TYPE_DELETE: ({ shiftTypeId, ...based }) => ask('delete', '/api/shift-types/{id}/', { id: shiftTypeId }, based),
  CALENDAR_SYNC_REQUEST: () => ask('get', '/api/calendar/', {}, {}),
  NOTICES_REQUEST: () => ask('get', '/api/me/notices/', {}, {}),
  SHIFT_SYNC_REQUEST: ({ scheduleId }) => ask('get', '/api/schedules/{id}/cells/', { id: scheduleId }, {}),
  SHIFT_UPDATE: ({ scheduleId, staffId, dateKey, ...body }) =>
    write('put', '/api/schedules/{id}/cells/{staffId}/{dateKey}/', { id: scheduleId, staffId, dateKey }, body),
  // What is left out stays with PATCH and is cleared with PUT.
  SHIFT_BULK_UPDATE: ({ scheduleId, mode, ...body }) =>
    write(mode === 'replace' ? 'put' : 'patch', '/api/schedules/{id}/cells/', { id: scheduleId }, body),
  SHIFT_LOCK: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/lock/', { id: scheduleId }, body),
  SHIFT_UNLOCK: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/unlock/', { id: scheduleId }, body),
  WISH_CREATE: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/wishes/', { id: scheduleId }, body),
  WISH_UPDATE: ({ wishId, changes, ...body }) => write('patch', '/api/wishes/{id}/', { id: wishId }, { ...changes, ...body }),
  WISH_DELETE: ({ wishId, ...based }) => ask('delete', '/api/wishes/{id}/', { id: wishId }, based),
  WISH_ANSWER: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/wishes/answer/', { id: scheduleId }, body),
  WISH_TERMS_UPDATE: ({ scheduleId, ...body }) => write('patch', '/api/schedules/{id}/wish-terms/', { id: scheduleId }, body),
  SWAP_CREATE: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/swaps/', { id: scheduleId }, body),
  SWAP_ANSWER: ({ swapId, ...body }) => write('post', '/api/swaps/{id}/answer/', { id: swapId }, body),
  SWAP_WITHDRAW: ({ swapId, ...body }) => write('post', '/api/swaps/{id}/withdraw/', { id: swapId }, body),
  SWAP_DECIDE: ({ swapId, ...body }) => write('post', '/api/swaps/{id}/decide/', { id: swapId }, body),
  SCHEDULE_PUBLISH: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/publish/', { id: scheduleId }, body),
  SCHEDULE_UNPUBLISH: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/unpublish/', { id: scheduleId }, body),
  SCHEDULE_RESTORE_PUBLICATION: ({ scheduleId, ...body }) =>
    write('post', '/api/schedules/{id}/restore-publication/', { id: scheduleId }, body),
  PUBLICATION_REQUEST: ({ scheduleId }) => ask('get', '/api/schedules/{id}/publication/', { id: scheduleId }, {}),
  PUBLICATION_PREVIEW_REQUEST: ({ scheduleId }) => ask('get', '/api/schedules/{id}/publication-preview/', { id: scheduleId }, {}),
  PUBLICATIONS_REQUEST: ({ scheduleId }) => ask('get', '/api/schedules/{id}/publications/', { id: scheduleId }, {}),
  UNDO: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/undo/', { id: scheduleId }, body),
  REDO: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/redo/', { id: scheduleId }, body),
  BACKUP_APPLY: ({ scheduleId, ...body }) => write('post', '/api/schedules/{id}/call-backups/', { id: scheduleId }, body),
  BACKUP_COVERAGE: ({ scheduleId, from, to }) => ask('get', '/api/schedules/{id}/coverage/', { id: scheduleId }, { from, to }),
  BACKUP_SUGGESTIONS: ({ scheduleId }) => ask('get', '/api/schedules/{id}/suggestions/', { id: scheduleId }, {}),
  SCHEDULE_VALIDATE: ({ scheduleId }) => ask('get', '/api/schedules/{id}/validation/', { id: scheduleId }, {}),
  SCHEDULE_GENERATE: (payload) => write('post', '/api/jobs/', {}, { ...payload, kind: 'generate' as const }),
  SCHEDULE_REPAIR: (payload) => write('post', '/api/jobs/', {}, { ...payload, kind: 'repair' as const }),
  SCHEDULE_GENERATE_CANCEL: ({ jobId }) => write('post', '/api/jobs/{id}/cancel/', { id: jobId }, {}),
  SCHEDULE_DECLINE_GENERATED: ({ jobId }) => write('post', '/api/jobs/{id}/decline/', { id: jobId }, {}),
  SCHEDULE_APPLY_GENERATED: ({ jobId, ...based }) => write('post', '/api/jobs/{id}/apply/', { id: jobId }, based),
  SETTINGS_VERSIONS_REQUEST: () => ask('get', '/api/config-versions/', {}, {}),
  SETTINGS_COMPARE_REQUEST: ({ from, to }) => ask('get', '/api/config-versions/compare/', {}, { from, to }),
  SETTINGS_CHANGES_REQUEST: (query) => ask('get', '/api/settings-changes/', {}, query),
  SETTINGS_RESTORE_CHANGE: ({ changeId }) => write('post', '/api/settings-changes/{id}/restore/', { id: changeId }, {}),
  SETTINGS_ANSWERS_REQUEST: () => ask('get', '/api/settings/answers/', {}, {}),
  SETTINGS_ANSWER: (payload) => write('patch', '/api/settings/answers/', {}, payload),
  SETTINGS_SYNC_REQUEST: ({ versionId }) => ask('get', '/api/settings/', {}, { versionId }),
  SETTINGS_MIGRATE: (payload) => write('post', '/api/settings/migrate/', {}, payload),
  SETTINGS_RESET: () => write('post', '/api/settings/reset/', {}, {}),
  SETTINGS_CREATE_VERSION: (payload) => write('post', '/api/config-versions/', {}, payload),
  SETTINGS_ACTIVATE_VERSION: ({ versionId }) => write('post', '/api/config-versions/{id}/activate/', { id: versionId }, {}),
  SETTINGS_LOCK_VERSION: ({ versionId }) => write('post', '/api/config-versions/{id}/lock/', { id: versionId }, {}),
  SETTINGS_UNLOCK_VERSION: ({ versionId }) => write('post', '/api/config-versions/{id}/unlock/', { id: versionId }, {}),
  SETTINGS_DELETE_VERSION: ({ versionId, ...based }) => ask('delete', '/api/config-versions/{id}/', { id: versionId }, based),
  SETTINGS_HARD_DELETE_STAFF_GROUP: ({ groupId }) => write('post', '/api/staff-groups/{id}/hard-delete/', { id: groupId }, {}),
};

type AnyRoute = (payload: AnyPayload) => Asking;

/** Rows of any settings table: over REST they are made by the same description as over the socket. */
const ofRow = (method: 'PUT' | 'PATCH', { path }: TableSpec, id: unknown, body: AnyPayload): Asking => ({
  method,
  path: `${path}/${encodeURIComponent(String(id))}/`,
  body,
});

/** The changed fields with PATCH, a whole row with PUT. */
function updateRow(spec: TableSpec, payload: AnyPayload): Asking {
  const { [spec.idKey]: id, [spec.rowKey]: row, changes, ...based } = payload;
  if (row === undefined) {
    return ofRow('PATCH', spec, id, { ...(changes as AnyPayload), ...based });
  }
  const { id: rowId, ...fields } = row as AnyPayload;
  return ofRow('PUT', spec, rowId, { ...fields, ...based });
}

function tableRoutes(spec: TableSpec): Record<string, AnyRoute> {
  return {
    [spec.create]: ({ [spec.rowKey]: row, ...based }) => ({ method: 'POST', path: `${spec.path}/`, body: { ...(row as AnyPayload), ...based } }),
    [spec.update]: (payload) => updateRow(spec, payload),
    [spec.remove]: ({ [spec.idKey]: id, ...based }) => ask('delete', `/api/${spec.path}/{id}/`, { id: String(id) }, based as Based & { reason?: string }),
  };
}

const allRoutes: Record<string, AnyRoute | undefined> = {
  ...(routes as Record<string, AnyRoute>),
  ...(Object.assign({}, ...SETTINGS_TABLES.map(tableRoutes)) as Record<string, AnyRoute>),
};

/** The HTTP request for a message, or null for what REST does not have (heartbeat, presence). */
export function routeOf({ type, payload }: ClientMessage): Asking | null {
  return allRoutes[type]?.(payload as AnyPayload) ?? null;
}

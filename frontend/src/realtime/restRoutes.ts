/**
 * How each request of the protocol is asked for over REST. The server takes either form for the same request: one that was
 * sent over the socket without an answer may be sent again over REST, under the same id.
 */

import type { HttpRequest } from '../api/http';
import type { ClientMessage, ClientPayloads, ClientType } from './protocol';
import { SETTINGS_TABLES, type TableSpec } from './settingsTables';

type Route<T extends ClientType> = (payload: ClientPayloads[T]) => Pick<HttpRequest, 'method' | 'path' | 'query' | 'body'>;
type Routes = { readonly [T in ClientType]?: Route<T> };
type AnyPayload = Record<string, unknown>;

const post = (path: string, body: unknown = {}) => ({ method: 'POST', path, body }) as const;
const patch = (path: string, body: unknown) => ({ method: 'PATCH', path, body }) as const;
const get = (path: string, query: HttpRequest['query'] = {}) => ({ method: 'GET', path, query }) as const;

/** What a delete has to say besides the id goes into the query. */
function remove(path: string, { baseVersion, strategy, reason }: AnyPayload) {
  const query = { baseVersion, strategy, reason } as NonNullable<HttpRequest['query']>;
  return { method: 'DELETE', path, query } as const;
}

const schedule = (action: string) => (payload: { scheduleId: string }) => {
  const { scheduleId, ...body } = payload;
  return post(`schedules/${scheduleId}/${action}/`, body);
};

type Bulk = ClientPayloads['SHIFT_BULK_UPDATE'];

/** What is left out stays with PATCH and is cleared with PUT. */
const cells = ({ scheduleId, mode, ...body }: Bulk) =>
  ({ method: mode === 'replace' ? 'PUT' : 'PATCH', path: `schedules/${scheduleId}/cells/`, body }) as const;

const version = (action: string) => ({ versionId }: { versionId: string }) =>
  post(`config-versions/${versionId}/${action}/`);

const routes: Routes = {
  SYNC_REQUEST: ({ period }) => get('staff/', { period }),
  STAFF_CREATE: (payload) => post('staff/', payload),
  STAFF_UPDATE: ({ staffId, changes, ...based }) => patch(`staff/${staffId}/`, { ...changes, ...based }),
  STAFF_DELETE: ({ staffId, ...based }) => remove(`staff/${staffId}/`, based),
  STAFF_RESTORE: ({ staffId }) => post(`staff/${staffId}/restore/`),
  STAFF_REORDER: (payload) => post('staff/reorder/', payload),
  CALENDAR_UPDATE: ({ date, ...body }) => patch(`calendar/days/${date}/`, body),
  PERIOD_CREATE: (payload) => post('periods/', payload),
  SHIFT_TYPE_CREATE: (payload) => post('shift-types/', payload),
  SHIFT_TYPE_UPDATE: ({ shiftTypeId, changes, ...based }) =>
    patch(`shift-types/${shiftTypeId}/`, { ...changes, ...based }),
  SHIFT_TYPE_DELETE: ({ shiftTypeId, ...based }) => remove(`shift-types/${shiftTypeId}/`, based),
  CALENDAR_SYNC_REQUEST: () => get('calendar/'),
  SHIFT_SYNC_REQUEST: ({ scheduleId }) => get(`schedules/${scheduleId}/cells/`),
  SHIFT_UPDATE: ({ scheduleId, staffId, dateKey, ...body }) => ({
    method: 'PUT',
    path: `schedules/${scheduleId}/cells/${staffId}/${dateKey}/`,
    body,
  }),
  SHIFT_BULK_UPDATE: cells,
  SHIFT_LOCK: schedule('lock'),
  SHIFT_UNLOCK: schedule('unlock'),
  SCHEDULE_PUBLISH: schedule('publish'),
  SCHEDULE_UNPUBLISH: schedule('unpublish'),
  UNDO: schedule('undo'),
  REDO: schedule('redo'),
  BACKUP_APPLY: schedule('call-backups'),
  BACKUP_COVERAGE: ({ scheduleId, from, to }) => get(`schedules/${scheduleId}/coverage/`, { from, to }),
  BACKUP_SUGGESTIONS: ({ scheduleId }) => get(`schedules/${scheduleId}/suggestions/`),
  SCHEDULE_VALIDATE: ({ scheduleId }) => get(`schedules/${scheduleId}/validation/`),
  SCHEDULE_GENERATE: (payload) => post('jobs/', { ...payload, kind: 'generate' }),
  SCHEDULE_REPAIR: (payload) => post('jobs/', { ...payload, kind: 'repair' }),
  SCHEDULE_GENERATE_CANCEL: ({ jobId }) => post(`jobs/${jobId}/cancel/`),
  SCHEDULE_APPLY_GENERATED: ({ jobId, ...based }) => post(`jobs/${jobId}/apply/`, based),
  SETTINGS_VERSIONS_REQUEST: () => get('config-versions/'),
  SETTINGS_COMPARE_REQUEST: ({ from, to }) => get('config-versions/compare/', { from, to }),
  SETTINGS_CHANGES_REQUEST: (query) => get('settings-changes/', query),
  SETTINGS_RESTORE_CHANGE: ({ changeId }) => post(`settings-changes/${changeId}/restore/`),
  SETTINGS_SYNC_REQUEST: ({ versionId }) => get('settings/', { versionId }),
  SETTINGS_MIGRATE: (payload) => post('settings/migrate/', payload),
  SETTINGS_RESET: () => post('settings/reset/'),
  SETTINGS_CREATE_VERSION: (payload) => post('config-versions/', payload),
  SETTINGS_ACTIVATE_VERSION: version('activate'),
  SETTINGS_LOCK_VERSION: version('lock'),
  SETTINGS_UNLOCK_VERSION: version('unlock'),
  SETTINGS_DELETE_VERSION: ({ versionId, ...based }) => remove(`config-versions/${versionId}/`, based),
  SETTINGS_HARD_DELETE_STAFF_GROUP: ({ groupId }) => post(`staff-groups/${groupId}/hard-delete/`),
};

type AnyRoute = (payload: AnyPayload) => ReturnType<Route<ClientType>>;

/** The changed fields with PATCH, a whole row with PUT. */
function updateRow(spec: TableSpec, payload: AnyPayload) {
  const { [spec.idKey]: id, [spec.rowKey]: row, changes, ...based } = payload;
  if (row === undefined) {
    return patch(`${spec.path}/${String(id)}/`, { ...(changes as AnyPayload), ...based });
  }
  const { id: rowId, ...fields } = row as AnyPayload & { id: string };
  return { method: 'PUT', path: `${spec.path}/${rowId}/`, body: { ...fields, ...based } } as const;
}

function tableRoutes(spec: TableSpec): Record<string, AnyRoute> {
  return {
    [spec.create]: ({ [spec.rowKey]: row, ...based }) => post(`${spec.path}/`, { ...(row as AnyPayload), ...based }),
    [spec.update]: (payload) => updateRow(spec, payload),
    [spec.remove]: ({ [spec.idKey]: id, ...based }) => remove(`${spec.path}/${String(id)}/`, based),
  };
}

const allRoutes: Record<string, AnyRoute | undefined> = {
  ...(routes as Record<string, AnyRoute>),
  ...(Object.assign({}, ...SETTINGS_TABLES.map(tableRoutes)) as Record<string, AnyRoute>),
};

/** The HTTP request for a message, or null for what REST does not have (heartbeat, presence). */
export function routeOf({ type, payload }: ClientMessage): Omit<HttpRequest, 'requestId' | 'clientId'> | null {
  return allRoutes[type]?.(payload as AnyPayload) ?? null;
}

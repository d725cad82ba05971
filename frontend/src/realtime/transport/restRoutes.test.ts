import { expect, it } from 'vitest';

import type { ClientMessage } from '../protocol';
import { routeOf } from './restRoutes';

const route = (type: string, payload: object) =>
  routeOf({ type, payload, timestamp: '', clientId: 'c' } as unknown as ClientMessage);

it.each([
  [
    'SHIFT_UPDATE',
    { scheduleId: 'a', staffId: 's', dateKey: '2025-08-24', shiftValue: '×', baseVersion: 3 },
    { method: 'PUT', path: 'schedules/a/cells/s/2025-08-24/', body: { shiftValue: '×', baseVersion: 3 } },
  ],
  [
    'SHIFT_BULK_UPDATE',
    { scheduleId: 'a', scheduleData: {} },
    { method: 'PATCH', path: 'schedules/a/cells/', body: { scheduleData: {} } },
  ],
  [
    'SHIFT_BULK_UPDATE',
    { scheduleId: 'a', scheduleData: {}, mode: 'replace' },
    { method: 'PUT', path: 'schedules/a/cells/', body: { scheduleData: {} } },
  ],
  ['UNDO', { scheduleId: 'a', partial: true }, { method: 'POST', path: 'schedules/a/undo/', body: { partial: true } }],
  [
    'STAFF_UPDATE',
    { staffId: 's', changes: { name: 'x' }, baseVersion: 1 },
    { method: 'PATCH', path: 'staff/s/', body: { name: 'x', baseVersion: 1 } },
  ],
  ['STAFF_DELETE', { staffId: 's', baseVersion: 1 }, { method: 'DELETE', path: 'staff/s/', query: { baseVersion: 1 } }],
  [
    'SETTINGS_UPDATE_DAILY_LIMITS',
    { limitId: 'l', changes: { name: 'x' }, reason: 'why' },
    { method: 'PATCH', path: 'daily-limits/l/', body: { name: 'x', reason: 'why' } },
  ],
  [
    'SETTINGS_UPDATE_BACKUP_ASSIGNMENT',
    { assignment: { id: 'b', priorityOrder: 2 }, baseVersion: 1 },
    { method: 'PUT', path: 'backup-assignments/b/', body: { priorityOrder: 2, baseVersion: 1 } },
  ],
  [
    'SETTINGS_CREATE_STAFF_GROUP',
    { group: { id: 'g', name: 'Kitchen' } },
    { method: 'POST', path: 'staff-groups/', body: { id: 'g', name: 'Kitchen' } },
  ],
  [
    'SCHEDULE_REPAIR',
    { scheduleId: 'a', seed: 1 },
    { method: 'POST', path: 'jobs/', body: { scheduleId: 'a', seed: 1, kind: 'repair' } },
  ],
])('%s is one request', (type, payload, expected) => {
  expect(route(type, payload)).toMatchObject(expected);
});

it('has none for what only a socket can do', () => {
  expect(route('PING', {})).toBe(null);
  expect(route('PRESENCE_UPDATE', {})).toBe(null);
});

import { expect, it } from 'vitest';

import type { ConflictItem } from '@/realtime/protocol';
import type { ChangeRequest } from '@/realtime/state/predictions';

import { EMPTY_REPLICA } from '@/realtime/state/state';
import type { ReplicaState } from '@/realtime/state/state';

import { givenBack, type WayBack, wayBack } from './givingBack';

const item = (field: string, theirs: unknown, entityId = 'x'): ConflictItem => ({ entity: 'x', entityId, field, base: null, yours: null, theirs, theirAuthor: '田中', changedAt: null });

const CASES: readonly (readonly [unknown, readonly ConflictItem[], unknown])[] = [
  [
    { type: 'SHIFT_UPDATE', payload: { scheduleId: 's', staffId: 'p1', dateKey: '2026-11-21', shiftValue: '×', strategy: 'user_choice' } },
    [item('shiftValue', '○', 's/p1/2026-11-21')],
    { type: 'SHIFT_BULK_UPDATE', payload: { scheduleId: 's', scheduleData: { p1: { '2026-11-21': '○' } } } },
  ],
  [{ type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { name: 'a', position: 'b' }, baseVersion: 3 } }, [item('name', '田中')], { type: 'STAFF_UPDATE', payload: { staffId: 'p1', changes: { name: '田中' } } }],
  [
    { type: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT', payload: { assignment: { id: 'a1', notes: 'mine', priorityOrder: 2 } } },
    [item('notes', 'theirs')],
    { type: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT', payload: { assignment: { id: 'a1', notes: 'theirs' } } },
  ],
  [{ type: 'CALENDAR_UPDATE', payload: { date: '2026-11-21', kind: 'closed', note: 'mine' } }, [item('note', 'theirs')], { type: 'CALENDAR_UPDATE', payload: { date: '2026-11-21', note: 'theirs' } }],
  [{ type: 'STAFF_REORDER', payload: { staffIds: ['a', 'b'] } }, [item('staffOrder', ['b', 'a'], '')], { type: 'STAFF_REORDER', payload: { staffIds: ['b', 'a'] } }],
  [{ type: 'STAFF_DELETE', payload: { staffId: 'p1' } }, [item('name', '田中', 'p1')], { type: 'STAFF_RESTORE', payload: { staffId: 'p1' } }],
  // The rest of the value was merged: written alone it would take what is new away.
  [{ type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l', changes: { limitConfig: { maxCount: 3 } } } }, [item('limitConfig.maxCount', 2)], null],
  [{ type: 'SETTINGS_DELETE_DAILY_LIMIT', payload: { limitId: 'l' } }, [item('name', 'a')], null],
];

it.each(CASES)('given_back__%j__is_what_the_others_had', (request, items, back) => {
  expect(givenBack(request as ChangeRequest, items)).toEqual(back);
});

const later = {
  ...EMPTY_REPLICA,
  settings: { dailyLimits: [{ id: 'l', limitConfig: { maxCount: 3, shiftType: 'off' } }] },
  calendar: { shiftTypes: [{ id: 't', times: [{ validFrom: null, startTime: '09:00' }, { validFrom: '2026-12-01', startTime: '11:00' }] }] },
} as unknown as ReplicaState;
const about = (entity: string, entityId: string, field: string, theirs: unknown): ConflictItem => ({ ...item(field, theirs, entityId), entity });

const PARTS: readonly (readonly [unknown, ConflictItem, unknown])[] = [
  [
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l', changes: { limitConfig: { maxCount: 3 } } } },
    about('daily_limits', 'l', 'limitConfig.maxCount', 2),
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l', changes: { limitConfig: { maxCount: 2, shiftType: 'off' } } } },
  ],
  // There was none.
  [
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l', changes: { limitConfig: { maxCount: 3 } } } },
    about('daily_limits', 'l', 'limitConfig.maxCount', null),
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l', changes: { limitConfig: { shiftType: 'off' } } } },
  ],
  [
    { type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId: 't', changes: { startTime: '11:00' }, validFrom: '2026-12-01' } },
    about('shift_type', 't', 'times.2026-12-01.startTime', '10:00'),
    { type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId: 't', changes: { times: [{ validFrom: null, startTime: '09:00' }, { validFrom: '2026-12-01', startTime: '10:00' }] } } },
  ],
  [
    { type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId: 't', changes: { times: [] } } },
    about('shift_type', 't', 'times.earliest', { validFrom: null, startTime: '08:00' }),
    { type: 'SHIFT_TYPE_UPDATE', payload: { shiftTypeId: 't', changes: { times: [{ validFrom: null, startTime: '08:00' }, { validFrom: '2026-12-01', startTime: '11:00' }] } } },
  ],
];

it.each(PARTS)('given_back__part_of_a_value_of_%j__is_put_into_what_the_rest_is_by_now', (request, part, back) => {
  expect(givenBack(request as ChangeRequest, [part], later)).toEqual(back);
});

/** A client that answers what is asked of the trail by `operation`. */
function client(operation: string | null) {
  const changed: ChangeRequest[] = [];
  const query = () => (operation === null ? Promise.reject(new Error('offline')) : Promise.resolve({ changes: [{ id: 'c9', operation }], cursor: null }));
  return { changed, backend: { change: (request: ChangeRequest) => changed.push(request), query, view: { getState: () => later } } as unknown as Parameters<WayBack>[0] };
}

it.each([
  ['DELETE', true, [{ type: 'SETTINGS_RESTORE_CHANGE', payload: { changeId: 'c9' } }]],
  // Somebody has restored it before.
  ['INSERT', true, []],
  [null, false, []],
] as const)('deletion_over_a_colleagues_change__whose_last_entry_is_%s__is_restored_by_the_trail', async (operation, isDone, requests) => {
  const { backend, changed } = client(operation);
  const back = wayBack({ type: 'SETTINGS_DELETE_DAILY_LIMIT', payload: { limitId: 'l' } }, [about('daily_limits', 'l', 'name', 'a')]);
  expect(await back?.(backend)).toBe(isDone);
  expect(changed).toEqual(requests);
});

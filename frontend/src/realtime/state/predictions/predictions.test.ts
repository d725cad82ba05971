import { expect, it } from 'vitest';

import { ReplicaDraft } from '../draft';
import { settingsFrom } from '../events/settings';
import type { ConfigVersion, DailyLimit, StaffMember } from '../../protocol';
import { NO_ROWS, SETTINGS_TABLES } from '../../protocol/settingsTables';
import { blankSchedule, EMPTY_REPLICA, valueAt, type ReplicaState } from '../state';
import { predict, type ChangeRequest } from './index';

const version = { id: 'v1', versionNumber: 1, name: 'First', isActive: true, isLocked: false } as ConfigVersion;
const limit = { id: 'l1', versionId: 'v1', name: 'a', isActive: true, limitConfig: { maxCount: 1 } } as unknown as DailyLimit;
const base: ReplicaState = {
  ...EMPTY_REPLICA,
  staff: { members: new Map([['s1', { id: 's1', name: '田中', isActive: false } as StaffMember]]) },
  settings: settingsFrom({
    ...NO_ROWS,
    dailyLimits: [limit],
    version,
  }),
  schedules: new Map([['a', blankSchedule('a', ['2025-08-21', '2025-08-22'])]]),
};

function after(...requests: unknown[]): ReplicaState {
  const draft = new ReplicaDraft(base, { isWaiting: true });
  requests.forEach((request) => predict(draft, request as ChangeRequest));
  return draft.finish();
}

const bulk = (mode: string) => ({
  type: 'SHIFT_BULK_UPDATE',
  payload: { scheduleId: 'a', mode, scheduleData: { s1: { '2025-08-22': '×' } } },
});
const single = { type: 'SHIFT_UPDATE', payload: { scheduleId: 'a', staffId: 's1', dateKey: '2025-08-21', shiftValue: '△' } };

it('a merging bulk update leaves other cells, a replacing one clears them', () => {
  const values = (state: ReplicaState) => {
    const schedule = state.schedules.get('a');
    return ['2025-08-21', '2025-08-22'].map((day) => schedule && valueAt(schedule, 's1', day));
  };
  expect(values(after(single, bulk('merge')))).toEqual(['△', '×']);
  const withCells = { ...base, schedules: after(single).schedules };
  const draft = new ReplicaDraft(withCells, { isWaiting: true });
  predict(draft, bulk('replace') as unknown as ChangeRequest);
  expect(values(draft.finish())).toEqual(['', '×']);
});

it('an update of a row keeps what it does not name', () => {
  const state = after({
    type: 'SETTINGS_UPDATE_DAILY_LIMITS',
    payload: { limitId: 'l1', changes: { name: 'b' } },
  });
  expect(state.settings?.dailyLimits).toMatchObject([{ name: 'b', limitConfig: { maxCount: 1 } }]);
});

it('a row can be edited before the server knows of it', () => {
  const state = after(
    { type: 'SETTINGS_CREATE_DAILY_LIMIT', payload: { limit: { id: 'new', name: 'x' } } },
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'new', changes: { name: 'y' } } },
    { type: 'SETTINGS_DELETE_DAILY_LIMIT', payload: { limitId: 'l1' } },
  );
  expect(state.settings?.dailyLimits.map(({ id, name }) => [id, name])).toEqual([['new', 'y']]);
});

it('every table can be written without a server', () => {
  for (const { create, rowKey, name } of SETTINGS_TABLES) {
    const state = after({ type: create, payload: { [rowKey]: { id: 'new' } } });
    expect(state.settings?.[name].map(({ id }) => id)).toContain('new');
  }
});

it('one who has left comes back', () => {
  const state = after({ type: 'STAFF_RESTORE', payload: { staffId: 's1' } });
  expect(state.staff?.members.get('s1')).toMatchObject({ isActive: true, name: '田中' });
});

it('shows nothing for what only the server can know', () => {
  expect(after({ type: 'UNDO', payload: { scheduleId: 'a' } })).toBe(base);
  expect(after({ type: 'STAFF_UPDATE', payload: { staffId: 'nobody', changes: {} } })).toBe(base);
});

it('puts those who are named first, and the others after them in their order', () => {
  const members = ['a', 'b', 'c'].map((id, index) => ({ id, staffOrder: index + 1, isActive: true }) as StaffMember);
  const draft = new ReplicaDraft({ ...EMPTY_REPLICA, staff: { members: new Map(members.map((each) => [each.id, each])) } });
  predict(draft, { type: 'STAFF_REORDER', payload: { staffIds: ['c'] } });
  const order = [...(draft.finish().staff?.members.values() ?? [])].sort((x, y) => x.staffOrder - y.staffOrder);
  expect(order.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});

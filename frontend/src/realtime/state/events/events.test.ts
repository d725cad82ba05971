import { expect, it } from 'vitest';

import { ReplicaDraft } from '../draft';
import { CHANGE_TYPES, type StaffMember } from '../../protocol';
import { NO_ROWS } from '../../protocol/settingsTables';
import { blankSchedule, EMPTY_REPLICA, valueAt, type ReplicaState, type SettingsState } from '../state';
import { reduce, reducers, type AnyChange } from './index';
import { settingsFrom } from './settings';

const VERSION = {
  id: 'v1',
  restaurantId: 'r',
  versionNumber: 1,
  name: 'First',
  description: '',
  createdBy: null,
  createdAt: '',
  isActive: true,
  isLocked: false,
  revision: 1,
};
const EMPTY_SETTINGS = {
  ...NO_ROWS,
  version: VERSION,
};
const DATES = ['2025-08-21', '2025-08-22', '2025-08-23'];

function state(): ReplicaState {
  return {
    ...EMPTY_REPLICA,
    staff: { members: new Map([['s1', { id: 's1', name: '田中', staffOrder: 3, isActive: true } as StaffMember]]) },
    calendar: { periods: [], days: new Map(), shiftTypes: [] },
    settings: settingsFrom(EMPTY_SETTINGS),
    schedules: new Map([['a', blankSchedule('a', DATES)]]),
  };
}

function after(before: ReplicaState, ...changes: { type: string; payload: unknown }[]): ReplicaState {
  const draft = new ReplicaDraft(before);
  changes.forEach((change) => reduce(draft, change as AnyChange));
  return draft.finish();
}

const settings = (after_: ReplicaState) => after_.settings as SettingsState;

it('has a reducer for every type of change, and no other', () => {
  expect(Object.keys(reducers).sort()).toEqual([...CHANGE_TYPES].sort());
});

it('ignores what is about slices that are not here', () => {
  const changes = CHANGE_TYPES.filter((type) => /SHIFT_BROADCAST|STAFF_DELETE|UPDATE_DAILY/.test(type));
  for (const type of changes) {
    const payload = { scheduleId: 'a', staffId: 's1', dateKey: DATES[0], shiftValue: '○', limitId: 'l' };
    expect(after(EMPTY_REPLICA, { type, payload })).toBe(EMPTY_REPLICA);
  }
});

it('sets cells, locks them, and leaves days outside the period alone', () => {
  const result = after(
    state(),
    { type: 'SHIFT_BROADCAST', payload: { scheduleId: 'a', staffId: 's1', dateKey: '2025-08-22', shiftValue: '×' } },
    { type: 'SHIFT_BROADCAST', payload: { scheduleId: 'a', staffId: 's1', dateKey: '2025-10-01', shiftValue: '×' } },
    { type: 'SHIFT_LOCK', payload: { scheduleId: 'a', cells: [{ staffId: 's1', dateKey: '2025-08-22' }] } },
  );
  const schedule = result.schedules.get('a');
  expect(schedule?.rows.get('s1')?.values).toEqual(['', '×', '']);
  expect([...(schedule?.rows.get('s1')?.locked ?? [])]).toEqual([1]);
  const unlocked = after(result, {
    type: 'SHIFT_UNLOCK',
    payload: { scheduleId: 'a', cells: [{ staffId: 's1', dateKey: '2025-08-22' }] },
  });
  expect(unlocked.schedules.get('a')?.rows.get('s1')?.locked.size).toBe(0);
});

it('does not touch the state that it began with', () => {
  const before = state();
  after(before, { type: 'SHIFT_BROADCAST', payload: { scheduleId: 'a', staffId: 's1', dateKey: DATES[0], shiftValue: '×' } });
  const schedule = before.schedules.get('a');
  expect(schedule && valueAt(schedule, 's1', '2025-08-21')).toBe('');
});

it('keeps those who have left, and their order', () => {
  const ended = { ...state().staff?.members.get('s1'), endPeriod: { year: 2025, month: 8, day: 1 } };
  const left = after(state(), { type: 'STAFF_DELETE', payload: { staffId: 's1', staff: ended } });
  expect(left.staff?.members.get('s1')).toEqual(ended);
  const gone = after(state(), { type: 'STAFF_DELETE', payload: { staffId: 's1' } });
  expect(gone.staff?.members.get('s1')).toMatchObject({ isActive: false, name: '田中' });
  const ordered = after(gone, { type: 'STAFF_REORDER', payload: { staffIds: ['s1'], revision: 9 } });
  expect(ordered.staff?.members.get('s1')).toMatchObject({ staffOrder: 1, revision: 9 });
});

it('creates, updates and deletes the rows of the active version only', () => {
  const row = { id: 'l1', versionId: 'v1', name: 'a', isActive: true };
  const created = after(
    state(),
    { type: 'SETTINGS_CREATE_DAILY_LIMIT', payload: { createdLimit: row } },
    { type: 'SETTINGS_CREATE_DAILY_LIMIT', payload: { createdLimit: { ...row, id: 'l2', versionId: 'other' } } },
  );
  expect(settings(created).dailyLimits).toEqual([row]);
  const updated = after(created, {
    type: 'SETTINGS_UPDATE_DAILY_LIMITS',
    payload: { limitId: 'l1', updatedLimit: { ...row, name: 'b' } },
  });
  expect(settings(updated).dailyLimits).toMatchObject([{ name: 'b' }]);
  const deleted = after(updated, { type: 'SETTINGS_DELETE_DAILY_LIMIT', payload: { limitId: 'l1' } });
  expect(settings(deleted).dailyLimits).toEqual([]);
});

it('replaces everything when another version becomes active', () => {
  const second = { ...VERSION, id: 'v2', versionNumber: 2, name: 'Second' };
  const result = after(state(), {
    type: 'SETTINGS_ACTIVATE_VERSION',
    payload: { version: second, settings: { ...EMPTY_SETTINGS, staffGroups: [{ id: 'g' }], version: second } },
  });
  expect(settings(result).version?.id).toBe('v2');
  expect(settings(result).staffGroups).toHaveLength(1);
  expect(settings(result).versions.map(({ id, isActive }) => [id, isActive])).toEqual([
    ['v2', true],
    ['v1', false],
  ]);
});

it('lets called backups follow their group into the version that becomes active', () => {
  const group = { id: 'g', lineageId: 'line', name: 'Hall', isActive: true };
  const cell = { staffId: 's1', dateKey: '2025-08-22' };
  const called = after(
    state(),
    { type: 'SETTINGS_CREATE_STAFF_GROUP', payload: { createdGroup: { ...group, versionId: 'v1' } } },
    { type: 'SHIFT_BULK_BROADCAST', payload: { scheduleId: 'a', changes: [{ ...cell, shiftValue: '○' }], covering: [{ ...cell, groupId: 'g' }] } },
  );
  const copy = { ...VERSION, id: 'v2', versionNumber: 2 };
  const settingsOfCopy = { ...EMPTY_SETTINGS, staffGroups: [{ ...group, id: 'h', versionId: 'v2' }], version: copy };
  const result = after(called, { type: 'SETTINGS_ACTIVATE_VERSION', payload: { version: copy, settings: settingsOfCopy } });
  expect(result.schedules.get('a')?.called?.get('s1')?.get(1)).toEqual({ groupId: 'h', value: '○' });
});

it('locks the version that it is about', () => {
  const locked = after(state(), { type: 'SETTINGS_LOCK_VERSION', payload: { version: { ...VERSION, isLocked: true } } });
  expect(settings(locked).version?.isLocked).toBe(true);
});

it('forgets a calendar day about which there is nothing left to say', () => {
  const closed = after(state(), { type: 'CALENDAR_UPDATE', payload: { date: DATES[0], kind: 'closed', note: '' } });
  expect(closed.calendar?.days.get('2025-08-21')?.kind).toBe('closed');
  const open = after(closed, { type: 'CALENDAR_UPDATE', payload: { date: DATES[0], kind: null, note: '' } });
  expect(open.calendar?.days.size).toBe(0);
});

it('knows who was called for which group, with the shift that the cell holds', () => {
  const cell = { staffId: 's1', dateKey: '2025-08-22' };
  const bulk = (changes: object[], covering?: object[]) => ({ type: 'SHIFT_BULK_BROADCAST', payload: { scheduleId: 'a', changes, covering } });
  const called = after(state(), bulk([{ ...cell, shiftValue: '○' }], [{ ...cell, groupId: 'g' }]));
  const at = (replica: ReplicaState) => replica.schedules.get('a')?.called?.get('s1')?.get(1);
  expect(at(called)).toEqual({ groupId: 'g', value: '○' });
  // An edit by hand leaves the record: the cell bears it out, or does not.
  expect(at(after(called, bulk([{ ...cell, shiftValue: '×' }])))).toEqual({ groupId: 'g', value: '○' });
  expect(at(after(called, bulk([{ ...cell, shiftValue: '×' }], [])))).toBeUndefined();
});

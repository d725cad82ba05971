import { expect, it } from 'vitest';

import { changesOfTable, sameJson } from './settingsChanges';

const row = { id: 'l1', name: 'a', limitConfig: { maxCount: 1, dates: [] }, revision: 4, versionId: 'v' };

it('asks for nothing where nothing differs, whatever only the server says', () => {
  expect(changesOfTable('dailyLimits', [row], [{ ...row, revision: 9, versionId: 'w' }])).toEqual([]);
});

it('sends the changed fields only', () => {
  const edited = { ...row, limitConfig: { maxCount: 2, dates: [] } };
  expect(changesOfTable('dailyLimits', [row], [edited])).toEqual([
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l1', changes: { limitConfig: edited.limitConfig } } },
  ]);
});

it('creates rows under an id of its own making', () => {
  const [request] = changesOfTable('staffGroups', [], [{ name: 'Kitchen' }]);
  expect(request).toMatchObject({ type: 'SETTINGS_CREATE_STAFF_GROUP', payload: { group: { name: 'Kitchen' } } });
  expect(request?.payload).toHaveProperty('group.id');
});

it('deletes what is left out only if told so', () => {
  expect(changesOfTable('priorityRules', [row], [])).toEqual([]);
  expect(changesOfTable('priorityRules', [row], [], { removesMissing: true })).toEqual([
    { type: 'SETTINGS_DELETE_PRIORITY_RULE', payload: { ruleId: 'l1' } },
  ]);
});

it('sends a backup assignment under its own name', () => {
  const assignment = { id: 'b1', priorityOrder: 1 };
  expect(changesOfTable('backupAssignments', [assignment], [{ ...assignment, priorityOrder: 2 }])).toEqual([
    { type: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT', payload: { assignment: { id: 'b1', priorityOrder: 2 } } },
  ]);
});

it('compares JSON by what it says', () => {
  expect(sameJson({ a: [1, { b: null }], c: 2 }, { c: 2, a: [1, { b: null }] })).toBe(true);
  expect(sameJson([1], { 0: 1 })).toBe(false);
  expect(sameJson({ a: undefined }, { b: undefined })).toBe(false);
});

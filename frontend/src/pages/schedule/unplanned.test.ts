import { expect, it } from 'vitest';

import type { Violation } from '@/grid/model';
import type { GridRow, ScheduleState } from '@/realtime/state/state';

import { findingsOf, peopleOf } from './unplanned';

const row = (values: string[], locked: number[] = []): GridRow => ({ ...({ waiting: new Set() } as unknown as GridRow), values, locked: new Set(locked) });
const rows = new Map([
  ['begun', row(['', '×'])],
  ['blank', row(['', ''])],
  ['locked', row(['', ''], [1])],
]);
const schedule = { rows } as unknown as ScheduleState;
const violation = (staffId: string | null): Violation => ({
  rule: 'weekly_limit',
  ruleId: 'r',
  table: 'weeklyLimits',
  staffId,
  dateKey: '2026-11-21',
  isHard: true,
  penalty: 0,
  message: 'm',
});

it('sets apart who has no entry and nothing locked', () => {
  const found = ['begun', 'blank', 'locked', 'unheard of', null, 'blank'].map(violation);
  const { violations, unplanned } = findingsOf(found, schedule);
  expect(violations.map(({ staffId }) => staffId)).toEqual(['begun', 'locked', null]);
  expect(unplanned.map(({ staffId }) => staffId)).toEqual(['blank', 'unheard of', 'blank']);
  expect([...peopleOf(unplanned)]).toEqual(['blank', 'unheard of']);
});

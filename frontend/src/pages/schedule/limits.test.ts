import { describe, expect, it } from 'vitest';

import { restaurant } from '@/testing/app/restaurant';
import { daysOf } from '@/grid/days';
import type { LimitRow, StaffMember } from '@/realtime/protocol';

import { dayLimitsOf, employmentOf, groupsByMember, monthLimitsOf } from './limits';

const { settings, staff } = restaurant(3);
const template = settings?.dailyLimits[0] as LimitRow;
const limit = (limitConfig: Record<string, unknown>, more: Partial<LimitRow> = {}): LimitRow => ({
  ...template,
  isHardConstraint: false,
  effectiveFrom: null,
  effectiveUntil: null,
  ...more,
  limitConfig,
});
const member = staff?.members.get('p0') as StaffMember;
// A Saturday, a Sunday and a Monday.
const dates = ['2026-11-21', '2026-11-22', '2026-11-23'];
const days = dates.map((dateKey) => ({ dateKey, closed: false }));
const soft = (min: number | null, max: number | null) => ({ min, max, isHard: false });

describe('the limits of a day', () => {
  it('hold on the weekdays and days that they name', () => {
    const found = dayLimitsOf(days, [
      limit({ shiftType: 'off', maxCount: 4, daysOfWeek: [0, 'saturday'] }),
      limit({ shiftType: 'early', minCount: 2, dates: ['2026-11-23'], daysOfWeek: [0, 1, 2, 3, 4, 5, 6] }),
    ]);
    expect(found).toEqual([{ off: [soft(null, 4)] }, { off: [soft(null, 4)] }, { early: [soft(2, null)] }]);
  });

  it('are everybody’s where nobody was chosen for the scope yet', () => {
    const open = { shiftType: 'off', maxCount: 4, scope: 'staff_status', targetIds: [] };
    const found = dayLimitsOf(days, [limit({ ...open, aboutEverybody: true }), limit(open)]);
    expect(found[0]).toEqual({ off: [soft(null, 4)] });
  });

  it('add up weekdays and dates', () => {
    const found = dayLimitsOf(days, [limit({ shiftType: 'late', maxCount: 1, daysOfWeek: [6], dates: ['2026-11-23'] })]);
    expect(found.map(({ late }) => late?.length ?? 0)).toEqual([1, 0, 1]);
  });

  it('stand side by side within their dates, each as hard as it is, counted by head', () => {
    const found = dayLimitsOf(days, [
      limit({ shiftType: 'any', minCount: '7.5' }),
      limit({ minCount: 10 }, { effectiveFrom: '2026-11-22', effectiveUntil: '2026-11-22', isHardConstraint: true }),
    ]);
    expect(found[0]).toEqual({ working: [soft(8, null)] });
    expect(found[1]).toEqual({ working: [soft(8, null), { min: 10, max: null, isHard: true }] });
  });

  it('are none on a closed day, and none from limits about some people', () => {
    const some = limit({ shiftType: 'off', maxCount: 1, scope: 'group', targetIds: ['g0'] });
    const all = limit({ shiftType: 'off', maxCount: 5 });
    expect(dayLimitsOf([{ dateKey: '2026-11-21', closed: true }, ...days.slice(1)], [some, all]).map(({ off }) => off?.length ?? 0)).toEqual([0, 1, 1]);
  });
});

describe('the limits of a person’s month', () => {
  const group = { id: 'g9', name: '厨房' };
  const of = (...limits: LimitRow[]) => monthLimitsOf(member, [group], limits, dates);
  const max = (scope: string, targetIds: string[]) => limit({ limitType: 'max_off_days', maxCount: 8.5, scope, targetIds });
  const whole = { from: 0, to: 3 };

  it.each([
    ['type', ['社員']],
    ['position', ['料理長']],
    ['group', ['g9']],
    ['group', ['厨房']],
    ['individual', ['p0']],
  ])('are those about their %s %s', (scope, targets) => {
    expect(of(max(scope, targets))).toEqual([{ counts: 'off', days: whole, ...soft(null, 8.5) }]);
    expect(of(max(scope, ['somebody else']))).toEqual([]);
  });

  it('are about everybody where a scope names nobody', () => {
    expect(of(max('individual', []), max('group', []))).toHaveLength(2);
  });

  it('count days off or days of work', () => {
    const found = of(limit({ limitType: 'min_off_days', minCount: 6 }), limit({ limitType: 'max_shifts', maxCount: 20 }), limit({ shiftType: 'early', maxCount: 1 }));
    expect(found).toEqual([
      { counts: 'off', days: whole, ...soft(6, null) },
      { counts: 'working', days: whole, ...soft(null, 20) },
    ]);
  });

  it('are measured by the part of the month that they are about', () => {
    const part = { effectiveFrom: '2026-11-22', effectiveUntil: null };
    expect(of(limit({ limitType: 'min_off_days', minCount: 7, maxCount: 8 }, part))).toEqual([{ counts: 'off', days: { from: 1, to: 3 }, ...soft(4, 6) }]);
  });
});

it('knows on which days of the month somebody is employed', () => {
  const leaving = { ...member, startPeriod: { year: 2026, month: 11, day: 22 }, endPeriod: { year: 2026, month: 11 } };
  expect(employmentOf(leaving, daysOf('2026-11-21', '2026-12-20'))).toEqual({ from: 1, to: 10 });
});

it('knows who is in which group', () => {
  const groups = settings?.staffGroups ?? [];
  expect(groupsByMember(groups).get('p1')).toEqual(['g0']);
});

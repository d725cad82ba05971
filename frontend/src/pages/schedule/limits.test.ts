import { describe, expect, it } from 'vitest';

import { restaurant } from '@/app/demo/restaurant';
import type { LimitRow, StaffMember } from '@/realtime/protocol';

import { dayBoundsOf, groupsByMember, offBoundsOf } from './limits';

const { settings, staff } = restaurant(3);
const template = settings?.dailyLimits[0] as LimitRow;
const limit = (limitConfig: Record<string, unknown>, more: Partial<LimitRow> = {}): LimitRow => ({ ...template, limitConfig, ...more });
const member = staff?.members.get('p0') as StaffMember;
// A Saturday, a Sunday and a Monday.
const dates = ['2026-11-21', '2026-11-22', '2026-11-23'];

describe('the bounds of a day', () => {
  it('hold on the weekdays and days that a limit names', () => {
    const bounds = dayBoundsOf(dates, [
      limit({ shiftType: 'off', maxCount: 4, daysOfWeek: [0, 6] }),
      limit({ shiftType: 'early', minCount: 2, dates: ['2026-11-23'] }),
    ]);
    expect(bounds).toEqual([{ off: { min: null, max: 4 } }, { off: { min: null, max: 4 } }, { early: { min: 2, max: null } }]);
  });

  it('are the tightest of several, within their dates', () => {
    const bounds = dayBoundsOf(dates, [
      limit({ shiftType: 'any', minCount: 8 }),
      limit({ shiftType: 'any', minCount: 10 }, { effectiveFrom: '2026-11-22', effectiveUntil: '2026-11-22' }),
    ]);
    expect(bounds.map(({ working }) => working?.min)).toEqual([8, 10, 8]);
  });

  it('come only from limits about everybody', () => {
    expect(dayBoundsOf(dates, [limit({ shiftType: 'off', maxCount: 1, scope: 'group', targetIds: ['g0'] })])).toEqual([{}, {}, {}]);
  });
});

describe('the days off of a person', () => {
  const max = (scope: string, targetIds: string[]) => limit({ limitType: 'max_off_days', maxCount: 8.5, scope, targetIds });

  it.each([
    ['type', ['社員']],
    ['position', ['料理長']],
    ['group', ['g9']],
    ['individual', ['p0']],
  ])('are bounded by a limit about their %s', (scope, targets) => {
    expect(offBoundsOf(member, ['g9'], [max(scope, targets)])).toEqual({ min: null, max: 8.5 });
    expect(offBoundsOf(member, ['g9'], [max(scope, ['somebody else'])])).toEqual({ min: null, max: null });
  });

  it('have a least and a most', () => {
    const limits = [max('all', []), limit({ limitType: 'min_off_days', minCount: 6 }), limit({ limitType: 'max_shifts', maxCount: 1 })];
    expect(offBoundsOf(member, [], limits)).toEqual({ min: 6, max: 8.5 });
  });
});

it('knows who is in which group', () => {
  const groups = settings?.staffGroups ?? [];
  expect(groupsByMember(groups).get('p1')).toEqual(['g0']);
});

import { describe, expect, it } from 'vitest';

import { days, people, symbols } from '@/testing/grid/people';
import { symbolsOf } from '@/grid/totals';
import { restaurant } from '@/testing/app/restaurant';
import type { Read } from '@/app/stores/rest';
import type { PriorityRule, StaffGroup } from '@/realtime/protocol';

import { groupCoverage, shares, wishes } from './figures';
import { recentChanges } from './recent';

// Saturday, Sunday, and Monday the 23rd, a holiday.
const dates = days('2026-11-21', '2026-11-23', '');
const map = symbolsOf(symbols);
const rows = people(2).map((person, index) => ({ person, values: index === 0 ? ['', '×', '△'] : ['◇', '', '★'] }));
const { settings } = restaurant(2);
const group: StaffGroup = { ...(settings?.staffGroups[0] as StaffGroup), groupConfig: { members: ['p0', 'p1'], coverageRules: { minimumCoverage: 2 } } };
const rule = (ruleDefinition: object): PriorityRule => ({ ...(settings?.priorityRules[0] as PriorityRule), ruleDefinition: { ...ruleDefinition } });

describe('the overview', () => {
  it('counts who of a group is at work', () => {
    expect(groupCoverage(group, rows, dates, map).map(({ working, minimum }) => [working, minimum])).toEqual([[2, 2], [1, 2], [1, 2]]);
  });

  it('puts everybody’s shares side by side', () => {
    expect(shares(rows, dates, map)).toEqual([
      { name: '田中', off: 1, early: 1, late: 0, weekend: 2, working: 2 },
      { name: '佐藤', off: 1, early: 0, late: 1, weekend: 2, working: 2 },
    ]);
  });

  it('says how far wishes come true', () => {
    const found = wishes(
      [
        rule({ ruleType: 'preferred_shift', shiftType: 'early', staffIds: ['p0'], daysOfWeek: [1] }),
        rule({ ruleType: 'required_off', staffIds: ['p0', 'p1'], dates: ['2026-11-22'] }),
        rule({ ruleType: 'avoid_shift_with_exceptions', shiftType: 'off', allowedShifts: ['designated_off'], staffIds: ['p0', 'p1'] }),
        rule({ ruleType: 'required_off', staffIds: [], aboutNobody: true }),
        rule({ ruleType: 'max_consecutive_work', maxCount: 6 }),
      ],
      rows,
      dates,
      map,
    );
    expect(found.map(({ kept, all }) => [kept, all])).toEqual([[1, 1], [1, 2], [5, 6]]);
  });
});

it('reads the week’s changes of one schedule from the log, newest first', async () => {
  const entry = (version: number, type: string, payload: object, timestamp: string) => ({ version, type, payload, timestamp, changedBy: '佐藤' });
  const asked: unknown[] = [];
  const read = ((_: string, { query }: { query?: object } = {}) => {
    asked.push(query);
    return Promise.resolve({
      epoch: 'e',
      version: 700,
      changes: [
        entry(1, 'SHIFT_BROADCAST', { scheduleId: 's', staffId: 'a', dateKey: '2026-11-01', shiftValue: '○' }, '2026-10-01T00:00:00Z'),
        entry(2, 'SHIFT_BROADCAST', { scheduleId: 's', staffId: 'a', dateKey: '2026-11-02', shiftValue: '×' }, '2026-11-20T00:00:00Z'),
        entry(3, 'SHIFT_BULK_BROADCAST', { scheduleId: 's', changes: [{ staffId: 'b', dateKey: '2026-11-03', shiftValue: '' }] }, '2026-11-21T00:00:00Z'),
        entry(4, 'STAFF_UPDATE', { staffId: 'a' }, '2026-11-21T00:00:00Z'),
      ],
    });
  }) as unknown as Read;
  const found = await recentChanges(read, 's', '2026-11-14T00:00:00Z');
  expect(asked[1]).toEqual({ since: 'e:200', limit: 500 });
  expect(found.map(({ staffId, dateKey }) => `${staffId} ${dateKey}`)).toEqual(['b 2026-11-03', 'a 2026-11-02']);
});

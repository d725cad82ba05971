import { describe, expect, it } from 'vitest';

import { daysOf, weekdayOf } from '@/grid/days';

import { copyCells, mapPeriods, mapWeek, wholeWeeks } from './copying';

const october = daysOf('2026-09-21', '2026-10-20');
const november = daysOf('2026-10-21', '2026-11-20');

describe('copying a period', () => {
  it('goes from Monday to Monday', () => {
    const map = mapPeriods(october, november, 'weekday');
    for (const [to, from] of map) expect(weekdayOf(to)).toBe(weekdayOf(from));
    expect(map.get('2026-10-21')).toBe('2026-09-23');
    expect(map.get('2026-11-20')).toBeUndefined();
  });

  it('goes from the first to the first', () => {
    const map = mapPeriods(october, november, 'date');
    expect(map.get('2026-10-21')).toBe('2026-09-21');
    expect(map.size).toBe(30);
  });
});

describe('a week as a template', () => {
  it('is repeated over all other days', () => {
    const map = mapWeek('2026-10-26', november);
    expect(map.get('2026-11-02')).toBe('2026-10-26');
    expect(map.get('2026-10-21')).toBe('2026-10-28');
    expect(map.has('2026-10-27')).toBe(false);
  });

  it('lies whole in the period', () => {
    expect(wholeWeeks(november, 1)).toEqual(['2026-10-26', '2026-11-02', '2026-11-09']);
  });
});

describe('what is there already', () => {
  const map = new Map([
    ['2026-10-21', '2026-09-21'],
    ['2026-10-22', '2026-09-22'],
    ['2026-10-23', '2026-09-23'],
  ]);
  const read = (_: string, day: string) => ({ '2026-09-21': '×', '2026-09-22': '○' })[day] ?? '';
  const present = (_: string, day: string) => ({ '2026-10-21': '△', '2026-10-23': '★' })[day] ?? '';

  it('is kept, or overwritten and counted', () => {
    expect(copyCells(['a'], map, read, present, true)).toEqual({
      changes: [{ staffId: 'a', dateKey: '2026-10-22', value: '○' }],
      replacing: 0,
    });
    const all = copyCells(['a'], map, read, present, false);
    expect(all.replacing).toBe(2);
    expect(all.changes.map(({ value }) => value)).toEqual(['×', '○', '']);
  });
});

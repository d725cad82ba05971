import { describe, expect, it } from 'vitest';

import { wishSign } from '@/grid/words';
import type { Wish } from '@/realtime/protocol';
import { blankSchedule, type ScheduleState } from '@/realtime/state/state';

import { isOpen, openWishes, wishesByRow, wishOf } from './wishes';

const wish = (id: string, fields: Partial<Wish> = {}): Wish => ({
  id, scheduleId: 's', staffId: 'p1', dateKey: '2026-11-22', kind: 'off', shiftValue: '', weight: 3, note: '', state: 'open', answer: '', takenValue: '', madeBy: null, isOwn: false, revision: 1, ...fields,
});

const month = (...wishes: Wish[]): ScheduleState => ({
  ...blankSchedule('s', ['2026-11-21', '2026-11-22']),
  rows: new Map([['p1', { values: ['', '★'], waiting: new Set<number>(), locked: new Set<number>() }]]),
  wishes: new Map(wishes.map((each) => [each.id, each])),
});

describe('wishes', () => {
  it('cost nothing where there are none', () => {
    expect(wishesByRow(undefined)).toBeUndefined();
    expect(wishesByRow(month())).toBeUndefined();
    expect(openWishes(month())).toEqual([]);
  });

  it('are found by person and day, the same object for the same wishes', () => {
    const state = month(wish('a'), wish('b', { staffId: 'p2', dateKey: '2026-11-21' }), wish('c', { dateKey: '2027-01-01' }));
    expect(wishOf(state, 'p1', '2026-11-22')?.id).toBe('a');
    expect(wishOf(state, 'p1', '2026-11-21')).toBeUndefined();
    expect(wishOf(state, 'p2', '2026-11-21')?.id).toBe('b');
    expect(wishesByRow({ ...state })).toBe(wishesByRow(state));
  });

  it.each([
    [{ state: 'open' }, '', true],
    [{ state: 'declined' }, '', false],
    [{ state: 'taken', takenValue: '★' }, '★', false],
    [{ state: 'taken', takenValue: '★' }, '○', true],
    [{ state: 'taken', takenValue: '' }, '○', false],
  ] as const)('%o in a cell with %o waits for an answer: %s', (fields, value, expected) => {
    expect(isOpen(wish('a', fields), value)).toBe(expected);
  });

  it('that wait are found', () => {
    const state = month(wish('a'), wish('b', { dateKey: '2026-11-21' }), wish('c', { staffId: 'p2', state: 'declined' }), wish('d', { staffId: 'p3', state: 'taken', takenValue: '×' }));
    expect(openWishes(state).map(({ id }) => id)).toEqual(['a', 'b', 'd']);
  });

  it.each([
    ['off', '', '☆'],
    ['cannot', '', '✕'],
    ['prefer', '△', '△?'],
    ['avoid', '△', '≠△'],
  ] as const)('%s %s stands in the corner as %s', (kind, value, sign) => {
    expect(wishSign({ kind, value })).toBe(sign);
  });
});

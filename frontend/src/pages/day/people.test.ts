import { describe, expect, it } from 'vitest';

import type { Duty } from '@/grid/totals';

import { byGroup, byShift, type OnDay } from './people';

const on = (id: string, duty: Duty, label: string, start: string | null = null, groupIds: readonly string[] = []): OnDay => ({
  person: { id, name: id, position: '', status: '', blankMeans: 'work', groupIds },
  shift: { value: '', duty, label, hours: start === null ? null : { start, end: '20:00' }, covers: '' },
});

const told = (sections: ReturnType<typeof byShift>) => sections.map(({ label, people, working }) => [label, people.map(({ person }) => person.id).join(''), working]);

describe('the people of a day', () => {
  it('stand by their shift as the day goes, and behind them those who do not work', () => {
    const people = [on('a', 'off', 'Off'), on('b', 'late', 'Late'), on('c', 'normal', 'Normal'), on('d', 'early', 'Early'), on('e', 'normal', 'Normal')];
    expect(told(byShift(people))).toEqual([['Early', 'd', 1], ['Normal', 'ce', 2], ['Late', 'b', 1], [null, 'a', 0]]);
  });

  it('stand by the hours of the shifts where they have any', () => {
    expect(told(byShift([on('a', 'late', 'Late', '08:00'), on('b', 'early', 'Early', '10:00')]))).toEqual([['Late', 'a', 1], ['Early', 'b', 1]]);
  });

  it('stand in their first group, who works before who does not, and in none where there is none', () => {
    const people = [on('a', 'off', 'Off', null, ['k']), on('b', 'normal', 'Normal', null, ['gone', 'k', 'h']), on('c', 'late', 'Late')];
    const groups = [{ id: 'h', name: 'Hall' }, { id: 'k', name: 'Kitchen' }];
    expect(told(byGroup(people, groups, 'None'))).toEqual([['Kitchen', 'ba', 1], ['None', 'c', 1]]);
  });

  it('are nobody where nobody is', () => {
    expect([byShift([]), byGroup([], [{ id: 'h', name: 'Hall' }], 'None')]).toEqual([[], []]);
  });
});

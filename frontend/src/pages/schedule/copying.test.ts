import { expect, it } from 'vitest';

import { daysOf } from '@/grid/days';

import { changesOf, spansOf, wholeWeeks } from './copying';

it('offers the weeks that lie whole in the period', () => {
  expect(wholeWeeks(daysOf('2026-10-21', '2026-11-20'), 1)).toEqual(['2026-10-26', '2026-11-02', '2026-11-09']);
});

it('offers any seven days where no week lies whole in the period', () => {
  expect(wholeWeeks(daysOf('2027-06-01', '2027-06-11'), 1)).toEqual(['2027-06-01', '2027-06-02', '2027-06-03', '2027-06-04', '2027-06-05']);
  expect(wholeWeeks(daysOf('2027-06-01', '2027-06-06'), 1)).toEqual([]);
});

it('says days that follow each other as one span, over the end of a month too', () => {
  expect(spansOf(['2027-04-02', '2027-03-30', '2027-03-31', '2027-04-01', '2027-04-28'])).toEqual([['2027-03-30', '2027-04-02'], ['2027-04-28', '2027-04-28']]);
  expect(spansOf([])).toEqual([]);
});

it('leaves alone what was typed since the server was asked', () => {
  const cells = [
    { staffId: 'a', dateKey: '2026-10-21', shiftValue: '△', previousValue: '' },
    { staffId: 'a', dateKey: '2026-10-22', shiftValue: '○', previousValue: '×' },
    { staffId: 'a', dateKey: '2026-10-23', shiftValue: '', previousValue: '◇' },
  ];
  const present = (_: string, day: string) => ({ '2026-10-21': '★', '2026-10-22': '×', '2026-10-23': '◇' })[day] ?? '';
  expect(changesOf({ cells }, present)).toEqual([
    { staffId: 'a', dateKey: '2026-10-22', value: '○' },
    { staffId: 'a', dateKey: '2026-10-23', value: '' },
  ]);
});

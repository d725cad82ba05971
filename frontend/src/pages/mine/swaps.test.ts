import { expect, test } from 'vitest';

import type { Swap } from '@/realtime/protocol';

import { mySwaps } from './swaps';

const swap = (id: string, fields: Partial<Swap>): Swap => ({
  id,
  scheduleId: 's',
  staffId: 'a',
  dateKey: '2026-12-05',
  shiftValue: '△',
  otherId: null,
  otherDateKey: null,
  isOffer: false,
  note: '',
  state: 'open',
  answer: '',
  ended: null,
  cells: [],
  revision: 1,
  ...fields,
});

const ids = (swaps: readonly Swap[]) => swaps.map(({ id }) => id);

test('swaps are sorted by what one has to do about them', () => {
  const { offers, asked, mine, settled } = mySwaps(
    [
      swap('taken by another', { isOffer: true, staffId: 'x', state: 'accepted' }),
      swap('later', { isOffer: true, staffId: 'x', dateKey: '2026-12-09' }),
      swap('offer', { isOffer: true, staffId: 'x' }),
      swap('over', { isOffer: true, staffId: 'x', dateKey: '2026-11-30' }),
      swap('own offer', { isOffer: true }),
      swap('asked', { staffId: 'x', otherId: 'a' }),
      swap('agreed', { staffId: 'x', otherId: 'a', state: 'accepted' }),
      swap('ended', { otherId: 'x', state: 'ended', ended: 'changed' }),
    ],
    'a',
    '2026-12-01',
  );
  expect(ids(offers)).toEqual(['offer', 'later']);
  expect(ids(asked)).toEqual(['asked']);
  expect(ids(mine)).toEqual(['own offer', 'agreed']);
  expect(ids(settled)).toEqual(['ended']);
});

import { expect, test } from 'vitest';

import type { MyDay } from './shifts';
import { possibleDays, unseenDays } from './swapDays';

const day = (dateKey: string, isWork: boolean, isPast = false) => ({ day: { dateKey, isPast }, isWork }) as MyDay;
const keys = (days: readonly { readonly day: { readonly dateKey: string } }[]) => days.map(({ day: { dateKey } }) => dateKey);

const mine = [day('1', false, true), day('2', true), day('3', false), day('4', false)];

test('of a colleague whose shifts one sees, a day on which they work and one does not', () => {
  expect(keys(possibleDays(mine, [day('1', true, true), day('2', false), day('3', true), day('4', false)], '2'))).toEqual(['3']);
  expect(keys(possibleDays(mine, [day('2', true), day('3', true)], '2'))).toEqual(['2']);
});

test('of a colleague whose shifts one does not see, every day to come on which one does not work', () => {
  expect(keys(unseenDays(mine))).toEqual(['3', '4']);
});

import { expect, it } from 'vitest';

import { daysOf } from '@/grid/days';

import { boundsInPart, monthPart } from './monthPart';

it.each([
  ['2025-06-20', '2025-06-30', 31, 11 / 30],
  ['2025-06-10', '2025-06-20', 20, 11 / 31],
  ['2025-06-15', '2025-06-25', 20, 6 / 31 + 5 / 30],
  ['2025-06-02', '2025-06-30', 31, 29 / 30],
  ['2025-06-01', '2025-06-30', 20, 1],
  ['2025-06-09', '2025-07-06', 20, 1],
  ['2025-06-01', '2025-07-31', 31, 1],
  ['2025-12-21', '2026-01-20', 20, 1],
  ['2025-02-01', '2025-02-28', 31, 1],
])('from %s to %s, closing on the %i, there is that much of a month', (start, end, closingDay, part) => {
  expect(monthPart(daysOf(start, end), closingDay)).toBeCloseTo(part, 9);
});

it('asks of a part of a month that part of its limits', () => {
  expect(boundsInPart({ min: 8, max: 8 }, 11 / 30)).toEqual({ min: 3, max: 3 });
  expect(boundsInPart({ min: 8, max: null }, 1 / 30)).toEqual({ min: 0, max: null });
  expect(boundsInPart({ min: 7, max: 9 }, 1)).toEqual({ min: 7, max: 9 });
});

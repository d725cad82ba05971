import { expect, it } from 'vitest';

import { backoffMs } from './backoff';

it('doubles its bound from one second up to thirty', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, { random: () => 1 }));
  expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

it('spreads over the whole of it, but never to nothing', () => {
  expect(backoffMs(3, { random: () => 0.5 })).toBe(2000);
  expect(backoffMs(3, { random: () => 0 })).toBe(400);
});

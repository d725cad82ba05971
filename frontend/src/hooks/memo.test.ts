import { expect, it, vi } from 'vitest';

import { memoised } from './memo';

it('derives once for each source', () => {
  const derive = vi.fn((source: { n: number }) => ({ twice: source.n * 2 }));
  const derived = memoised(derive);
  const source = { n: 2 };
  expect(derived(source)).toBe(derived(source));
  expect(derive).toHaveBeenCalledTimes(1);
  expect(derived({ n: 3 })).toEqual({ twice: 6 });
});

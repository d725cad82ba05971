import { describe, expect, it } from 'vitest';

import { contains, equal, intersection, positions, rangeOf, rectanglesOf, size, union } from './range';

const range = rangeOf({ row: 3, col: 5 }, { row: 1, col: 2 });

describe('range', () => {
  it('does not mind in which corner it began', () => {
    expect(range).toEqual({ top: 1, left: 2, bottom: 3, right: 5 });
    expect(equal(range, rangeOf({ row: 1, col: 5 }, { row: 3, col: 2 }))).toBe(true);
  });

  it('counts and lists its cells row by row', () => {
    const all = [...positions(range)];
    expect(size(range)).toBe(12);
    expect(all).toHaveLength(12);
    expect(all[4]).toEqual({ row: 2, col: 2 });
    expect(all.every((at) => contains(range, at))).toBe(true);
  });

  it('knows its outside', () => {
    expect(contains(range, { row: 0, col: 2 })).toBe(false);
    expect(contains(range, { row: 1, col: 6 })).toBe(false);
  });

  it('puts cells together to rectangles that hold them and nothing else', () => {
    const cells = [...positions(range), { row: 4, col: 2 }, { row: 9, col: 0 }];
    expect(rectanglesOf([...cells].reverse())).toEqual([
      range,
      { top: 4, left: 2, bottom: 4, right: 2 },
      { top: 9, left: 0, bottom: 9, right: 0 },
    ]);
    expect(rectanglesOf([])).toEqual([]);
  });

  it('joins and meets', () => {
    const other = { top: 3, left: 5, bottom: 9, right: 9 };
    expect(union(range, other)).toEqual({ top: 1, left: 2, bottom: 9, right: 9 });
    expect(intersection(range, other)).toEqual({ top: 3, left: 5, bottom: 3, right: 5 });
    expect(intersection(range, { top: 4, left: 0, bottom: 4, right: 9 })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import { drawOut, fill, fillDown, fillRight } from './fill';

const source = { top: 2, left: 2, bottom: 3, right: 4 };

describe('the fill handle', () => {
  it('draws out in the direction that was dragged further', () => {
    expect(drawOut(source, { row: 6, col: 5 })).toEqual({ ...source, bottom: 6 });
    expect(drawOut(source, { row: 4, col: 9 })).toEqual({ ...source, right: 9 });
    expect(drawOut(source, { row: 0, col: 3 })).toEqual({ ...source, top: 0 });
    expect(drawOut(source, { row: 3, col: 0 })).toEqual({ ...source, left: 0 });
  });

  it('stays as it was while the pointer is inside', () => {
    expect(drawOut(source, { row: 3, col: 3 })).toBe(source);
  });

  it('repeats the pattern away from the source in either direction', () => {
    const right = fill(source, { ...source, right: 8 });
    expect(right.filter(({ to }) => to.row === 2).map(({ from }) => from.col)).toEqual([2, 3, 4, 2]);
    const left = fill(source, { ...source, left: 0 });
    expect(left.filter(({ to }) => to.row === 2).map(({ to, from }) => [to.col, from.col])).toEqual([
      [0, 3],
      [1, 4],
    ]);
  });
});

describe('Ctrl+D and Ctrl+R', () => {
  it('fill the rest of the selection from its first row or column', () => {
    const down = fillDown({ top: 1, left: 0, bottom: 3, right: 1 });
    expect(down).toHaveLength(4);
    expect(down.every(({ from }) => from.row === 1)).toBe(true);
    expect(fillRight({ top: 0, left: 1, bottom: 0, right: 3 }).map(({ to }) => to.col)).toEqual([2, 3]);
  });

  it('fill a single row or column from the one before it', () => {
    expect(fillDown({ top: 4, left: 1, bottom: 4, right: 2 })).toEqual([
      { from: { row: 3, col: 1 }, to: { row: 4, col: 1 } },
      { from: { row: 3, col: 2 }, to: { row: 4, col: 2 } },
    ]);
    expect(fillRight({ top: 0, left: 1, bottom: 0, right: 1 })).toEqual([
      { from: { row: 0, col: 0 }, to: { row: 0, col: 1 } },
    ]);
  });

  it('do nothing at the edge', () => {
    expect(fillDown({ top: 0, left: 0, bottom: 0, right: 4 })).toEqual([]);
    expect(fillRight({ top: 0, left: 0, bottom: 4, right: 0 })).toEqual([]);
  });
});

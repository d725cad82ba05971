import { describe, expect, it } from 'vitest';

import { gapOf, HEIGHT, linesOf, pointsOf, WIDTH } from './way';

describe('the way of a job', () => {
  it('is read from what the server keeps', () => {
    expect(pointsOf([[0.5, 900, 0], [2, 300, 100], [3]])).toEqual([
      { seconds: 0.5, objective: 900, bound: 0 },
      { seconds: 2, objective: 300, bound: 100 },
    ]);
  });

  it('is drawn as stairs, from nothing at the bottom to the first at the top, until now', () => {
    const { objective, bound, high, seconds } = linesOf(pointsOf([[0, 900, 0], [2, 300, 150]]), 4);
    expect([high, seconds]).toEqual([900, 4]);
    expect(objective).toBe(`M0 0H${WIDTH / 2}V${HEIGHT * (2 / 3)}H${WIDTH}`);
    expect(bound).toBe(`M0 ${HEIGHT}H${WIDTH / 2}V${HEIGHT * (5 / 6)}H${WIDTH}`);
  });

  it('stays in its frame where nothing costs anything', () => {
    expect(linesOf(pointsOf([[0, 0, 0], [1, 0, 0]]), 0).objective).toBe(`M0 ${HEIGHT}H${WIDTH}V${HEIGHT}H${WIDTH}`);
  });

  it.each([
    [300, 300, 0],
    [0, 0, 0],
    [400, 300, 0.25],
    [400, 0, null],
  ])('tells how far %i is from the best, of which %i is proved', (objective, bound, gap) => {
    expect(gapOf({ objective, bound })).toBe(gap);
  });
});

import { describe, expect, it } from 'vitest';

import { ALL_DRAWN, boxOf, colWidthFor, columnsIn, dragScroll, isOnGroup, type Metrics, pointAt, scrollTo, spaceOf } from './geometry';

const metrics: Metrics = { rowHeight: 30, colWidth: 40, nameWidth: 150, sumWidth: 90, headHeight: 50, groupHeight: 0, footHeight: 100 };
const view = { scrollTop: 0, scrollLeft: 0, width: 1000, height: 600 };

describe('geometry', () => {
  it('spans the heads of groups that stand inside a range', () => {
    const itemOf = [1, 2, 4];
    expect(boxOf({ top: 1, left: 2, bottom: 2, right: 3 }, itemOf, metrics)).toEqual({
      top: 60,
      left: 80,
      width: 80,
      height: 90,
    });
  });

  it('scrolls a cell out from under the sticky edges, and no further', () => {
    const seen = { ...view, scrollTop: 300, scrollLeft: 200 };
    expect(scrollTo({ top: 270, left: 160, width: 40, height: 30 }, seen, metrics)).toEqual({ top: 270, left: 160 });
    expect(scrollTo({ top: 720, left: 960, width: 40, height: 30 }, seen, metrics)).toEqual({ top: 300, left: 240 });
    expect(scrollTo({ top: 735, left: 960, width: 40, height: 30 }, seen, metrics)).toEqual({ top: 315, left: 240 });
    expect(scrollTo({ top: 400, left: 300, width: 40, height: 30 }, seen, metrics)).toEqual({ top: 300, left: 200 });
  });

  it('keeps clear of the head of a group as well', () => {
    const grouped = { ...metrics, groupHeight: 30 };
    const seen = { ...view, scrollTop: 300 };
    expect(spaceOf(view, grouped).height).toBe(spaceOf(view, metrics).height - 30);
    expect(scrollTo({ top: 300, left: 0, width: 40, height: 30 }, seen, grouped).top).toBe(270);
    expect(scrollTo({ top: 330, left: 0, width: 40, height: 30 }, seen, grouped).top).toBe(300);
    expect(scrollTo({ top: 735, left: 0, width: 40, height: 30 }, seen, grouped).top).toBe(315);
    expect([49, 50, 79, 80].map((y) => isOnGroup(y, grouped))).toEqual([false, true, true, false]);
    expect(isOnGroup(50, metrics)).toBe(false);
  });

  it('finds the cell under a point, also when a drag has left the grid', () => {
    expect(pointAt(151, 51, view, metrics, 20, 31)).toEqual({ row: 0, col: 0 });
    expect(pointAt(190, 80, { ...view, scrollTop: 30 }, metrics, 20, 31)).toEqual({ row: 2, col: 1 });
    expect(pointAt(-50, 9999, view, metrics, 20, 31)).toEqual({ row: 19, col: 0 });
  });

  it('scrolls while a drag is held at an edge', () => {
    expect(dragScroll(500, 300, view, metrics)).toEqual({ top: 0, left: 0 });
    expect(dragScroll(500, 520, view, metrics).top).toBeGreaterThan(0);
    expect(dragScroll(140, 300, view, metrics).left).toBeLessThan(0);
  });

  it('draws all days of a month, and of two months those in view', () => {
    expect(columnsIn(view, metrics, 31)).toEqual({ from: 0, to: 31 });
    expect(columnsIn({ ...view, scrollLeft: 700 }, metrics, 62)).toEqual({ from: 16, to: 40 });
    const end = columnsIn({ ...view, scrollLeft: 62 * 40 - 760 }, metrics, 62);
    expect(end.to).toBe(62);
    expect(ALL_DRAWN).toBeGreaterThanOrEqual(31);
  });

  it('lets a month fill the width between bounds', () => {
    expect(colWidthFor(1100, 31, 32, 48)).toBe(35);
    expect(colWidthFor(500, 31, 32, 48)).toBe(32);
    expect(colWidthFor(5000, 31, 32, 48)).toBe(48);
  });
});

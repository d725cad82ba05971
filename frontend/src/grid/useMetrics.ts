import { useLayoutEffect, useMemo, useState } from 'react';

import { colWidthFor, type Columns, columnsIn, type Metrics } from './geometry';
import { viewportOf } from './usePointer';

const FINE = { rowHeight: 32, colLeast: 33, colMost: 52, nameWidth: 148, sumWidth: 84, headHeight: 50, footHeight: 104 };
/** Upright, a phone shows days and not sums; on its side, rows and not what they come to. */
const SMALL = { tall: { nameWidth: 96, sumWidth: 0 }, wide: { footHeight: 0 } };
const COARSE = { rowHeight: 44, colLeast: 44, colMost: 60, nameWidth: 132, sumWidth: 84, headHeight: 56, footHeight: 104 };

/** Which days to draw; changes by chunks while one scrolls. */
export function useColumns(scroller: HTMLElement | null, metrics: Metrics, days: number): Columns {
  const [columns, setColumns] = useState<Columns>({ from: 0, to: days });
  useLayoutEffect(() => {
    if (scroller === null) return;
    const update = () => {
      const next = columnsIn(viewportOf(scroller), metrics, days);
      setColumns((before) => (before.from === next.from && before.to === next.to ? before : next));
    };
    update();
    // Before the rows are moved: to ask for the position after that would lay the grid out at once.
    scroller.addEventListener('scroll', update, { passive: true, capture: true });
    return () => scroller.removeEventListener('scroll', update, { capture: true });
  }, [scroller, metrics, days]);
  return columns.to <= days ? columns : { from: 0, to: days };
}

/** The style sheet has the same width. */
const TALL = 640;

/** Days as wide as the window allows. */
export function useMetrics(scroller: HTMLElement | null, days: number, grouped: boolean, coarse: boolean, small = false): Metrics {
  const [available, setAvailable] = useState(0);
  useLayoutEffect(() => {
    if (scroller === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setAvailable(scroller.clientWidth));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller]);
  return useMemo(() => {
    const { colLeast, colMost, ...usual } = coarse ? COARSE : FINE;
    const rest = small ? { ...usual, ...SMALL[available > TALL ? 'wide' : 'tall'] } : usual;
    const space = available - rest.nameWidth - rest.sumWidth;
    const colWidth = colWidthFor(space, days, colLeast, colMost);
    // What is left over by rounding widens the names.
    const over = space - colWidth * days;
    const groupHeight = grouped ? rest.rowHeight : 0;
    return { ...rest, groupHeight, colWidth, nameWidth: rest.nameWidth + (over > 0 && over < days ? over : 0) };
  }, [available, days, grouped, coarse, small]);
}


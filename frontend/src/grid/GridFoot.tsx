import { memo, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';

import { type DayLimits, useGridState, useGridView } from './GridContext';
import type { Day } from './model';
import { type DayTotals, RunningTotals, type Standing, standing } from './totals';
import { saidOf, standingClass } from './words';

const SHOWN = ['working', 'early', 'late', 'off'] as const;

/** What every day comes to, live, against its limits. Counts the people that are shown. */
export const GridFoot = memo(function GridFoot({ days, items }: { days: readonly Day[]; items: number }) {
  const { words, dayLimits } = useGridView();
  const totals = useDayTotals(days.length);
  return (
    <div role="rowgroup" className="ss-foot">
      {SHOWN.map((name, index) => (
        <div role="row" key={name} aria-rowindex={items + 2 + index} className="ss-foot-row">
          <div role="rowheader" aria-colindex={1} className="ss-foot-name">
            {words.totals[name]}
          </div>
          {totals.map((total, col) => (
            <Total key={col} col={col} value={total[name]} limits={dayLimits[col]?.[name]} />
          ))}
          <div role="gridcell" aria-colindex={days.length + 2} className="ss-sum" />
        </div>
      ))}
    </div>
  );
});

interface TotalProps {
  readonly col: number;
  readonly value: number;
  readonly limits: DayLimits[keyof DayTotals] | undefined;
}

const SIGN: Readonly<Record<Standing['stands'], string>> = { within: '', below: '▼', above: '▲' };

const Total = memo(function Total({ col, value, limits }: TotalProps) {
  const { words } = useGridView();
  const stands = standing(value, limits);
  const said = saidOf(stands, words);
  return (
    <div
      role="gridcell"
      aria-colindex={col + 2}
      aria-label={said === undefined ? undefined : `${value}, ${said}`}
      title={said}
      className={`ss-total ${standingClass(stands)}${value === 0 ? ' ss-zero' : ''}`}
    >
      {value}
      {SIGN[stands.stands]}
    </div>
  );
});

/** Counted again at most once a frame, however many cells change, and in the frame that shows them. */
function useDayTotals(days: number): DayTotals[] {
  const { grid, symbols } = useGridView();
  const people = useGridState(grid, ({ layout }) => layout.people);
  const running = useMemo(() => new RunningTotals(people, days, symbols), [people, days, symbols]);
  const [changed, setChanged] = useState(0);
  useEffect(() => {
    let frame = 0;
    const unsubscribe = grid.source.subscribeCells(() => {
      if (frame === 0) {
        frame = requestAnimationFrame(() => {
          frame = 0;
          flushSync(() => setChanged((count) => count + 1));
        });
      }
    });
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe();
    };
  }, [grid]);
  return useMemo(() => (changed >= 0 ? running.count(({ id }) => grid.source.getRow(id).values) : []), [grid, running, changed]);
}

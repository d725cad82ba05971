import { memo } from 'react';

import { type GridView, useGridState, useGridView, useProblems } from './GridContext';
import type { Day } from './model';
import { resolve } from './selection';

/** The dates. They stay at the top; a click on one selects its column, a click on the corner everything. */
export const GridHead = memo(function GridHead({ days, people }: { days: readonly Day[]; people: number }) {
  const view = useGridView();
  return (
    <div role="rowgroup" className="ss-head">
      <div role="row" aria-rowindex={1} className="ss-head-row">
        <div role="columnheader" aria-colindex={1} className="ss-corner">
          {view.words.people(people)}
        </div>
        {days.map((day, col) => (
          <DayHead key={day.dateKey} day={day} col={col} view={view} />
        ))}
        <div role="columnheader" aria-colindex={days.length + 2} className="ss-sum ss-sum-head">
          <span title={view.words.sums.offLong}>{view.words.sums.off}</span>
          <span title={view.words.sums.workLong}>{view.words.sums.work}</span>
        </div>
      </div>
    </div>
  );
});

const DayHead = memo(function DayHead({ day, col, view }: { day: Day; col: number; view: GridView }) {
  const selected = useGridState(view.grid, ({ selection, layout }) => {
    const range = resolve(selection, layout)?.range;
    return range !== undefined && col >= range.left && col <= range.right;
  });
  const { words } = view;
  const wrong = useProblems().days.has(day.dateKey);
  const short = words.dayShort(day, col === 0);
  return (
    <div
      role="columnheader"
      aria-colindex={col + 2}
      aria-label={wrong ? `${words.dayLong(day)}, ${words.marks.hard}` : words.dayLong(day)}
      title={day.holiday ?? (day.note === '' ? undefined : day.note)}
      className={`ss-day ss-${kindOf(day)}${selected ? ' ss-on' : ''}${day.isToday ? ' ss-today' : ''}${wrong ? ' ss-wrong' : ''}`}
    >
      <b className={short.length > 2 ? 'ss-date ss-long' : 'ss-date'}>{short}</b>
      <span className="ss-weekday">
        {words.weekday(day)}
        {day.holiday !== null && <span className="ss-tag">{words.holidayShort}</span>}
        {day.closed && <span className="ss-tag">{words.closed}</span>}
      </span>
    </div>
  );
});

export function kindOf(day: Day): 'closed' | 'holiday' | 'sunday' | 'saturday' | 'workday' {
  if (day.closed) return 'closed';
  if (day.holiday !== null) return 'holiday';
  if (day.weekday === 0) return 'sunday';
  return day.weekday === 6 ? 'saturday' : 'workday';
}

/** The tint of weekends, holidays, closed days and today, below all rows at once. */
export const DayStripes = memo(function DayStripes({ days }: { days: readonly Day[] }) {
  const { metrics } = useGridView();
  return (
    <div className="ss-stripes" aria-hidden="true" style={{ left: metrics.nameWidth }}>
      {days.map((day, col) =>
        kindOf(day) === 'workday' && !day.isToday ? null : (
          <i
            key={day.dateKey}
            className={`ss-stripe ss-${kindOf(day)}${day.isToday ? ' ss-today' : ''}`}
            style={{ left: col * metrics.colWidth, width: metrics.colWidth }}
          />
        ),
      )}
    </div>
  );
});

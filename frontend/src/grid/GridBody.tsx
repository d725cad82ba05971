import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect } from 'react';

import { type GridView, useGridState } from './GridContext';
import { GridRow } from './GridRow';
import type { Columns } from './geometry';
import type { Layout } from './layout';
import { cursorOf } from './selection';
import { useColumns } from './useMetrics';

interface BodyProps {
  readonly layout: Layout;
  readonly view: GridView;
  readonly scroller: HTMLElement | null;
  readonly children: ReactNode;
}

/** The rows in view, and always the one with the cursor and the head of the group that one looks at. */
export function GridBody({ layout, view, scroller, children }: BodyProps) {
  const { grid, metrics } = view;
  const columns = useColumns(scroller, metrics, layout.days.length);
  const active = useGridState(grid, (state) => {
    const row = state.selection === null ? undefined : layout.rowOf.get(cursorOf(state.selection).staffId);
    return row === undefined ? -1 : (layout.itemOf[row] ?? -1);
  });
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing that it returns is passed on memoised
  const virtual = useVirtualizer({
    count: layout.items.length,
    getScrollElement: () => scroller,
    estimateSize: () => metrics.rowHeight,
    overscan: 3,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const head = layout.headsAt.findLast((index) => index <= range.startIndex) ?? -1;
      const wanted = [head, active].filter((index) => index >= 0 && index < layout.items.length);
      return [...new Set([...shown, ...wanted])];
    },
    getItemKey: (index) => keyOf(layout, index),
  });
  const { measure } = virtual;
  useLayoutEffect(() => measure(), [measure, metrics.rowHeight]);
  const total = layout.items.length * metrics.rowHeight;
  // Rows are laid out freely and do not widen it; a name stays in view only as far as its row goes.
  const width = metrics.nameWidth + layout.days.length * metrics.colWidth + metrics.sumWidth;
  return (
    <div role="rowgroup" className="ss-body" style={{ height: total, width }}>
      {virtual.getVirtualItems().map(({ index, key }) => {
        const item = layout.items[index];
        const top = index * metrics.rowHeight;
        if (item === undefined) return null;
        if (item.kind === 'group') return <GroupHead key={key} item={index} top={top} height={(item.count + 1) * metrics.rowHeight} label={item.label} count={item.count} />;
        const row = layout.rowOf.get(item.person.id) ?? 0;
        const shown = index === active ? ALL_OF[layout.days.length] ?? all(layout.days.length) : columns;
        return <GridRow key={key} person={item.person} row={row} item={index} top={top} columns={shown} days={layout.days} />;
      })}
      {children}
    </div>
  );
}

/** One object for each number of days, so that the row with the cursor is not rendered for nothing. */
const ALL_OF: Record<number, Columns> = {};
const all = (days: number): Columns => (ALL_OF[days] = { from: 0, to: days });

function keyOf(layout: Layout, index: number): string {
  const item = layout.items[index];
  return item?.kind === 'person' ? item.person.id : `group ${item?.key ?? index}`;
}

interface GroupHeadProps {
  readonly item: number;
  readonly top: number;
  /** Of the whole group: as far as that reaches, the head stays in view. */
  readonly height: number;
  readonly label: string;
  readonly count: number;
}

function GroupHead({ item, top, height, label, count }: GroupHeadProps) {
  return (
    <div role="presentation" className="ss-section" style={{ top, height }}>
      <div role="row" aria-rowindex={item + 2} className="ss-group">
        <div role="rowheader" aria-colindex={1} className="ss-group-name">
          {label} <small>{count}</small>
        </div>
      </div>
    </div>
  );
}

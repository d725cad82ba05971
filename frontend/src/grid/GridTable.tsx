import { useCallback, useId, useMemo, useRef, useState } from 'react';

import './grid.css';

import type { Grid } from './controller';
import { type DayLimits, GridProvider, type GridView, type Problems, ProblemsProvider, useGridState } from './GridContext';
import { GridBody } from './GridBody';
import { GridFoot } from './GridFoot';
import { DayStripes, GridHead } from './GridHead';
import type { Metrics } from './geometry';
import type { CellRef, ShiftSymbol, Violation } from './model';
import { Overlays } from './Overlays';
import { contains, type Position } from './range';
import { isMarked, ReasonPopover } from './ReasonPopover';
import { symbolsOf } from './totals';
import { useCursor } from './useCursor';
import { useInput } from './useInput';
import { useMetrics } from './useMetrics';
import { type Pointer, usePointer } from './usePointer';
import { useTabStop } from './useTabStop';
import type { GridWords } from './words';

export interface GridTableProps {
  readonly grid: Grid;
  readonly symbols: readonly ShiftSymbol[];
  readonly words: GridWords;
  readonly dayLimits: readonly DayLimits[];
  /** Fingers need larger cells. */
  readonly coarse: boolean;
  /** A phone: fewer things around the cells. */
  readonly small?: boolean;
  /** On a touch screen: dragging selects instead of scrolling. */
  readonly ranging?: boolean;
  /** Whether it says what every day comes to. */
  readonly sums?: boolean;
  readonly problems?: Problems;
  /** The names of groups, for cells of people who cover one. */
  readonly groups?: ReadonlyMap<string, string>;
  readonly openRule?: (violation: Violation) => void;
  /** Lets a violation of a cell stand. */
  readonly accept?: ((cell: CellRef, violation: Violation) => void) | null;
}

const NO_PROBLEMS: Problems = { days: new Set(), people: new Set() };
const NO_GROUPS: ReadonlyMap<string, string> = new Map();

/** The schedule grid. One tab stop; the cell with the cursor is told to assistive technology by its id. */
export function GridTable({ ranging = false, small = false, sums = true, problems = NO_PROBLEMS, groups = NO_GROUPS, ...props }: GridTableProps) {
  const { grid, symbols, words, dayLimits, coarse, openRule = null, accept = null } = props;
  const id = useId();
  // In state and not in a ref: what is inside must render again once it is there.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const layout = useGridState(grid, (state) => state.layout);
  const metrics = useMetrics(scroller, layout.days.length, layout.headsAt.length > 0, coarse, small);
  const dayNames = useMemo(() => layout.days.map((day) => words.dayLong(day)), [layout.days, words]);
  const view = useMemo<GridView>(
    () => ({ grid, id, words, symbols: symbolsOf(symbols), metrics, dayNames, dayLimits, groups, openRule, accept }),
    [grid, id, words, symbols, metrics, dayNames, dayLimits, groups, openRule, accept],
  );
  const pointer = usePointer(scroller, grid, metrics, ranging);
  const [hovered, hover] = useHovered(grid, pointer);
  useCursor(scroller, view);
  const { onKeyDown, ...clipboard } = useInput(grid, symbols);
  const input = useRef<HTMLInputElement>(null);
  const stops = useTabStop(input);
  return (
    <GridProvider value={view}>
      <ProblemsProvider value={problems}>
        <div
          ref={setScroller}
          role="grid"
          aria-label={words.table}
          aria-rowcount={layout.items.length + (sums ? 5 : 1)}
          aria-colcount={layout.days.length + 2}
          aria-multiselectable
          id={id}
          tabIndex={0}
          className={`ss-grid${ranging ? ' ss-ranging' : ''}${coarse ? ' ss-coarse' : ''}${small ? ' ss-small' : ''}`}
          style={variables(metrics)}
          onKeyDown={onKeyDown}
          onFocus={stops.onFocus}
          onBlur={stops.onBlur}
          {...clipboard}
          onPointerDown={pointer.down}
          onPointerMove={(event) => {
            pointer.move(event);
            hover(event);
          }}
          onPointerUp={pointer.up}
          onPointerCancel={pointer.abandon}
          onPointerLeave={() => hover(null)}
          onClick={pointer.tap}
          onDoubleClick={() => grid.run({ type: 'edit', text: null })}
          onContextMenu={(event) => {
            event.preventDefault();
            const found = pointer.locate(event.clientX, event.clientY);
            if (found?.zone === 'cells' && !holds(grid, found.position)) grid.select(found.position);
            grid.run({ type: 'menu' });
          }}
        >
          <GridHead days={layout.days} people={layout.people.length} />
          <GridBody layout={layout} view={view} scroller={scroller}>
            <DayStripes days={layout.days} />
            <Overlays onHandle={pointer.handle} input={input} symbols={symbols} coarse={coarse} />
            <ReasonPopover cell={hovered} />
          </GridBody>
          {sums && <GridFoot days={layout.days} items={layout.items.length} />}
        </div>
      </ProblemsProvider>
    </GridProvider>
  );
}

const variables = (metrics: Metrics) =>
  ({
    '--ss-row': `${metrics.rowHeight}px`,
    '--ss-col': `${metrics.colWidth}px`,
    '--ss-name': `${metrics.nameWidth}px`,
    '--ss-sum': `${metrics.sumWidth}px`,
    '--ss-head': `${metrics.headHeight}px`,
  }) as React.CSSProperties;

function holds(grid: Grid, at: Position): boolean {
  const range = grid.resolved()?.range;
  return range !== undefined && contains(range, at);
}

/** The marked cell under a resting pointer. */
function useHovered(grid: Grid, pointer: Pointer) {
  const [hovered, setHovered] = useState<CellRef | null>(null);
  const hover = useCallback(
    (event: React.PointerEvent | null) => {
      if (event !== null && event.target instanceof Element && event.target.closest('.ss-reasons') !== null) return;
      const found = event === null || pointer.dragging ? null : pointer.locate(event.clientX, event.clientY);
      const { layout } = grid.state.getState();
      const person = found?.zone === 'cells' ? layout.people[found.position.row] : undefined;
      const day = found === null ? undefined : layout.days[found.position.col];
      const marked = found !== null && person !== undefined && isMarked(grid.mark(found.position));
      setHovered((before) => {
        if (!marked || day === undefined) return null;
        return before?.staffId === person.id && before.dateKey === day.dateKey ? before : { staffId: person.id, dateKey: day.dateKey };
      });
    },
    [grid, pointer],
  );
  return [hovered, hover] as const;
}

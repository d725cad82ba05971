import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

import { useGridState, useGridView } from './GridContext';
import { type Box, boxOf } from './geometry';
import { positionOf } from './layout';
import type { CellRef, Presence } from './model';
import { type Range, rectanglesOf, size } from './range';
import { resolve } from './selection';

/** Everything that moves over the cells without rendering one. */
export function Overlays({ onHandle }: { onHandle: (event: React.PointerEvent) => void }) {
  const { metrics } = useGridView();
  return (
    <div className="ss-overlays" style={{ left: metrics.nameWidth }}>
      <Flashes />
      <PresenceBoxes />
      <CopiedBox />
      <SelectionBox onHandle={onHandle} />
      <FillBox />
      <Editor />
    </div>
  );
}

const styleOf = (box: Box) => ({ ...box });

/** Moves softly, where a box that follows one's own keys is better placed at once. */
const movingStyleOf = ({ top, left, width, height }: Box) => ({ transform: `translate(${left}px, ${top}px)`, width, height });

function useBox(range: Range | null): Box | null {
  const { grid, metrics } = useGridView();
  const layout = useGridState(grid, (state) => state.layout);
  return range === null ? null : boxOf(range, layout.itemOf, metrics);
}

function SelectionBox({ onHandle }: { onHandle: (event: React.PointerEvent) => void }) {
  const { grid, words } = useGridView();
  const selection = useGridState(grid, (state) => state.selection);
  const layout = useGridState(grid, (state) => state.layout);
  const readOnly = useGridState(grid, (state) => state.readOnly);
  const resolved = resolve(selection, layout);
  const box = useBox(resolved?.range ?? null);
  const { row, col } = resolved?.active ?? { row: 0, col: 0 };
  const active = useBox(resolved === null ? null : { top: row, left: col, bottom: row, right: col });
  const count = resolved === null ? 0 : size(resolved.range);
  return (
    <>
      {box !== null && active !== null && (
        <>
          {count > 1 && <i aria-hidden="true" className="ss-range" style={styleOf(box)} />}
          <i aria-hidden="true" className="ss-active" style={styleOf(active)} />
          {!readOnly && (
            <i
              aria-hidden="true"
              className="ss-handle"
              style={{ top: box.top + box.height, left: box.left + box.width }}
              onPointerDown={onHandle}
            />
          )}
        </>
      )}
      {/* A grid may own nothing but its rows, so what is only spoken lies outside it. */}
      {createPortal(
        <span role="status" className="ss-sr">
          {count > 1 ? words.selected(count) : ''}
        </span>,
        document.body,
      )}
    </>
  );
}

function FillBox() {
  const { grid } = useGridView();
  const box = useBox(useGridState(grid, (state) => state.filling));
  return box === null ? null : <i aria-hidden="true" className="ss-filling" style={styleOf(box)} />;
}

function CopiedBox() {
  const { grid } = useGridView();
  const copied = useGridState(grid, (state) => state.copied);
  const layout = useGridState(grid, (state) => state.layout);
  const box = useBox(resolve(copied, layout)?.range ?? null);
  return box === null ? null : <i aria-hidden="true" className="ss-copied" style={styleOf(box)} />;
}

/** The box of one cell; null where it cannot be seen now. */
function useCellBox(cell: CellRef | null): Box | null {
  const { grid } = useGridView();
  const layout = useGridState(grid, (state) => state.layout);
  const at = cell === null ? null : positionOf(layout, cell);
  return useBox(at === null ? null : { top: at.row, left: at.col, bottom: at.row, right: at.col });
}

/** Whose cursor is where. */
const PresenceBoxes = memo(function PresenceBoxes() {
  const { grid } = useGridView();
  const { source } = grid;
  const people = useSyncExternalStore(source.subscribePresence.bind(source), source.getPresence.bind(source));
  return people.map(
    (each) => each.cell !== null && <PresenceBox key={each.clientId} cell={each.cell} presence={each} />,
  );
});

function PresenceBox({ cell, presence }: { cell: CellRef; presence: Presence }) {
  const { words } = useGridView();
  const box = useCellBox(cell);
  if (box === null) return null;
  const editing = presence.state === 'editing';
  return (
    <div
      className={`ss-presence ss-who-${presence.color}${presence.idle ? ' ss-idle' : ''}${box.top === 0 ? ' ss-first' : ''}`}
      style={movingStyleOf(box)}
      aria-hidden="true"
    >
      <span>{editing ? words.edit(presence.name) : presence.initials}</span>
    </div>
  );
}

interface Flash {
  readonly id: number;
  readonly cells: readonly CellRef[];
}

/** No more boxes than one can look at. */
const MOST_BOXES = 120;
const FLASH_MS = 1_600;

/** What a colleague has just changed lights up once. */
function Flashes() {
  const { grid } = useGridView();
  const [flashes, setFlashes] = useState<readonly Flash[]>([]);
  const next = useRef(0);
  useEffect(() => {
    const timers = new Set<number>();
    const unsubscribe = grid.source.subscribeRemote((cells) => {
      const id = next.current++;
      setFlashes((all) => [...all, { id, cells }]);
      const timer = window.setTimeout(() => {
        timers.delete(timer);
        setFlashes((all) => all.filter((each) => each.id !== id));
      }, FLASH_MS);
      timers.add(timer);
    });
    return () => {
      unsubscribe();
      timers.forEach((timer) => clearTimeout(timer));
    };
  }, [grid]);
  return flashes.map(({ id, cells }) => <FlashBoxes key={id} cells={cells} />);
}

/** Cells that changed together fade together: one animation, however many there are. */
const FlashBoxes = memo(function FlashBoxes({ cells }: { cells: readonly CellRef[] }) {
  const { grid, metrics } = useGridView();
  const layout = useGridState(grid, (state) => state.layout);
  const ranges = useMemo(() => rectanglesOf(cells.flatMap((cell) => positionOf(layout, cell) ?? [])), [cells, layout]);
  if (ranges.length === 0) return null;
  return (
    <div aria-hidden="true" className="ss-flash">
      {ranges.slice(0, MOST_BOXES).map((range) => (
        <i key={`${range.top} ${range.left}`} style={styleOf(boxOf(range, layout.itemOf, metrics))} />
      ))}
    </div>
  );
});

/** Free text, typed over its cell. What colleagues do meanwhile does not touch it. */
function Editor() {
  const { grid, words } = useGridView();
  const editing = useGridState(grid, (state) => state.editing);
  const box = useCellBox(editing?.cell ?? null);
  const input = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLElement | null>(null);
  const open = editing !== null && box !== null;
  useLayoutEffect(() => {
    if (open) {
      input.current?.focus({ preventScroll: true });
      table.current = input.current?.closest<HTMLElement>('[role=grid]') ?? null;
    } else if (document.activeElement === document.body) {
      // It went away with its row while one typed: the keys are the grid's again.
      table.current?.focus({ preventScroll: true });
    }
  }, [open]);
  if (!open) return null;
  const leave = (keep: boolean) => {
    grid.stopEditing(keep);
    table.current?.focus({ preventScroll: true });
  };
  return (
    <input
      ref={input}
      className="ss-editor"
      style={{ ...styleOf(box), minWidth: box.width }}
      value={editing.text}
      aria-label={words.edit('')}
      onChange={(event) => grid.type(event.currentTarget.value)}
      onBlur={() => grid.stopEditing(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') leave(false);
        if (event.key === 'Enter' || event.key === 'Tab') {
          event.preventDefault();
          leave(true);
          grid.run({ type: 'advance', along: event.key === 'Tab' ? 'row' : 'column', back: event.shiftKey });
        }
      }}
    />
  );
}

import { memo, type RefObject, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

import { Editor } from './Editor';
import { useGridState, useGridView } from './GridContext';
import { type Box, boxOf } from './geometry';
import { positionOf } from './layout';
import type { CellRef, Presence, ShiftSymbol } from './model';
import { rectanglesOf, size } from './range';
import { resolve } from './selection';
import { styleOf, useBox, useCellBox } from './useBox';

interface OverlaysProps {
  readonly onHandle: (event: React.PointerEvent) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly symbols: readonly ShiftSymbol[];
  readonly coarse: boolean;
}

/** Everything that moves over the cells without rendering one. */
export function Overlays({ onHandle, ...typing }: OverlaysProps) {
  const { metrics } = useGridView();
  return (
    <div className="ss-overlays" style={{ left: metrics.nameWidth }}>
      <Flashes />
      <PresenceBoxes />
      <CopiedBox />
      <SelectionBox onHandle={onHandle} />
      <FillBox />
      <Drafts />
      <Editor {...typing} />
    </div>
  );
}

/** Moves softly, where a box that follows one's own keys is better placed at once. */
const movingStyleOf = ({ top, left, width, height }: Box) => ({ transform: `translate(${left}px, ${top}px)`, width, height });

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
  const box = useBox(useGridState(grid, (state) => state.filling?.range ?? null));
  return box === null ? null : <i aria-hidden="true" className="ss-filling" style={styleOf(box)} />;
}

function CopiedBox() {
  const { grid } = useGridView();
  const copied = useGridState(grid, (state) => state.copied);
  const layout = useGridState(grid, (state) => state.layout);
  const box = useBox(resolve(copied, layout)?.range ?? null);
  return box === null ? null : <i aria-hidden="true" className="ss-copied" style={styleOf(box)} />;
}

/** What was typed and not entered yet. */
function Drafts() {
  const { grid } = useGridView();
  const drafts = useGridState(grid, (state) => state.drafts);
  const readOnly = useGridState(grid, (state) => state.readOnly);
  return readOnly ? null : drafts.map(({ cell, text }) => <DraftBox key={`${cell.staffId} ${cell.dateKey}`} cell={cell} text={text} />);
}

function DraftBox({ cell, text }: { cell: CellRef; text: string }) {
  const { words } = useGridView();
  const box = useCellBox(cell);
  if (box === null) return null;
  return (
    <div className="ss-draft" style={{ ...styleOf(box), width: undefined, minWidth: box.width }} title={words.notEntered}>
      {text}
    </div>
  );
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

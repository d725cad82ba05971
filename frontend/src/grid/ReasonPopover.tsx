import { useEffect, useState } from 'react';

import { useEscape } from './escape';
import { useGridState, useGridView } from './GridContext';
import { boxOf } from './geometry';
import { positionOf } from './layout';
import { type CellRef, Mark, type Violation } from './model';

const DELAY_MS = 350;

/** Why a cell is marked, while the pointer rests on it; the rule can be opened from there. */
export function ReasonPopover({ cell }: { cell: CellRef | null }) {
  const { grid } = useGridView();
  const [shown, setShown] = useState<CellRef | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setShown(cell), cell === null ? DELAY_MS / 2 : DELAY_MS);
    // Who presses a key is no longer pointing: nothing is in the way of what the next Escape is about.
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') return;
      clearTimeout(timer);
      setShown(null);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [cell]);
  // One types below it: what is typed is on top, and Escape is about that.
  const isTyping = useGridState(grid, ({ editing }) => editing !== null);
  const violations = shown === null || isTyping ? [] : grid.source.violationsAt(shown);
  return shown === null || violations.length === 0 ? null : <Reasons cell={shown} violations={violations} onClose={() => setShown(null)} />;
}

function Reasons({ cell, violations, onClose }: { cell: CellRef; violations: readonly Violation[]; onClose: () => void }) {
  // The selection below it stays.
  useEscape(onClose, true, true);
  const { grid, metrics } = useGridView();
  const { layout } = grid.state.getState();
  const at = positionOf(layout, cell);
  if (at === null) return null;
  const box = boxOf({ top: at.row, left: at.col, bottom: at.row, right: at.col }, layout.itemOf, metrics);
  const late = at.col > layout.days.length / 2;
  const low = at.row > layout.people.length / 2;
  return (
    <div
      className={`ss-reasons${late ? ' ss-late-side' : ''}${low ? ' ss-low-side' : ''}`}
      // What is done in here is not meant for the cells below.
      onPointerDown={stop}
      onClick={stop}
      onDoubleClick={stop}
      style={{ top: low ? box.top : box.top + box.height, left: metrics.nameWidth + (late ? box.left + box.width : box.left) }}
    >
      <ReasonList cell={cell} violations={violations} />
    </div>
  );
}

const stop = (event: React.SyntheticEvent) => event.stopPropagation();

function ReasonList({ cell, violations }: { cell: CellRef; violations: readonly Violation[] }) {
  const { grid, words, openRule, accept } = useGridView();
  const at = positionOf(grid.state.getState().layout, cell);
  const marks = at === null ? Mark.none : grid.mark(at);
  const isAccepted = (marks & Mark.overridden) !== 0;
  return (
    <ul className="ss-reason-list">
      {violations.map((violation, index) => (
        <li key={index} className={violation.isHard ? 'ss-hard-reason' : 'ss-soft-reason'}>
          <b>{isAccepted ? words.accepted : violation.isHard ? words.hard : words.soft}</b> {violation.message}
          {openRule !== null && violation.table !== null && (
            <button type="button" tabIndex={-1} onClick={() => openRule(violation)}>
              {violation.text === undefined ? words.openRule : words.settleText}
            </button>
          )}
          {accept !== null && !isAccepted && (
            <button type="button" tabIndex={-1} onClick={() => accept(cell, violation)}>
              {words.accept}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

export const isMarked = (marks: number) => (marks & (Mark.soft | Mark.hard)) !== 0;

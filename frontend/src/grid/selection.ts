import { type Layout, cellAt, everything, positionOf } from './layout';
import type { CellRef, StaffId } from './model';
import { contains, type Position, type Range, rangeOf } from './range';

/**
 * What is selected, by identity and not by index: sorting, filtering and colleagues' changes move rows, and a selection
 * stays with its people and days.
 */
export interface Selection {
  /** Where it began. */
  readonly anchor: CellRef;
  /** Where it ends, and what moves with Shift. */
  readonly head: CellRef;
  readonly shape: 'cells' | 'rows' | 'columns' | 'all';
  /** Where Tab and Enter have gone inside it; left out while they have not. */
  readonly walked?: CellRef;
  /** The people between its ends when it was drawn: people whom a colleague moves there later are not included. */
  readonly among?: ReadonlySet<StaffId>;
}

/** The cell that typed text goes to. */
export const activeOf = ({ walked, anchor }: Selection): CellRef => walked ?? anchor;
/** The cell that is kept in view and told to assistive technology: the one that moved last. */
export const cursorOf = ({ walked, head }: Selection): CellRef => walked ?? head;

export interface Resolved {
  readonly range: Range;
  readonly head: Position;
  readonly active: Position;
  readonly cursor: Position;
}

/** Where the selection lies now: null when a corner of it cannot be seen, and its first cell (or row) where others stand between its ends. */
export function resolve(selection: Selection | null, layout: Layout): Resolved | null {
  const all = everything(layout);
  if (selection === null || all === null) return null;
  const anchor = positionOf(layout, selection.anchor);
  const head = positionOf(layout, selection.head);
  if (anchor === null || head === null) return null;
  const { shape } = selection;
  if (isMixed(selection, rangeOf(anchor, head), layout)) {
    return { range: stretched(rangeOf(anchor, anchor), shape, all), head: anchor, active: anchor, cursor: anchor };
  }
  const range = stretched(rangeOf(anchor, head), shape, all);
  const walked = selection.walked === undefined ? null : positionOf(layout, selection.walked);
  const inside = walked !== null && contains(range, walked) ? walked : null;
  return { range, head, active: inside ?? anchor, cursor: inside ?? head };
}

/** Whole columns include everybody, people who are added later too. */
const isMixed = ({ among, shape }: Selection, { top, bottom }: Range, { people }: Layout): boolean =>
  among !== undefined && (shape === 'cells' || shape === 'rows') && people.slice(top, bottom + 1).some(({ id }) => !among.has(id));

function stretched(range: Range, shape: Selection['shape'], all: Range): Range {
  if (shape === 'all') return all;
  if (shape === 'rows') return { ...range, left: all.left, right: all.right };
  return shape === 'columns' ? { ...range, top: all.top, bottom: all.bottom } : range;
}

/** A single cell, or null outside. */
export function selectCell(layout: Layout, at: Position): Selection | null {
  const cell = cellAt(layout, at);
  return cell === null ? null : { anchor: cell, head: cell, shape: 'cells' };
}

/** The selection with its end at `to`; whole rows and columns stay whole. */
export function extendTo(selection: Selection, layout: Layout, to: Position): Selection {
  const head = cellAt(layout, to);
  const { anchor, shape } = selection;
  const from = positionOf(layout, anchor);
  if (head === null) return selection;
  if (from === null) return { anchor, head, shape };
  const { top, bottom } = rangeOf(from, to);
  return { anchor, head, shape, among: new Set(layout.people.slice(top, bottom + 1).map(({ id }) => id)) };
}

/** The same selection, with the cell that Tab or Enter has gone to. */
export function walkTo(selection: Selection, layout: Layout, to: Position): Selection {
  const walked = cellAt(layout, to);
  return walked === null ? selection : { ...selection, walked };
}

/** Every row (or column) that the selection touches, in its whole length. */
export const widen = (selection: Selection, shape: Selection['shape']): Selection => ({ ...selection, shape });

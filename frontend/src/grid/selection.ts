import { type Layout, cellAt, everything, positionOf } from './layout';
import type { CellRef } from './model';
import { type Position, type Range, rangeOf } from './range';

/**
 * What is selected, by identity and not by index: sorting, filtering and colleagues' changes move rows, and a selection
 * stays with its people and days.
 */
export interface Selection {
  /** Where it began, and where typed values go first. */
  readonly anchor: CellRef;
  /** Where it ends, and what moves with Shift. */
  readonly head: CellRef;
  readonly shape: 'cells' | 'rows' | 'columns' | 'all';
}

export interface Resolved {
  readonly range: Range;
  readonly anchor: Position;
  readonly head: Position;
}

/** Where the selection lies now; null when a corner of it cannot be seen. */
export function resolve(selection: Selection | null, layout: Layout): Resolved | null {
  const all = everything(layout);
  if (selection === null || all === null) return null;
  const anchor = positionOf(layout, selection.anchor);
  const head = positionOf(layout, selection.head);
  if (anchor === null || head === null) return null;
  return { range: stretched(rangeOf(anchor, head), selection.shape, all), anchor, head };
}

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
  return head === null ? selection : { ...selection, head };
}

/** Every row (or column) that the selection touches, in its whole length. */
export const widen = (selection: Selection, shape: Selection['shape']): Selection => ({ ...selection, shape });

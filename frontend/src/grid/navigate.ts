import type { Direction, Reach } from './keymap';
import { height, type Position, type Range, width } from './range';

export interface Extent {
  readonly rows: number;
  readonly cols: number;
  /** How many rows a page key moves. */
  readonly page: number;
}

const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

export const clampTo = ({ row, col }: Position, { rows, cols }: Extent): Position => ({
  row: clamp(row, rows),
  col: clamp(col, cols),
});

const STEP: Readonly<Record<Direction, Position>> = {
  up: { row: -1, col: 0 },
  down: { row: 1, col: 0 },
  left: { row: 0, col: -1 },
  right: { row: 0, col: 1 },
};

/** Where a move ends; it never leaves the grid. */
export function move(from: Position, direction: Direction, reach: Reach, extent: Extent): Position {
  const step = STEP[direction];
  if (reach === 'corner') return direction === 'up' ? { row: 0, col: 0 } : { row: extent.rows - 1, col: extent.cols - 1 };
  const by = reach === 'cell' ? 1 : reach === 'page' ? extent.page : Math.max(extent.rows, extent.cols);
  return clampTo({ row: from.row + step.row * by, col: from.col + step.col * by }, extent);
}

/** Tab and Enter inside a range: the same walk, which starts over after the last cell. */
export function advanceWithin(from: Position, along: 'row' | 'column', back: boolean, range: Range): Position {
  const extent = { rows: height(range), cols: width(range), page: 1 };
  const first = { row: 0, col: 0 };
  const last = { row: extent.rows - 1, col: extent.cols - 1 };
  const next = advance({ row: from.row - range.top, col: from.col - range.left }, along, back, extent) ?? (back ? last : first);
  return { row: next.row + range.top, col: next.col + range.left };
}

/** Tab and Enter: the next cell, at the end of a row (or column) the first of the one after it; null past the last cell. */
export function advance(from: Position, along: 'row' | 'column', back: boolean, { rows, cols }: Extent): Position | null {
  const index = along === 'row' ? from.row * cols + from.col : from.col * rows + from.row;
  const next = index + (back ? -1 : 1);
  if (next < 0 || next >= rows * cols) return null;
  return along === 'row'
    ? { row: Math.floor(next / cols), col: next % cols }
    : { row: next % rows, col: Math.floor(next / rows) };
}

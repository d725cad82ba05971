import { height, type Position, type Range, width } from './range';

/** Where a filled cell takes its value from. */
export interface Placement {
  readonly from: Position;
  readonly to: Position;
}

const modulo = (value: number, by: number) => ((value % by) + by) % by;

/**
 * The selection drawn out to `pointer` by the fill handle: in one direction only, the one that was dragged further.
 * The same range when the pointer is inside.
 */
export function drawOut(source: Range, pointer: Position): Range {
  const down = pointer.row - source.bottom;
  const up = source.top - pointer.row;
  const right = pointer.col - source.right;
  const left = source.left - pointer.col;
  const furthest = Math.max(down, up, right, left);
  if (furthest <= 0) return source;
  if (furthest === down) return { ...source, bottom: pointer.row };
  if (furthest === up) return { ...source, top: pointer.row };
  return furthest === right ? { ...source, right: pointer.col } : { ...source, left: pointer.col };
}

/** What filling `target` with the pattern of `source` writes: every cell of the target outside the source. */
export function fill(source: Range, target: Range): Placement[] {
  const placements: Placement[] = [];
  for (let row = target.top; row <= target.bottom; row += 1) {
    for (let col = target.left; col <= target.right; col += 1) {
      const from = {
        row: source.top + modulo(row - source.top, height(source)),
        col: source.left + modulo(col - source.left, width(source)),
      };
      if (from.row !== row || from.col !== col) placements.push({ from, to: { row, col } });
    }
  }
  return placements;
}

/** Ctrl+D: the first row of the selection into those below; a single row is filled from the row above it. */
export function fillDown(selection: Range): Placement[] {
  if (height(selection) > 1) return fill({ ...selection, bottom: selection.top }, selection);
  return selection.top === 0 ? [] : fill({ ...selection, top: selection.top - 1, bottom: selection.top - 1 }, selection);
}

/** Ctrl+R: the first column of the selection into those to the right; a single column from the one before it. */
export function fillRight(selection: Range): Placement[] {
  if (width(selection) > 1) return fill({ ...selection, right: selection.left }, selection);
  return selection.left === 0
    ? []
    : fill({ ...selection, left: selection.left - 1, right: selection.left - 1 }, selection);
}

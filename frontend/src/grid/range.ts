/** Rectangles of cells by index; both corners are inside. */

export interface Position {
  readonly row: number;
  readonly col: number;
}

export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const rangeOf = (a: Position, b: Position): Range => ({
  top: Math.min(a.row, b.row),
  left: Math.min(a.col, b.col),
  bottom: Math.max(a.row, b.row),
  right: Math.max(a.col, b.col),
});

export const height = (range: Range) => range.bottom - range.top + 1;
export const width = (range: Range) => range.right - range.left + 1;
export const size = (range: Range) => height(range) * width(range);

export const contains = (range: Range, { row, col }: Position) =>
  row >= range.top && row <= range.bottom && col >= range.left && col <= range.right;

export const equal = (a: Range, b: Range) =>
  a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right;

export const union = (a: Range, b: Range): Range => ({
  top: Math.min(a.top, b.top),
  left: Math.min(a.left, b.left),
  bottom: Math.max(a.bottom, b.bottom),
  right: Math.max(a.right, b.right),
});

/** What both have, or null. */
export function intersection(a: Range, b: Range): Range | null {
  const range = {
    top: Math.max(a.top, b.top),
    left: Math.max(a.left, b.left),
    bottom: Math.min(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
  };
  return range.top <= range.bottom && range.left <= range.right ? range : null;
}

/** The fewest rectangles that a walk by rows finds to cover cells; each cell lies in one of them. */
export function rectanglesOf(cells: readonly Position[]): Range[] {
  const found: Range[] = [];
  // By its columns: the rectangle that a run in the next row goes on with.
  const open = new Map<string, number>();
  for (const run of runsOf(cells)) {
    const key = `${run.left} ${run.right}`;
    const index = open.get(key);
    const above = index === undefined ? undefined : found[index];
    if (index !== undefined && above?.bottom === run.top - 1) found[index] = { ...above, bottom: run.top };
    else open.set(key, found.push(run) - 1);
  }
  return found;
}

function runsOf(cells: readonly Position[]): Range[] {
  const runs: Range[] = [];
  for (const { row, col } of [...cells].sort((a, b) => a.row - b.row || a.col - b.col)) {
    const last = runs.at(-1);
    if (last?.top === row && col <= last.right + 1) runs[runs.length - 1] = { ...last, right: col };
    else runs.push({ top: row, left: col, bottom: row, right: col });
  }
  return runs;
}

/** Row by row, from left to right. */
export function* positions(range: Range): Generator<Position> {
  for (let row = range.top; row <= range.bottom; row += 1) {
    for (let col = range.left; col <= range.right; col += 1) yield { row, col };
  }
}

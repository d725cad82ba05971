import { height, type Position, type Range, width } from './range';

export type Clip = readonly (readonly string[])[];

export interface Pasted {
  readonly at: Position;
  readonly value: string;
}

const clipHeight = (clip: Clip) => clip.length;
const clipWidth = (clip: Clip) => clip[0]?.length ?? 0;

/** The cells that a paste covers: a clip that fits the selection a whole number of times tiles it, any other is laid once. */
export function pasteRange(clip: Clip, selection: Range): Range {
  const rows = tiled(height(selection), clipHeight(clip));
  const cols = tiled(width(selection), clipWidth(clip));
  return {
    top: selection.top,
    left: selection.left,
    bottom: selection.top + rows - 1,
    right: selection.left + cols - 1,
  };
}

/** A clip of one tiles any length; a longer one only a multiple of itself. */
const tiled = (selected: number, clip: number) => (clip > 0 && selected > clip && selected % clip === 0 ? selected : clip);

/** Every cell that the paste writes. */
export function paste(clip: Clip, target: Range): Pasted[] {
  const pasted: Pasted[] = [];
  for (let row = 0; row < height(target); row += 1) {
    for (let col = 0; col < width(target); col += 1) {
      const value = clip[row % clipHeight(clip)]?.[col % clipWidth(clip)] ?? '';
      pasted.push({ at: { row: target.top + row, col: target.left + col }, value });
    }
  }
  return pasted;
}

const isFilled = (value: string) => value !== '';

/** What of a clip that is laid once does not fit into `target`: rows and columns that hold something. */
export function outside(clip: Clip, target: Range): { readonly rows: number; readonly columns: number } {
  const [rows, columns] = [height(target), width(target)];
  const last = clip.slice(0, rows).reduce((most, row) => Math.max(most, row.findLastIndex(isFilled)), -1);
  return { rows: clip.slice(rows).filter((row) => row.some(isFilled)).length, columns: Math.max(0, last + 1 - columns) };
}

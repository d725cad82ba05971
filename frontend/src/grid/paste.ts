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

/** What people type for the symbols that every restaurant has, where their input method offers something close. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '〇': '○',
  '◯': '○',
  o: '○',
  O: '○',
  x: '×',
  X: '×',
  '✕': '×',
  '✖': '×',
  '✗': '×',
  '☓': '×',
  '⚫': '●',
};

/** The clip with the restaurant's symbols in the place of what only looks like them. */
export function spelled(clip: Clip, symbols: ReadonlySet<string>): Clip {
  const one = (value: string) => {
    const meant = LOOKALIKES[value.normalize('NFKC')];
    return meant !== undefined && symbols.has(meant) && !symbols.has(value) ? meant : value;
  };
  return clip.map((row) => row.map(one));
}

import type { Layout } from './layout';
import type { CellRef } from './model';
import type { Range } from './range';
import type { Selection } from './selection';

/** What a grid holds beside its cells, and what it asks of the page around it. */

export type Advance = 'none' | 'right' | 'down';
export type Overlap = 'keep' | 'overwrite' | 'stop';

export type Notice =
  | { readonly kind: 'locked' | 'tooLong'; readonly count: number }
  | { readonly kind: 'rowGone' | 'typedGone'; readonly name: string }
  | { readonly kind: 'readOnly' | 'hidden' | 'nothingToPaste' | 'noProblems' };

/** What only the page can do for the grid. */
export interface GridHost {
  notify(notice: Notice): void;
  /** Asked before a paste replaces what is there. */
  askOverlap(cells: number): Promise<Overlap>;
  openHistory(cell: CellRef): void;
  openMenu(cell: CellRef): void;
  setLocked(cells: readonly CellRef[], locked: boolean): void;
}

export interface Editing {
  readonly cell: CellRef;
  readonly text: string;
}

export interface GridState {
  readonly layout: Layout;
  readonly selection: Selection | null;
  readonly editing: Editing | null;
  /** What the fill handle has been drawn out to. */
  readonly filling: Range | null;
  /** What was copied last, outlined until something is edited. */
  readonly copied: Selection | null;
  readonly advance: Advance;
  readonly readOnly: boolean;
}

export interface GridOptions {
  readonly readOnly: boolean;
  readonly advance: Advance;
}

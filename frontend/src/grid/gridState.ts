import type { Layout } from './layout';
import type { CellRef } from './model';
import type { Range } from './range';
import type { Selection } from './selection';

/** A grid's state besides its cells, and what it needs from the page around it. */

export type Advance = 'none' | 'right' | 'down';
export type Overlap = 'keep' | 'overwrite' | 'stop';

export type Notice =
  | { readonly kind: 'locked' | 'tooLong'; readonly count: number }
  | { readonly kind: 'rowGone' | 'typedGone'; readonly name: string }
  | { readonly kind: 'setAside'; readonly text: string }
  | { readonly kind: 'readOnly' | 'hidden' | 'moved' | 'nothingToPaste' | 'noProblems' };

/** What of a paste will not be written. */
export interface LeftOut {
  /** Rows below the last person, and columns behind the last day, that hold something. */
  readonly rows: number;
  readonly columns: number;
  /** Texts that are longer than a cell may hold. */
  readonly tooLong: number;
}

/** What only the page can do for the grid. */
export interface GridHost {
  notify(notice: Notice): void;
  /** Asked before a paste replaces what is there. */
  askOverlap(cells: number): Promise<Overlap>;
  /** Asked before a paste that does not fit, with the number of cells that do: whether to write those. */
  askLeftOut?(left: LeftOut, fitting: number): Promise<boolean>;
  /** What `?` opens. */
  openHelp?(): void;
  openHistory(cell: CellRef): void;
  openMenu(cell: CellRef): void;
  /** Takes what was copied where it is a whole table, with names and days; whether it did. */
  takeTable?(rows: string[][]): boolean;
  setLocked(cells: readonly CellRef[], locked: boolean): void;
}

/** Text that was typed for a cell and not entered yet. */
export interface Draft {
  readonly cell: CellRef;
  readonly text: string;
  /** The version that its author saw when they began. */
  readonly base?: number | undefined;
}

/** Keeps drafts while the grid is not there. */
export interface DraftStore {
  /** Those that are kept, the newest last. */
  load(): readonly Draft[];
  keep(draft: Draft): void;
  drop(cell: CellRef): void;
}

export interface Editing extends Draft {
  /** Whether something was typed; else it shows what the cell holds, or goes on with what was set aside. */
  readonly state: 'opened' | 'resumed' | 'typed';
}

/** What the fill handle has been drawn out to, over the people and days of a layout. */
export interface Filling {
  readonly layout: Layout;
  readonly source: Range;
  readonly range: Range;
}

export interface GridState {
  readonly layout: Layout;
  readonly selection: Selection | null;
  readonly editing: Editing | null;
  /** What was typed and set aside: shown, and neither entered nor lost. */
  readonly drafts: readonly Draft[];
  readonly filling: Filling | null;
  /** What was copied last, outlined until something is edited. */
  readonly copied: Selection | null;
  readonly advance: Advance;
  readonly readOnly: boolean;
}

export interface GridOptions {
  readonly readOnly: boolean;
  readonly advance: Advance;
  readonly drafts?: DraftStore;
}

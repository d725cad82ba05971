import { createStore, type StoreApi } from 'zustand/vanilla';

import type { DraftStore, GridHost, GridOptions, GridState } from './gridState';
import type { Layout } from './layout';
import { type GridSource, Mark } from './model';
import type { Position } from './range';
import { selectCell } from './selection';

/** What all parts of a grid work on: its state, its cells, and the page around it. */
export class Sheet {
  readonly state: StoreApi<GridState>;
  /** Keeps drafts while the grid is not there. */
  readonly kept: DraftStore | null;

  constructor(
    readonly source: GridSource,
    layout: Layout,
    readonly host: GridHost,
    { drafts, ...options }: GridOptions,
  ) {
    this.kept = drafts ?? null;
    this.state = createStore<GridState>()(() => ({
      layout,
      selection: selectCell(layout, { row: 0, col: 0 }),
      editing: null,
      drafts: this.kept?.load() ?? [],
      filling: null,
      copied: null,
      ...options,
    }));
  }

  get layout(): Layout {
    return this.state.getState().layout;
  }

  /** What a cell holds; '' outside the table. */
  value({ row, col }: Position): string {
    const person = this.layout.people[row];
    return person === undefined ? '' : (this.source.getRow(person.id).values[col] ?? '');
  }

  mark({ row, col }: Position): number {
    const person = this.layout.people[row];
    return person === undefined ? Mark.none : (this.source.getRow(person.id).marks[col] ?? Mark.none);
  }

  isLocked(at: Position): boolean {
    return (this.mark(at) & Mark.locked) !== 0;
  }
}

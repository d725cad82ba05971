import { type StoreApi, createStore } from 'zustand/vanilla';

import type { DraftStore, Filling, GridHost, GridOptions, GridState } from './gridState';
import { carried, isSame, type Layout, positionOf } from './layout';
import type { CellRef, GridSource, StaffId } from './model';
import { advance, advanceWithin, clampTo, type Extent, move } from './navigate';
import type { Direction, Reach } from './keymap';
import { type Position, type Range, size } from './range';
import { activeOf, type Resolved, type Selection, extendTo, resolve, selectCell, walkTo, widen } from './selection';

/** The part of the grid that knows what is shown and what of it is selected. */
export class Selecting {
  readonly state: StoreApi<GridState>;
  /** Where drafts lie while the grid is not there. */
  protected readonly kept: DraftStore | null;
  /** What was drawn out was lost: to draw on would cover other people than those that one has seen. */
  protected isFillingLost = false;
  private page = 10;
  private last: Position = { row: 0, col: 0 };

  constructor(
    readonly source: GridSource,
    layout: Layout,
    protected readonly host: GridHost,
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

  // What is shown ------------------------------------------------------------------------------------------------

  /**
   * Other people, days, filter or grouping. Whoever is not in `everyone` any more has gone: one is told, and nothing is
   * selected until one chooses, so that what is typed on lands nowhere. What is typed for a row that is only hidden is set aside.
   */
  setLayout(layout: Layout, everyone: ReadonlySet<StaffId>): void {
    const { selection, editing, filling, layout: before } = this.state.getState();
    const isGone = (cell: CellRef) => !everyone.has(cell.staffId);
    this.state.setState({ layout });
    if (filling !== null) this.carryFilling(filling, layout);
    const lostTyping = editing !== null && positionOf(layout, editing.cell) === null;
    const typedGone = lostTyping && isGone(editing.cell);
    if (typedGone) this.forgetTyping();
    else if (lostTyping) this.setAside();
    const gone = typedGone ? editing.cell : selection !== null && isGone(selection.anchor) ? selection.anchor : null;
    if (gone !== null) {
      const name = before.people[before.rowOf.get(gone.staffId) ?? -1]?.name ?? '';
      this.host.notify({ kind: typedGone ? 'typedGone' : 'rowGone', name });
    }
    if (selection === null) {
      if (before.people.length === 0) this.select({ row: 0, col: 0 });
    } else if (isGone(selection.anchor)) this.state.setState({ selection: null });
    else if (isGone(selection.head)) this.setSelection({ ...selection, head: selection.anchor });
  }

  /** What was drawn stays with its people; where they do not lie together any more, the drawing ends. */
  private carryFilling({ layout: from, source, range }: Filling, layout: Layout): void {
    const [movedSource, movedRange] = [carried(source, from, layout), carried(range, from, layout)];
    const isKept = movedSource !== null && movedRange !== null;
    this.state.setState({ filling: isKept ? { layout, source: movedSource, range: movedRange } : null });
    if (isKept) return;
    this.isFillingLost = true;
    this.host.notify({ kind: 'moved' });
  }

  /** What is being typed is shown at its cell from now on, neither entered nor lost. */
  setAside(): void {
    const { editing, drafts } = this.state.getState();
    if (editing === null) return;
    const { cell, text, base, state } = editing;
    const others = drafts.filter((draft) => !isSame(draft.cell, cell));
    this.state.setState({ editing: null, drafts: state === 'opened' ? others : [...others, { cell, text, base }] });
    if (state === 'typed') this.host.notify({ kind: 'setAside', text });
  }

  protected forgetTyping(): void {
    const { editing } = this.state.getState();
    if (editing !== null) this.kept?.drop(editing.cell);
    this.state.setState({ editing: null });
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly) this.setAside();
    this.state.setState({ readOnly, ...(readOnly ? { filling: null } : {}) });
  }

  /** Rows that a page key moves; the view knows. */
  setPage(rows: number): void {
    this.page = Math.max(1, rows);
  }

  setAdvance(value: GridState['advance']): void {
    this.state.setState({ advance: value });
  }

  // Selecting ----------------------------------------------------------------------------------------------------

  resolved(): Resolved | null {
    const { selection, layout } = this.state.getState();
    return resolve(selection, layout);
  }

  get extent(): Extent {
    const { layout } = this.state.getState();
    return { rows: layout.people.length, cols: layout.days.length, page: this.page };
  }

  select(at: Position, shape: Selection['shape'] = 'cells'): void {
    const selection = selectCell(this.state.getState().layout, clampTo(at, this.extent));
    this.setSelection(selection === null ? null : widen(selection, shape));
  }

  selectRef(cell: CellRef): void {
    const at = positionOf(this.state.getState().layout, cell);
    if (at !== null) this.select(at);
    else this.host.notify({ kind: 'hidden' });
  }

  selectRange(range: Range): void {
    this.select({ row: range.top, col: range.left });
    this.extend({ row: range.bottom, col: range.right });
  }

  extend(to: Position): void {
    const { selection, layout } = this.state.getState();
    if (selection === null) this.select(to);
    else this.setSelection(extendTo(selection, layout, clampTo(to, this.extent)));
  }

  protected setSelection(selection: Selection | null): void {
    this.state.setState({ selection });
    const resolved = this.resolved();
    if (resolved !== null) this.last = resolved.cursor;
  }

  /** Where the cursor is, or was before its row was hidden. */
  protected cursor(): Position {
    return this.resolved()?.cursor ?? clampTo(this.last, this.extent);
  }

  protected moveBy(direction: Direction, reach: Reach, extend: boolean): void {
    const resolved = this.resolved();
    const from = extend && resolved !== null ? resolved.head : this.cursor();
    const to = move(from, direction, reach, this.extent);
    if (extend && resolved !== null) this.extend(to);
    else this.select(to);
  }

  /** Tab and Enter: around inside a range, which stays, else on through the table. False behind its last cell, row-wise. */
  protected advance(along: 'row' | 'column', back: boolean): boolean {
    const resolved = this.resolved();
    const { selection, layout } = this.state.getState();
    if (selection !== null && resolved !== null && size(resolved.range) > 1) {
      this.setSelection(walkTo(selection, layout, advanceWithin(resolved.active, along, back, resolved.range)));
      return true;
    }
    const to = advance(this.cursor(), along, back, this.extent);
    if (to === null) return along === 'column';
    this.select(to);
    return true;
  }

  /** Whole rows that become whole columns as well are everything. */
  protected widen(shape: Selection['shape']): void {
    const { selection } = this.state.getState();
    if (selection === null) return;
    const both = selection.shape !== 'cells' && selection.shape !== shape;
    this.setSelection(widen(selection, both ? 'all' : shape));
  }

  protected withActive(act: (cell: CellRef) => void): void {
    const { selection } = this.state.getState();
    if (selection !== null && this.resolved() !== null) act(activeOf(selection));
  }
}

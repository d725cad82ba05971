import type { Direction, Reach } from './keymap';
import { type CellRef } from './model';
import { positionOf } from './layout';
import { advance, advanceWithin, clampTo, type Extent, move } from './navigate';
import { type Position, type Range, size } from './range';
import { activeOf, extendTo, resolve, type Resolved, selectCell, type Selection, walkTo, widen } from './selection';
import type { Sheet } from './sheet';

/** Which cells are selected, and where the cursor goes. */
export class Selecting {
  private page = 10;
  private last: Position = { row: 0, col: 0 };

  constructor(private readonly sheet: Sheet) {}

  /** Rows that a page key moves; the view knows. */
  setPage(rows: number): void {
    this.page = Math.max(1, rows);
  }

  get extent(): Extent {
    const { layout } = this.sheet;
    return { rows: layout.people.length, cols: layout.days.length, page: this.page };
  }

  /** The selection as positions; null where its rows are hidden, or nothing is selected. */
  resolved(): Resolved | null {
    const { selection, layout } = this.sheet.state.getState();
    return resolve(selection, layout);
  }

  /** The selection, where editing is allowed and lands where one looks; tells why otherwise. */
  editable(selection = this.sheet.state.getState().selection): Resolved | null {
    const { readOnly, layout } = this.sheet.state.getState();
    const resolved = resolve(selection, layout);
    if (readOnly) this.sheet.host.notify({ kind: 'readOnly' });
    else if (resolved === null) this.sheet.host.notify({ kind: 'hidden' });
    else return resolved;
    return null;
  }

  /** Where the cursor is, or was before its row was hidden. */
  cursor(): Position {
    return this.resolved()?.cursor ?? clampTo(this.last, this.extent);
  }

  set(selection: Selection | null): void {
    this.sheet.state.setState({ selection });
    const resolved = this.resolved();
    if (resolved !== null) this.last = resolved.cursor;
  }

  select(at: Position, shape: Selection['shape'] = 'cells'): void {
    const selection = selectCell(this.sheet.layout, clampTo(at, this.extent));
    this.set(selection === null ? null : widen(selection, shape));
  }

  selectRef(cell: CellRef): void {
    const at = positionOf(this.sheet.layout, cell);
    if (at !== null) this.select(at);
    else this.sheet.host.notify({ kind: 'hidden' });
  }

  selectRange(range: Range): void {
    this.select({ row: range.top, col: range.left });
    this.extend({ row: range.bottom, col: range.right });
  }

  extend(to: Position): void {
    const { selection, layout } = this.sheet.state.getState();
    if (selection === null) this.select(to);
    else this.set(extendTo(selection, layout, clampTo(to, this.extent)));
  }

  moveBy(direction: Direction, reach: Reach, extend: boolean): void {
    const resolved = this.resolved();
    const from = extend && resolved !== null ? resolved.head : this.cursor();
    const to = move(from, direction, reach, this.extent);
    if (extend && resolved !== null) this.extend(to);
    else this.select(to);
  }

  /** Tab and Enter: around inside a range, which stays, else on through the table. False behind its last cell, row-wise. */
  advance(along: 'row' | 'column', back: boolean): boolean {
    const resolved = this.resolved();
    const { selection, layout } = this.sheet.state.getState();
    if (selection !== null && resolved !== null && size(resolved.range) > 1) {
      this.set(walkTo(selection, layout, advanceWithin(resolved.active, along, back, resolved.range)));
      return true;
    }
    const to = advance(this.cursor(), along, back, this.extent);
    if (to === null) return along === 'column';
    this.select(to);
    return true;
  }

  /** Advances after a single cell was set, in the direction that the user has chosen. */
  step(): void {
    const { advance: direction } = this.sheet.state.getState();
    if (direction === 'none') return;
    const to = advance(this.cursor(), direction === 'right' ? 'row' : 'column', false, this.extent);
    if (to !== null) this.select(to);
  }

  /** Whole rows that become whole columns as well are everything. */
  widen(shape: Selection['shape']): void {
    const { selection } = this.sheet.state.getState();
    if (selection === null) return;
    const both = selection.shape !== 'cells' && selection.shape !== shape;
    this.set(widen(selection, both ? 'all' : shape));
  }

  withActive(act: (cell: CellRef) => void): void {
    const { selection } = this.sheet.state.getState();
    if (selection !== null && this.resolved() !== null) act(activeOf(selection));
  }
}

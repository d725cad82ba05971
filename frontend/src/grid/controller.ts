import { type StoreApi, createStore } from 'zustand/vanilla';

import { drawOut, fill, fillDown, fillRight, type Placement } from './fill';
import type { Command } from './keymap';
import { type Layout, cellAt, positionOf } from './layout';
import { type CellChange, type CellRef, type GridSource, Mark, type StaffId } from './model';
import { advance, clampTo, type Extent, move } from './navigate';
import { type Clip, paste, pasteRange } from './paste';
import { type Position, type Range, height, positions, size, width } from './range';
import { type Resolved, type Selection, extendTo, resolve, selectCell, widen } from './selection';
import { formatTsv, parseTsv } from './tsv';

export type Advance = 'none' | 'right' | 'down';
export type Overlap = 'keep' | 'overwrite' | 'stop';

export type Notice =
  | { readonly kind: 'locked' | 'tooLong'; readonly count: number }
  | { readonly kind: 'rowGone'; readonly name: string }
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

/** The longest text that a cell may hold. */
export const LONGEST = 20;

/** All that the grid does, without a DOM: the view calls it, and so do toolbars and the palette. */
export class Grid {
  readonly state: StoreApi<GridState>;
  private page = 10;
  private last: Position = { row: 0, col: 0 };

  constructor(
    readonly source: GridSource,
    layout: Layout,
    private readonly host: GridHost,
    options: { readonly readOnly: boolean; readonly advance: Advance },
  ) {
    this.state = createStore<GridState>()(() => ({
      layout,
      selection: selectCell(layout, { row: 0, col: 0 }),
      editing: null,
      filling: null,
      copied: null,
      ...options,
    }));
  }

  // What is shown ------------------------------------------------------------------------------------------------

  /** Other people, days, filter or grouping. Whoever is not in `everyone` any more has gone, and one is told. */
  setLayout(layout: Layout, everyone: ReadonlySet<StaffId>): void {
    const { selection, editing, layout: before } = this.state.getState();
    const gone = selection !== null && !everyone.has(selection.anchor.staffId);
    const row = selection === null ? undefined : before.rowOf.get(selection.anchor.staffId);
    const lost = editing !== null && positionOf(layout, editing.cell) === null;
    this.state.setState({
      layout,
      ...(gone || selection === null ? { selection: null } : {}),
      ...(lost ? { editing: null } : {}),
    });
    if (gone && row !== undefined) this.host.notify({ kind: 'rowGone', name: before.people[row]?.name ?? '' });
    else if (lost) this.host.notify({ kind: 'hidden' });
    if (selection === null) this.select({ row: 0, col: 0 });
  }

  setReadOnly(readOnly: boolean): void {
    this.state.setState({ readOnly, ...(readOnly ? { editing: null, filling: null } : {}) });
  }

  /** Rows that a page key moves; the view knows. */
  setPage(rows: number): void {
    this.page = Math.max(1, rows);
  }

  setAdvance(value: Advance): void {
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

  extend(to: Position): void {
    const { selection, layout } = this.state.getState();
    if (selection === null) this.select(to);
    else this.setSelection(extendTo(selection, layout, clampTo(to, this.extent)));
  }

  private setSelection(selection: Selection | null): void {
    this.state.setState({ selection });
    const resolved = this.resolved();
    if (resolved !== null) this.last = resolved.head;
  }

  // Commands -----------------------------------------------------------------------------------------------------

  /** Does what a key means. False where the browser should act: Tab behind the last cell. */
  run(command: Command): boolean {
    switch (command.type) {
      case 'move':
        this.move(move(this.head(), command.direction, command.reach, this.extent), command.extend);
        return true;
      case 'advance':
        return this.advance(command.along, command.back);
      case 'set':
        this.setValue(command.value);
        return true;
      case 'edit':
        this.startEditing(command.text);
        return true;
      case 'problem':
        this.nextProblem(command.back);
        return true;
      default:
        return this.runSimple(command.type);
    }
  }

  private runSimple(type: Exclude<Command['type'], 'move' | 'advance' | 'set' | 'edit' | 'problem'>): boolean {
    const actions: Record<typeof type, () => void> = {
      clear: () => this.clear(),
      fillDown: () => this.place(fillDown),
      fillRight: () => this.place(fillRight),
      selectAll: () => this.widen('all'),
      selectRow: () => this.widen('rows'),
      selectColumn: () => this.widen('columns'),
      undo: () => this.source.undo(),
      redo: () => this.source.redo(),
      cancel: () => this.cancel(),
      menu: () => this.withActive((cell) => this.host.openMenu(cell)),
      lock: () => this.toggleLock(),
      history: () => this.withActive((cell) => this.host.openHistory(cell)),
    };
    actions[type]();
    return true;
  }

  private head(): Position {
    return this.resolved()?.head ?? clampTo(this.last, this.extent);
  }

  private move(to: Position, extend: boolean): void {
    if (extend && this.resolved() !== null) this.extend(to);
    else this.select(to);
  }

  private advance(along: 'row' | 'column', back: boolean): boolean {
    const resolved = this.resolved();
    const to = advance(resolved?.anchor ?? this.head(), along, back, this.extent);
    if (to === null) return along === 'column';
    this.select(to);
    return true;
  }

  private widen(shape: Selection['shape']): void {
    const { selection } = this.state.getState();
    if (selection !== null) this.setSelection(widen(selection, shape));
  }

  private withActive(act: (cell: CellRef) => void): void {
    const { selection } = this.state.getState();
    if (selection !== null && this.resolved() !== null) act(selection.anchor);
  }

  private cancel(): void {
    const { selection } = this.state.getState();
    this.state.setState({ copied: null, filling: null, editing: null });
    if (selection !== null) this.setSelection({ ...selection, head: selection.anchor, shape: 'cells' });
  }

  // Values -------------------------------------------------------------------------------------------------------

  value({ row, col }: Position): string {
    const person = this.state.getState().layout.people[row];
    return person === undefined ? '' : (this.source.getRow(person.id).values[col] ?? '');
  }

  mark({ row, col }: Position): number {
    const person = this.state.getState().layout.people[row];
    return person === undefined ? Mark.none : (this.source.getRow(person.id).marks[col] ?? Mark.none);
  }

  /** Sets every selected cell; the cursor goes on by itself after a single one. */
  setValue(value: string): void {
    const resolved = this.editable();
    if (resolved === null) return;
    this.write([...positions(resolved.range)].map((at) => ({ at, value })));
    if (size(resolved.range) === 1) this.step();
  }

  /** Empties every selected cell as one step. */
  clear(): void {
    const resolved = this.editable();
    if (resolved !== null) this.write([...positions(resolved.range)].map((at) => ({ at, value: '' })));
  }

  private step(): void {
    const { advance: direction } = this.state.getState();
    if (direction === 'none') return;
    const along = direction === 'right' ? 'row' : 'column';
    const to = advance(this.head(), along, false, this.extent);
    if (to !== null) this.select(to);
  }

  startEditing(text: string | null): void {
    const resolved = this.editable();
    const cell = resolved === null ? null : cellAt(this.state.getState().layout, resolved.anchor);
    if (resolved === null || cell === null) return;
    if ((this.mark(resolved.anchor) & Mark.locked) !== 0) this.host.notify({ kind: 'locked', count: 1 });
    else this.state.setState({ editing: { cell, text: text ?? this.value(resolved.anchor) } });
  }

  type(text: string): void {
    const { editing } = this.state.getState();
    if (editing !== null) this.state.setState({ editing: { ...editing, text } });
  }

  /** Ends the typing of free text: written to the cell where it began, wherever that is now, or dropped. */
  stopEditing(keep: boolean): void {
    const { editing, layout } = this.state.getState();
    this.state.setState({ editing: null });
    const at = editing === null ? null : positionOf(layout, editing.cell);
    if (editing !== null && at !== null && keep) this.write([{ at, value: editing.text.trim() }]);
  }

  // Filling ------------------------------------------------------------------------------------------------------

  drawTo(pointer: Position): void {
    const resolved = this.resolved();
    if (resolved !== null) this.state.setState({ filling: drawOut(resolved.range, pointer) });
  }

  /** Lets go of the fill handle. */
  finishFilling(): void {
    const { filling } = this.state.getState();
    const resolved = this.editable();
    this.state.setState({ filling: null });
    if (filling === null || resolved === null) return;
    this.write(this.moved(fill(resolved.range, filling)));
    this.selectRange(filling);
  }

  private place(rule: (range: Range) => Placement[]): void {
    const resolved = this.editable();
    if (resolved !== null) this.write(this.moved(rule(resolved.range)));
  }

  private moved(placements: readonly Placement[]): Written[] {
    return placements.map(({ from, to }) => ({ at: to, value: this.value(from) }));
  }

  selectRange(range: Range): void {
    this.select({ row: range.top, col: range.left });
    this.extend({ row: range.bottom, col: range.right });
  }

  // Clipboard ----------------------------------------------------------------------------------------------------

  /** The selection as text for a spreadsheet. */
  copy(): string | null {
    const resolved = this.resolved();
    if (resolved === null) return null;
    this.state.setState(({ selection }) => ({ copied: selection }));
    return formatTsv(this.clipOf(resolved.range));
  }

  /** Copies and empties, as one step. */
  cut(): string | null {
    const text = this.copy();
    if (text !== null) this.clear();
    this.state.setState({ copied: null });
    return text;
  }

  private clipOf(range: Range): Clip {
    return Array.from({ length: height(range) }, (_, row) =>
      Array.from({ length: width(range) }, (_, col) => this.value({ row: range.top + row, col: range.left + col })),
    );
  }

  /** Lays `text` over the selection; asks before it replaces something. */
  async paste(text: string): Promise<void> {
    const resolved = this.editable();
    if (resolved === null) return;
    if (text === '') {
      this.host.notify({ kind: 'nothingToPaste' });
      return;
    }
    const clip = parseTsv(text);
    const target = this.inside(pasteRange(clip, resolved.range));
    const written = paste(clip, target);
    const allowed = await this.resolveOverlap(written);
    if (allowed === null) return;
    this.write(allowed);
    this.selectRange(target);
  }

  private inside(range: Range): Range {
    const { rows, cols } = this.extent;
    return { ...range, bottom: Math.min(range.bottom, rows - 1), right: Math.min(range.right, cols - 1) };
  }

  private async resolveOverlap(written: readonly Written[]): Promise<readonly Written[] | null> {
    const replaces = ({ at, value }: Written) => this.value(at) !== '' && this.value(at) !== value;
    const overlapping = written.filter(replaces).length;
    if (overlapping === 0 || written.length === 1) return written;
    const { layout } = this.state.getState();
    const answer = await this.host.askOverlap(overlapping);
    // Whoever answered may have taken a while: nothing lands on other people's rows.
    if (answer === 'stop' || this.state.getState().layout !== layout) return null;
    return answer === 'overwrite' ? written : written.filter((each) => !replaces(each));
  }

  // Writing ------------------------------------------------------------------------------------------------------

  /** The selection, where editing is allowed and lands where one looks; tells why otherwise. */
  private editable(): Resolved | null {
    const { readOnly } = this.state.getState();
    const resolved = this.resolved();
    if (readOnly) this.host.notify({ kind: 'readOnly' });
    else if (resolved === null) this.host.notify({ kind: 'hidden' });
    else return resolved;
    return null;
  }

  private write(written: readonly Written[]): void {
    const { layout } = this.state.getState();
    const differing = written.filter(({ at, value }) => this.value(at) !== value);
    const open = differing.filter(({ at }) => (this.mark(at) & Mark.locked) === 0);
    const fitting = open.filter(({ value }) => Array.from(value).length <= LONGEST);
    if (open.length < differing.length) this.host.notify({ kind: 'locked', count: differing.length - open.length });
    if (fitting.length < open.length) this.host.notify({ kind: 'tooLong', count: open.length - fitting.length });
    this.state.setState({ copied: null });
    const changes = fitting.flatMap(({ at, value }): CellChange[] => {
      const cell = cellAt(layout, at);
      return cell === null ? [] : [{ ...cell, value }];
    });
    if (changes.length > 0) this.source.edit(changes);
  }

  // Locks and problems -------------------------------------------------------------------------------------------

  /** Locks the selected cells; unlocks them when all are locked. */
  toggleLock(): void {
    const resolved = this.editable();
    if (resolved === null) return;
    const { layout } = this.state.getState();
    const all = [...positions(resolved.range)];
    const locked = all.every((at) => (this.mark(at) & Mark.locked) !== 0);
    this.host.setLocked(all.map((at) => cellAt(layout, at)).filter((cell) => cell !== null), !locked);
  }

  /** Goes to the next cell that breaks a rule, around the end. */
  nextProblem(back: boolean): void {
    const { rows, cols } = this.extent;
    const head = this.head();
    const start = head.row * cols + head.col;
    for (let step = 1; step <= rows * cols; step += 1) {
      const index = (start + (back ? -step : step) + rows * cols) % (rows * cols);
      const at = { row: Math.floor(index / cols), col: index % cols };
      if ((this.mark(at) & (Mark.soft | Mark.hard)) !== 0) {
        this.select(at);
        return;
      }
    }
    this.host.notify({ kind: 'noProblems' });
  }
}

interface Written {
  readonly at: Position;
  readonly value: string;
}

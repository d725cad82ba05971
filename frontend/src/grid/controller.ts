import { Clipboard } from './clipboard';
import { Drafts } from './drafts';
import { FillHandle } from './fillHandle';
import type { GridHost, GridOptions, GridState } from './gridState';
import type { Command } from './keymap';
import { type Layout, positionOf } from './layout';
import { type CellRef, type GridSource, Mark, type ShiftSymbol, type StaffId } from './model';
import type { Extent } from './navigate';
import type { Position, Range } from './range';
import { Selecting } from './selecting';
import { activeOf, type Resolved, type Selection } from './selection';
import { Sheet } from './sheet';
import { TextEntry } from './textEntry';
import { Writing } from './writing';

export type { Advance, Draft, DraftStore, GridHost, GridState, LeftOut, Notice, Overlap } from './gridState';

type Simple = Exclude<Command['type'], 'move' | 'advance' | 'set' | 'edit' | 'problem'>;

/**
 * All that the grid does, without a DOM: the view calls it, and so do toolbars and the palette. Each part does one thing; this is
 * what they look like from outside, and what concerns several of them (keys, other people or days, who may edit).
 */
export class Grid {
  private readonly sheet: Sheet;
  private readonly selecting: Selecting;
  private readonly drafts: Drafts;
  private readonly writing: Writing;
  private readonly text: TextEntry;
  private readonly handle: FillHandle;
  private readonly clipboard: Clipboard;

  constructor(source: GridSource, layout: Layout, host: GridHost, options: GridOptions) {
    const sheet = new Sheet(source, layout, host, options);
    const selecting = new Selecting(sheet);
    const drafts = new Drafts(sheet);
    const writing = new Writing(sheet, selecting, drafts);
    this.sheet = sheet;
    this.selecting = selecting;
    this.drafts = drafts;
    this.writing = writing;
    this.text = new TextEntry(sheet, selecting, writing, drafts);
    this.handle = new FillHandle(sheet, selecting, writing);
    this.clipboard = new Clipboard(sheet, selecting, writing);
  }

  // Keys ---------------------------------------------------------------------------------------------------------

  /** Does what a key means. False where the browser should act: Tab behind the last cell. */
  run(command: Command): boolean {
    switch (command.type) {
      case 'move':
        this.selecting.moveBy(command.direction, command.reach, command.extend);
        return true;
      case 'advance':
        return this.selecting.advance(command.along, command.back);
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
        this.runSimple(command.type);
        return true;
    }
  }

  private runSimple(type: Simple): void {
    const { source, host } = this.sheet;
    const actions: Record<Simple, () => void> = {
      clear: () => this.clear(),
      fillDown: () => this.handle.down(),
      fillRight: () => this.handle.right(),
      selectAll: () => this.selecting.widen('all'),
      selectRow: () => this.selecting.widen('rows'),
      selectColumn: () => this.selecting.widen('columns'),
      undo: () => source.undo(),
      redo: () => source.redo(),
      cancel: () => this.cancel(),
      menu: () => this.selecting.withActive((cell) => host.openMenu(cell)),
      lock: () => this.toggleLock(),
      history: () => this.selecting.withActive((cell) => host.openHistory(cell)),
    };
    actions[type]();
  }

  private cancel(): void {
    const { selection } = this.state.getState();
    this.drafts.forgetTyping();
    this.handle.drop();
    this.state.setState({ copied: null });
    if (selection === null) return;
    const cell = activeOf(selection);
    this.drafts.drop([cell]);
    this.selecting.set({ anchor: cell, head: cell, shape: 'cells' });
  }

  openHelp(): void {
    this.sheet.host.openHelp?.();
  }

  /** Goes to the next cell that breaks a rule and was not accepted, around the end. */
  nextProblem(back: boolean): void {
    const { rows, cols } = this.extent;
    const cursor = this.selecting.cursor();
    const start = cursor.row * cols + cursor.col;
    for (let step = 1; step <= rows * cols; step += 1) {
      const index = (start + (back ? -step : step) + rows * cols) % (rows * cols);
      const at = { row: Math.floor(index / cols), col: index % cols };
      const mark = this.mark(at);
      if ((mark & (Mark.soft | Mark.hard)) !== 0 && (mark & Mark.overridden) === 0) {
        this.select(at);
        return;
      }
    }
    this.sheet.host.notify({ kind: 'noProblems' });
  }

  // What is shown ------------------------------------------------------------------------------------------------

  get state() {
    return this.sheet.state;
  }

  get source(): GridSource {
    return this.sheet.source;
  }

  /**
   * Other people, days, filter or grouping. People missing from `everyone` have been removed: the user is told, and nothing is
   * selected until one chooses, so that what is typed on lands nowhere. What is typed for a row that is only hidden is set aside.
   */
  setLayout(layout: Layout, everyone: ReadonlySet<StaffId>): void {
    const { selection, editing, layout: before } = this.state.getState();
    const isGone = (cell: CellRef) => !everyone.has(cell.staffId);
    this.state.setState({ layout });
    this.handle.carry(layout);
    const lostTyping = editing !== null && positionOf(layout, editing.cell) === null;
    const typedGone = lostTyping && isGone(editing.cell);
    if (typedGone) this.drafts.forgetTyping();
    else if (lostTyping) this.drafts.setAside();
    const gone = typedGone ? editing.cell : selection !== null && isGone(selection.anchor) ? selection.anchor : null;
    if (gone !== null) {
      const name = before.people[before.rowOf.get(gone.staffId) ?? -1]?.name ?? '';
      this.sheet.host.notify({ kind: typedGone ? 'typedGone' : 'rowGone', name });
    }
    if (selection === null) {
      if (before.people.length === 0) this.select({ row: 0, col: 0 });
    } else if (isGone(selection.anchor)) this.state.setState({ selection: null });
    else if (isGone(selection.head)) this.selecting.set({ ...selection, head: selection.anchor });
  }

  setReadOnly(readOnly: boolean): void {
    if (readOnly) this.drafts.setAside();
    this.state.setState({ readOnly, ...(readOnly ? { filling: null } : {}) });
  }

  setAdvance(value: GridState['advance']): void {
    this.state.setState({ advance: value });
  }

  // The parts, from outside --------------------------------------------------------------------------------------

  value = (at: Position): string => this.sheet.value(at);
  mark = (at: Position): number => this.sheet.mark(at);

  get extent(): Extent {
    return this.selecting.extent;
  }

  setPage = (rows: number): void => this.selecting.setPage(rows);
  resolved = (): Resolved | null => this.selecting.resolved();
  select = (at: Position, shape?: Selection['shape']): void => this.selecting.select(at, shape);
  selectRef = (cell: CellRef): void => this.selecting.selectRef(cell);
  selectRange = (range: Range): void => this.selecting.selectRange(range);
  extend = (to: Position): void => this.selecting.extend(to);

  /** Sets every selected cell; after a single one the cursor advances. */
  setValue = (value: string): void => this.writing.setSelected(value);
  clear = (): void => this.writing.clearSelected();
  toggleLock = (): void => this.writing.toggleLock();

  startEditing = (text: string | null): void => this.text.start(text);
  resume = (): void => this.text.resume();
  type = (text: string): void => this.text.type(text);
  /** `meaning`: what is entered for what was typed. */
  stopEditing = (keep: boolean, meaning = (text: string): string => text): void => this.text.stop(keep, meaning);
  setAside = (): void => this.drafts.setAside();

  drawTo = (pointer: Position): void => this.handle.drawTo(pointer);
  finishFilling = (): void => this.handle.finish();
  dropFilling = (): void => this.handle.drop();

  copy = (): string | null => this.clipboard.copy();
  cut = (): string | null => this.clipboard.cut();
  /** `selection`: what was selected when one chose to paste. */
  paste = (text: string, symbols: readonly ShiftSymbol[] = [], selection = this.state.getState().selection): Promise<void> =>
    this.clipboard.paste(text, symbols, selection);
}

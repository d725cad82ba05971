import { drawOut, fill, fillDown, fillRight, type Placement } from './fill';
import type { Command } from './keymap';
import { carried, cellAt, isSame, type Layout, positionOf } from './layout';
import { Mark, type ShiftSymbol } from './model';
import { type Clip, outside, paste, pasteRange, spelled } from './paste';
import { type Position, type Range, height, width } from './range';
import { activeOf } from './selection';
import { formatTsv, parseTsv } from './tsv';
import { isTooLong, type Written, Writing } from './writing';

export type { Advance, Draft, DraftStore, Editing, GridHost, GridState, LeftOut, Notice, Overlap } from './gridState';

type Simple = Exclude<Command['type'], 'move' | 'advance' | 'set' | 'edit' | 'problem'>;

/** All that the grid does, without a DOM: the view calls it, and so do toolbars and the palette. */
export class Grid extends Writing {
  /** Does what a key means. False where the browser should act: Tab behind the last cell. */
  run(command: Command): boolean {
    switch (command.type) {
      case 'move':
        this.moveBy(command.direction, command.reach, command.extend);
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
        this.runSimple(command.type);
        return true;
    }
  }

  private runSimple(type: Simple): void {
    const actions: Record<Simple, () => void> = {
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
  }

  private cancel(): void {
    const { selection } = this.state.getState();
    this.forgetTyping();
    this.dropFilling();
    this.state.setState({ copied: null });
    if (selection === null) return;
    const cell = activeOf(selection);
    this.dropDrafts([cell]);
    this.setSelection({ anchor: cell, head: cell, shape: 'cells' });
  }

  // Free text ----------------------------------------------------------------------------------------------------

  /** Begins with `text`; null: with what was set aside for the cell, or what it holds. */
  startEditing(text: string | null): void {
    const resolved = this.editable();
    const cell = resolved === null ? null : cellAt(this.state.getState().layout, resolved.active);
    if (resolved === null || cell === null) return;
    if (this.isLocked(resolved.active)) {
      this.host.notify({ kind: 'locked', count: 1 });
      return;
    }
    const { drafts } = this.state.getState();
    const draft = text === null ? drafts.find((each) => isSame(each.cell, cell)) : undefined;
    const begun = draft ?? { cell, text: text ?? this.value(resolved.active), base: this.source.version?.() };
    this.state.setState({
      editing: { ...begun, state: draft !== undefined ? 'resumed' : text === null ? 'opened' : 'typed' },
      drafts: drafts.filter((each) => !isSame(each.cell, cell)),
    });
    if (text !== null) this.kept?.keep(begun);
  }

  /** Goes on with the last of what was typed and not entered when the grid was left. */
  resume(): void {
    const { drafts, readOnly, layout } = this.state.getState();
    const draft = readOnly ? undefined : drafts.findLast(({ cell }) => positionOf(layout, cell) !== null);
    if (draft === undefined) return;
    this.selectRef(draft.cell);
    this.startEditing(null);
  }

  type(text: string): void {
    const { editing } = this.state.getState();
    if (editing === null) return;
    const now = { ...editing, text, state: 'typed' as const };
    this.state.setState({ editing: now });
    this.kept?.keep({ cell: now.cell, text, base: now.base });
  }

  /** Ends the typing of free text: written to the cell where it began, wherever that is now, or dropped. */
  stopEditing(keep: boolean, meaning: (text: string) => string = (text) => text): void {
    const { editing, layout } = this.state.getState();
    this.forgetTyping();
    const at = editing === null ? null : positionOf(layout, editing.cell);
    if (editing !== null && at !== null && keep) this.write([{ at, value: meaning(editing.text.trim()) }], editing.base);
  }

  openHelp(): void {
    this.host.openHelp?.();
  }

  // Filling ------------------------------------------------------------------------------------------------------

  drawTo(pointer: Position): void {
    const { layout } = this.state.getState();
    const resolved = this.resolved();
    if (resolved === null || this.isFillingLost) return;
    this.state.setState({ filling: { layout, source: resolved.range, range: drawOut(resolved.range, pointer) } });
  }

  /** Lets go of the fill handle. */
  finishFilling(): void {
    const { filling } = this.state.getState();
    this.dropFilling();
    if (filling === null || this.editable() === null) return;
    this.write(this.moved(fill(filling.source, filling.range)));
    this.selectRange(filling.range);
  }

  dropFilling(): void {
    this.isFillingLost = false;
    this.state.setState({ filling: null });
  }

  private place(rule: (range: Range) => Placement[]): void {
    const resolved = this.editable();
    if (resolved !== null) this.write(this.moved(rule(resolved.range)));
  }

  private moved(placements: readonly Placement[]): Written[] {
    return placements.map(({ from, to }) => ({ at: to, value: this.value(from) }));
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

  /**
   * Lays `text` over the selection, or what was it when one chose to; says first what would not fit, and asks before it replaces
   * something. `symbols`: those that look-alikes stand for.
   */
  async paste(text: string, symbols: readonly ShiftSymbol[] = [], selection = this.state.getState().selection): Promise<void> {
    const { layout } = this.state.getState();
    const resolved = this.editable(selection);
    if (resolved === null) return;
    if (text === '') {
      this.host.notify({ kind: 'nothingToPaste' });
      return;
    }
    const clip = spelled(parseTsv(text), new Set(symbols.map(({ symbol }) => symbol)));
    const target = this.inside(pasteRange(clip, resolved.range));
    const base = this.source.version?.();
    const fitting = await this.resolveLeftOut(clip, target);
    const allowed = fitting === null ? null : await this.resolveOverlap(fitting, layout);
    if (allowed === null) return;
    // Whoever answered may have taken a while: nothing lands on other people's rows.
    const now = carried(target, layout, this.state.getState().layout);
    if (now === null) {
      this.host.notify({ kind: 'moved' });
      return;
    }
    const [down, right] = [now.top - target.top, now.left - target.left];
    this.write(allowed.map(({ at, value }) => ({ at: { row: at.row + down, col: at.col + right }, value })), base);
    this.selectRange(now);
  }

  private inside(range: Range): Range {
    const { rows, cols } = this.extent;
    return { ...range, bottom: Math.min(range.bottom, rows - 1), right: Math.min(range.right, cols - 1) };
  }

  /** What of the clip can be written; null where its author would rather not have only that. */
  private async resolveLeftOut(clip: Clip, target: Range): Promise<readonly Written[] | null> {
    const written = paste(clip, target);
    const fitting = written.filter(({ value }) => !isTooLong(value));
    const left = { ...outside(clip, target), tooLong: written.length - fitting.length };
    if (left.rows + left.columns + left.tooLong === 0 || this.host.askLeftOut === undefined) return written;
    return (await this.host.askLeftOut(left, fitting.length)) ? fitting : null;
  }

  private async resolveOverlap(written: readonly Written[], layout: Layout): Promise<readonly Written[] | null> {
    const held = ({ at }: Written) => {
      const cell = cellAt(layout, at);
      const now = cell === null ? null : positionOf(this.state.getState().layout, cell);
      return now === null ? '' : this.value(now);
    };
    const replaces = (each: Written) => held(each) !== '' && held(each) !== each.value;
    const overlapping = written.filter(replaces).length;
    if (overlapping === 0 || written.length === 1) return written;
    const answer = await this.host.askOverlap(overlapping);
    if (answer === 'stop') return null;
    return answer === 'overwrite' ? written : written.filter((each) => !replaces(each));
  }

  // Problems -----------------------------------------------------------------------------------------------------

  /** Goes to the next cell that breaks a rule and was not accepted, around the end. */
  nextProblem(back: boolean): void {
    const { rows, cols } = this.extent;
    const cursor = this.cursor();
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
    this.host.notify({ kind: 'noProblems' });
  }
}

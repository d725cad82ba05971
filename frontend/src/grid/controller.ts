import { drawOut, fill, fillDown, fillRight, type Placement } from './fill';
import type { Command } from './keymap';
import { cellAt, positionOf } from './layout';
import { Mark, type ShiftSymbol } from './model';
import { type Clip, paste, pasteRange, spelled } from './paste';
import { type Position, type Range, height, width } from './range';
import { activeOf } from './selection';
import { formatTsv, parseTsv } from './tsv';
import { type Written, Writing } from './writing';

export type { Advance, Editing, GridHost, GridState, Notice, Overlap } from './gridState';

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
    this.state.setState({ copied: null, filling: null, editing: null });
    if (selection === null) return;
    const cell = activeOf(selection);
    this.setSelection({ anchor: cell, head: cell, shape: 'cells' });
  }

  // Free text ----------------------------------------------------------------------------------------------------

  /** What the author of the text saw when they began to type. */
  private typedOn: number | undefined;

  startEditing(text: string | null): void {
    this.typedOn = this.source.version?.();
    const resolved = this.editable();
    const cell = resolved === null ? null : cellAt(this.state.getState().layout, resolved.active);
    if (resolved === null || cell === null) return;
    if (this.isLocked(resolved.active)) this.host.notify({ kind: 'locked', count: 1 });
    else this.state.setState({ editing: { cell, text: text ?? this.value(resolved.active) } });
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
    if (editing !== null && at !== null && keep) this.write([{ at, value: editing.text.trim() }], this.typedOn);
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

  /** Lays `text` over the selection; asks before it replaces something. `symbols`: those that look-alikes stand for. */
  async paste(text: string, symbols: readonly ShiftSymbol[] = []): Promise<void> {
    const resolved = this.editable();
    if (resolved === null) return;
    if (text === '') {
      this.host.notify({ kind: 'nothingToPaste' });
      return;
    }
    const clip = spelled(parseTsv(text), new Set(symbols.map(({ symbol }) => symbol)));
    const target = this.inside(pasteRange(clip, resolved.range));
    const base = this.source.version?.();
    const allowed = await this.resolveOverlap(paste(clip, target));
    if (allowed === null) return;
    this.write(allowed, base);
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

import { cellAt, isSame } from './layout';
import { type CellChange, type CellRef, Mark } from './model';
import { advance } from './navigate';
import { type Position, positions, size } from './range';
import { resolve, type Resolved } from './selection';
import { Selecting } from './selecting';

/** The longest text that a cell may hold. */
export const LONGEST = 20;

export const isTooLong = (value: string): boolean => Array.from(value).length > LONGEST;

export interface Written {
  readonly at: Position;
  readonly value: string;
}

/** The part of the grid that reads and writes cells. */
export class Writing extends Selecting {
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
    const to = advance(this.cursor(), direction === 'right' ? 'row' : 'column', false, this.extent);
    if (to !== null) this.select(to);
  }

  /** The selection, where editing is allowed and lands where one looks; tells why otherwise. */
  protected editable(selection = this.state.getState().selection): Resolved | null {
    const { readOnly, layout } = this.state.getState();
    const resolved = resolve(selection, layout);
    if (readOnly) this.host.notify({ kind: 'readOnly' });
    else if (resolved === null) this.host.notify({ kind: 'hidden' });
    else return resolved;
    return null;
  }

  /** Writes as one step what differs, is not locked and fits; tells what does not. `base`: the version when its author began. */
  protected write(written: readonly Written[], base?: number): void {
    const { layout } = this.state.getState();
    const differing = written.filter(({ at, value }) => this.value(at) !== value);
    const open = differing.filter(({ at }) => !this.isLocked(at));
    const fitting = open.filter(({ value }) => !isTooLong(value));
    if (open.length < differing.length) this.host.notify({ kind: 'locked', count: differing.length - open.length });
    if (fitting.length < open.length) this.host.notify({ kind: 'tooLong', count: open.length - fitting.length });
    this.state.setState({ copied: null });
    const changes = fitting.flatMap(({ at, value }): CellChange[] => {
      const cell = cellAt(layout, at);
      return cell === null ? [] : [{ ...cell, value }];
    });
    this.dropDrafts(changes);
    if (changes.length > 0) this.source.edit(changes, base);
  }

  /** What was set aside for cells that hold something else now is over. */
  protected dropDrafts(cells: readonly CellRef[]): void {
    const { drafts } = this.state.getState();
    const over = drafts.filter(({ cell }) => cells.some((each) => isSame(each, cell)));
    if (over.length === 0) return;
    over.forEach(({ cell }) => this.kept?.drop(cell));
    this.state.setState({ drafts: drafts.filter((draft) => !over.includes(draft)) });
  }

  protected isLocked(at: Position): boolean {
    return (this.mark(at) & Mark.locked) !== 0;
  }

  /** Locks the selected cells; unlocks them when all are locked. */
  toggleLock(): void {
    const resolved = this.editable();
    if (resolved === null) return;
    const { layout } = this.state.getState();
    const all = [...positions(resolved.range)];
    const locked = all.every((at) => this.isLocked(at));
    this.host.setLocked(all.map((at) => cellAt(layout, at)).filter((cell) => cell !== null), !locked);
  }
}

import { SHIFT_UPDATE } from '@/realtime/protocol/cellBounds.gen';

import type { Drafts } from './drafts';
import { cellAt } from './layout';
import type { CellChange } from './model';
import { type Position, positions, size } from './range';
import type { Selecting } from './selecting';
import type { Sheet } from './sheet';

/** Whether a cell could not hold it: the server counts characters, not UTF-16 units. */
export const isTooLong = (value: string): boolean => Array.from(value).length > SHIFT_UPDATE.shiftValue.maxLength;

export interface Written {
  readonly at: Position;
  readonly value: string;
}

/** The one way from the grid to its source: checks what may be written, and tells what may not. */
export class Writing {
  constructor(
    private readonly sheet: Sheet,
    private readonly selecting: Selecting,
    private readonly drafts: Drafts,
  ) {}

  /** Writes as one step what differs, is not locked and fits; tells what does not. `base`: the version when its author began. */
  write(written: readonly Written[], base?: number): void {
    const { sheet } = this;
    const differing = written.filter(({ at, value }) => sheet.value(at) !== value);
    const open = differing.filter(({ at }) => !sheet.isLocked(at));
    const fitting = open.filter(({ value }) => !isTooLong(value));
    if (open.length < differing.length) sheet.host.notify({ kind: 'locked', count: differing.length - open.length });
    if (fitting.length < open.length) sheet.host.notify({ kind: 'tooLong', count: open.length - fitting.length });
    sheet.state.setState({ copied: null });
    const changes = fitting.flatMap(({ at, value }): CellChange[] => {
      const cell = cellAt(sheet.layout, at);
      return cell === null ? [] : [{ ...cell, value }];
    });
    this.drafts.drop(changes);
    if (changes.length > 0) sheet.source.edit(changes, base);
  }

  /** Sets every selected cell; after a single one the cursor advances. */
  setSelected(value: string): void {
    const resolved = this.selecting.editable();
    if (resolved === null) return;
    this.write([...positions(resolved.range)].map((at) => ({ at, value })));
    if (size(resolved.range) === 1) this.selecting.step();
  }

  /** Empties every selected cell as one step. */
  clearSelected(): void {
    const resolved = this.selecting.editable();
    if (resolved !== null) this.write([...positions(resolved.range)].map((at) => ({ at, value: '' })));
  }

  /** Locks the selected cells; unlocks them when all are locked. */
  toggleLock(): void {
    const resolved = this.selecting.editable();
    if (resolved === null) return;
    const { sheet } = this;
    const all = [...positions(resolved.range)];
    const locked = all.every((at) => sheet.isLocked(at));
    sheet.host.setLocked(all.map((at) => cellAt(sheet.layout, at)).filter((cell) => cell !== null), !locked);
  }
}

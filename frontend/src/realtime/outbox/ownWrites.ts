/** The cells that were written here a moment ago, so that their author is told when somebody else writes over them. */

import type { Change, CellChange, ConflictItem } from '../protocol';
import type { NameOf } from './ownRows';

/** Later than that it is no longer the same moment: somebody has looked and decided. */
const MOMENT_MS = 120_000;
const MOST = 500;

interface Own {
  readonly value: string;
  readonly at: number;
}

type CellIn = CellChange & { readonly scheduleId: string };

function cellsIn({ type, payload }: Change): CellIn[] {
  if (type === 'SHIFT_BROADCAST') {
    return [payload];
  }
  return type === 'SHIFT_BULK_BROADCAST' ? payload.changes.map((cell) => ({ ...cell, scheduleId: payload.scheduleId })) : [];
}

const keyOf = ({ scheduleId, staffId, dateKey }: CellIn) => `${scheduleId}|${staffId}|${dateKey}`;

export class OwnWrites {
  readonly #cells = new Map<string, Own>();

  /** Notes what is one's own of `changes`, and returns what others have written over. */
  overwrittenBy(changes: readonly Change[], clientId: string, nameOf: NameOf): OverwrittenItem[] {
    const now = Date.now();
    const items: OverwrittenItem[] = [];
    for (const change of changes) {
      const author = change.clientId ?? '';
      const name = nameOf(author);
      for (const cell of cellsIn(change)) {
        const key = keyOf(cell);
        const own = this.#cells.get(key);
        this.#cells.delete(key);
        if (author === clientId) {
          this.#note(key, { value: cell.shiftValue, at: now });
        } else if (name !== null && own !== undefined && own.value !== cell.shiftValue && now - own.at < MOMENT_MS) {
          items.push(overwritten(cell, own, name, new Date(now)));
        }
      }
    }
    return items;
  }

  #note(key: string, own: Own): void {
    this.#cells.set(key, own);
    const [oldest] = this.#cells.keys();
    if (this.#cells.size > MOST && oldest !== undefined) {
      this.#cells.delete(oldest);
    }
  }
}

/** In the form of a conflict, with the cell that it is about. */
export interface OverwrittenItem extends ConflictItem {
  readonly cell: { readonly scheduleId: string; readonly staffId: string; readonly dateKey: string };
}

function overwritten({ scheduleId, staffId, dateKey, shiftValue }: CellIn, own: Own, author: string, at: Date): OverwrittenItem {
  return {
    cell: { scheduleId, staffId, dateKey },
    entity: 'shift',
    entityId: `${staffId} ${dateKey}`,
    field: 'shiftValue',
    base: null,
    yours: own.value,
    theirs: shiftValue,
    theirAuthor: author,
    changedAt: at.toISOString(),
  };
}

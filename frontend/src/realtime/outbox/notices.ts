/** What the user has to be told: nothing that they did ends in silence. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { OutboxEntry } from './outbox';
import type { OverwrittenRow } from './ownRows';
import type { OverwrittenItem } from './ownWrites';
import type { ConflictItem, Refusal } from '../protocol';

/** The cells of a successor that nobody has changed since, by schedule and person; and what else names it now. */
export interface Succession {
  readonly symbol: string;
  readonly cellCount: number;
  readonly cells: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly staffCount: number;
  readonly settingsCount: number;
}

export type Notice =
  /** A change was refused and taken back. */
  | { readonly kind: 'refused'; readonly id: string; readonly entry: OutboxEntry; readonly error: Refusal }
  /** A change was applied over another's. */
  | {
      readonly kind: 'overwrote';
      readonly id: string;
      readonly entry: OutboxEntry;
      readonly items: readonly ConflictItem[];
    }
  /** A part of a change was left as others have it. */
  | {
      readonly kind: 'left';
      readonly id: string;
      readonly entry: OutboxEntry;
      readonly items: readonly ConflictItem[];
    }
  /** Somebody else has changed what was written here a moment ago. */
  | { readonly kind: 'overwritten'; readonly id: string; readonly items: readonly OverwrittenItem[] }
  /** Somebody else has changed fields of a row that was written here a moment ago. */
  | ({ readonly kind: 'overwrittenRow'; readonly id: string } & OverwrittenRow)
  /** A shift type that was deleted is back; what its successor took over is still with that. */
  | { readonly kind: 'succession'; readonly id: string; readonly shiftType: { readonly symbol: string }; readonly succession: Succession }
  /** An error that is about no request of ours. */
  | { readonly kind: 'error'; readonly id: string; readonly error: Refusal };

export type Untold = Notice extends infer Each ? (Each extends Notice ? Omit<Each, 'id'> : never) : never;

const MOST = 100;

export class Notices {
  readonly store: StoreApi<readonly Notice[]> = createStore<readonly Notice[]>(() => []);
  #count = 0;

  add(notice: Untold): void {
    this.#count += 1;
    const told = { ...notice, id: String(this.#count) } as Notice;
    this.store.setState((notices) => [...notices.slice(1 - MOST), told], true);
  }

  /** The user has seen it. */
  dismiss(id: string): void {
    this.store.setState((notices) => notices.filter((notice) => notice.id !== id), true);
  }
}

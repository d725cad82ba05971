/** Keeps the outbox across closed tabs and crashes. */

import { STORE_TIMEOUT_MS, type Database } from './database';
import type { StoredEntry } from './stored';
import { within } from './within';

/** The entries of one user in one restaurant (`scope`), in the outboxes of their tabs (`owner`). */
export class OutboxStore {
  readonly #database: Database | null;
  readonly #scope: string;

  constructor(database: Database | null, scope: string) {
    this.#database = database;
    this.#scope = scope;
  }

  /**
   * Writes an entry through to the disk, with the number that it has there, or the next. False: it could not be kept, and lives
   * only as long as the page.
   */
  async put(entry: StoredEntry): Promise<boolean> {
    if (this.#database === null) {
      return false;
    }
    try {
      const transaction = this.#database.transaction(['outbox', 'counters'], 'readwrite', { durability: 'strict' });
      const [entries, counters] = [transaction.objectStore('outbox'), transaction.objectStore('counters')];
      const known = await entries.get(entry.requestId);
      const order = known?.order ?? (entry.order > 0 ? entry.order : ((await counters.get('outbox')) ?? 0) + 1);
      await entries.put({ ...entry, order });
      if (known === undefined) {
        await counters.put(Math.max(order, (await counters.get('outbox')) ?? 0), 'outbox');
      }
      await transaction.done;
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets entries. If that fails they are sent again some day, which changes nothing. */
  async remove(requestIds: readonly string[]): Promise<void> {
    if (this.#database === null) {
      return;
    }
    try {
      const transaction = this.#database.transaction('outbox', 'readwrite');
      await Promise.all([...requestIds.map((id) => transaction.store.delete(id)), transaction.done]);
    } catch {
      // See above: harmless.
    }
  }

  /** All entries of the outbox `owner`, in the order in which they were made; null where the store does not say now. */
  async load(owner: string): Promise<StoredEntry[] | null> {
    const entries = await this.#all();
    return entries === null ? null : entries.filter((entry) => entry.owner === owner).sort((a, b) => a.order - b.order);
  }

  /** The owners of entries, `except` one. */
  async owners(except: string): Promise<string[]> {
    const owners = new Set(((await this.#all()) ?? []).map(({ owner }) => owner));
    owners.delete(except);
    return [...owners];
  }

  /** Moves the entries of a dead tab into the outbox `heir`; returns them. */
  async adopt(owner: string, heir: string): Promise<StoredEntry[]> {
    const entries = (await this.load(owner)) ?? [];
    const adopted = entries.map((entry) => ({ ...entry, owner: heir }));
    if (this.#database !== null && adopted.length > 0) {
      const transaction = this.#database.transaction('outbox', 'readwrite', { durability: 'strict' });
      const moving = Promise.all([...adopted.map((entry) => transaction.store.put(entry)), transaction.done]);
      await within(STORE_TIMEOUT_MS, moving.then(() => undefined), undefined);
    }
    return adopted;
  }

  async #all(): Promise<StoredEntry[] | null> {
    if (this.#database === null) {
      return [];
    }
    try {
      return await within(STORE_TIMEOUT_MS, this.#database.getAllFromIndex('outbox', 'scope', this.#scope), null);
    } catch {
      return null;
    }
  }
}

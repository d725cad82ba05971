/** Keeps the outbox across closed tabs and crashes. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import { STORE_TIMEOUT_MS, type Database } from './database';
import { PageUser } from './pageUser';
import type { StoredEntry } from './stored';
import { within } from './within';

/** The entries of one user in one restaurant (`scope`), in the outboxes of their tabs (`owner`). */
export class OutboxStore {
  /** Whether it keeps anything, as far as it has shown. */
  readonly keeps: StoreApi<boolean>;
  readonly #database: Database | null;
  readonly #scope: string;
  readonly #user: PageUser;
  /** Whether it says what it has, and takes what it is given. */
  readonly #works = { answers: true, takes: true };

  /** `user`: to whom it says something; what is of others stays where it is. */
  constructor(database: Database | null, scope: string, user = new PageUser('')) {
    this.#database = database;
    this.#scope = scope;
    this.#user = user;
    this.keeps = createStore(() => database !== null);
  }

  /** Finds out whether anything can be written, before there is something to lose. */
  probe(): void {
    const database = this.#database;
    if (database === null) {
      return;
    }
    const write = async () => {
      const transaction = database.transaction('counters', 'readwrite');
      await transaction.store.put((await transaction.store.get('outbox')) ?? 0, 'outbox');
      await transaction.done;
      return true;
    };
    this.#hear(write());
  }

  /** Notes what comes of `writing`: what takes too long has failed, until it succeeds after all. A store that is only slow is a store. */
  #hear(writing: Promise<boolean>): void {
    void within(STORE_TIMEOUT_MS, writing, false).then((takes) => this.#note({ takes }));
    writing.then((takes) => this.#note({ takes }), () => undefined);
  }

  #note(seen: { readonly answers?: boolean; readonly takes?: boolean }): void {
    const { answers, takes } = Object.assign(this.#works, seen);
    this.keeps.setState(this.#database !== null && answers && takes, true);
  }

  /**
   * Writes an entry through to the disk, with the number that it has there, or the next. False: it could not be kept, and lives
   * only as long as the page.
   */
  put(entry: StoredEntry): Promise<boolean> {
    const writing = this.#put(entry);
    this.#hear(writing);
    return writing;
  }

  async #put(entry: StoredEntry): Promise<boolean> {
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

  /** All entries of the outbox `owner`, in the order in which they were made; null where the store does not say, or it is not known to whom. */
  async load(owner: string): Promise<StoredEntry[] | null> {
    const entries = await this.#all();
    return entries === null ? null : entries.filter((entry) => entry.owner === owner).sort((a, b) => a.order - b.order);
  }

  /** How many this user has in all their tabs, as far as the store says. */
  async count(): Promise<number> {
    return (await this.#all())?.length ?? 0;
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
    if (this.#user.id === null) {
      return null;
    }
    const all = await within<StoredEntry[] | null>(STORE_TIMEOUT_MS, this.#read(this.#database), null);
    this.#note({ answers: all !== null });
    return all;
  }

  async #read(database: Database): Promise<StoredEntry[]> {
    const all = await database.getAllFromIndex('outbox', 'scope', this.#scope);
    return all.flatMap((entry) => {
      const author = this.#user.authorOf(entry);
      return author === null ? [] : author === undefined ? [entry] : [{ ...entry, author }];
    });
  }
}

/** The browser's own store: what waits to be sent, and the last known state. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { StoredEntry, StoredMeta, StoredSlice } from './stored';
import { within } from './within';

interface Schema extends DBSchema {
  outbox: { key: string; value: StoredEntry; indexes: { scope: string } };
  slices: { key: [string, string]; value: StoredSlice; indexes: { scope: string } };
  meta: { key: string; value: StoredMeta };
  /** The last number that was given, by what it numbers. */
  counters: { key: string; value: number };
}

export type Database = IDBPDatabase<Schema>;

/** A browser may never answer (a damaged profile), or wait for another tab that does not let go. */
export const STORE_TIMEOUT_MS = 2000;

/** Opens the store, or null where the browser has none for us (private windows, a full disk) or does not answer. */
export async function openDatabase(name = 'shiftsync'): Promise<Database | null> {
  try {
    const opening = open(name);
    const database = await within(STORE_TIMEOUT_MS, opening, null);
    if (database === null) {
      // One that opens later would hold up other tabs for nothing.
      opening.then((late) => late.close(), () => undefined);
    }
    return database;
  } catch {
    return null;
  }
}

function open(name: string): Promise<Database> {
  return openDB<Schema>(name, 2, {
    upgrade(database, before, _after, transaction) {
      if (before < 1) {
        database.createObjectStore('outbox', { keyPath: 'requestId' }).createIndex('scope', 'scope');
        database.createObjectStore('slices', { keyPath: ['scope', 'slice'] }).createIndex('scope', 'scope');
        database.createObjectStore('meta', { keyPath: 'scope' });
      }
      database.createObjectStore('counters');
      // Earlier entries were numbered by the device's clock: the next follow on from them.
      void transaction
        .objectStore('outbox')
        .getAll()
        .then((entries) => transaction.objectStore('counters').put(Math.max(0, ...entries.map(({ order }) => order)), 'outbox'))
        // Where it cannot be written the whole upgrade fails, and the page does without.
        .catch(() => undefined);
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

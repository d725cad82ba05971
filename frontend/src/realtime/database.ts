/** The browser's own store: what waits to be sent, and the last known state. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { StoredEntry, StoredMeta, StoredSlice } from './stored';

interface Schema extends DBSchema {
  outbox: { key: string; value: StoredEntry; indexes: { scope: string } };
  slices: { key: [string, string]; value: StoredSlice; indexes: { scope: string } };
  meta: { key: string; value: StoredMeta };
}

export type Database = IDBPDatabase<Schema>;

/** Opens the store, or null where the browser has none for us (private windows, a full disk). */
export async function openDatabase(name = 'shiftsync'): Promise<Database | null> {
  try {
    return await openDB<Schema>(name, 1, {
      upgrade(database) {
        database.createObjectStore('outbox', { keyPath: 'requestId' }).createIndex('scope', 'scope');
        database.createObjectStore('slices', { keyPath: ['scope', 'slice'] }).createIndex('scope', 'scope');
        database.createObjectStore('meta', { keyPath: 'scope' });
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch {
    return null;
  }
}

/** Which tab is which: each has an id and an outbox of its own, and inherits those of tabs that are gone. */

import { uuid } from './ids';
import type { OutboxStore } from './outboxStore';
import type { StoredEntry } from './stored';

export type Release = () => void;

/** Tells whether somebody lives behind a name. */
export interface TabLocks {
  /** Takes the name until released or until this tab ends; null if another tab has it. */
  claim(name: string): Promise<Release | null>;
}

/** Locks that the browser gives back when a tab ends, however it ends. */
export function webLocks(manager: LockManager): TabLocks {
  return {
    claim: (name) =>
      new Promise((resolve, reject) => {
        const options = { ifAvailable: true };
        const held = manager.request(name, options, (lock) => {
          if (lock === null) {
            resolve(null);
            return undefined;
          }
          return new Promise<void>((release) => resolve(release));
        });
        held.catch(reject);
      }),
  };
}

/**
 * For pages without Web Locks (served without TLS): every claim succeeds. Two tabs may then send the same entry, which
 * its request id makes harmless.
 */
export const freeForAll: TabLocks = { claim: () => Promise.resolve(() => undefined) };

/** The locks of this browser. */
export function browserLocks(): TabLocks {
  const manager = typeof navigator === 'undefined' ? undefined : (navigator as Partial<Navigator>).locks;
  return manager === undefined ? freeForAll : webLocks(manager);
}

export interface Identity {
  readonly clientId: string;
  readonly release: Release;
}

const lockName = (scope: string, clientId: string) => `shiftsync:${scope}:${clientId}`;

/** The id of this tab: that of before a reload, unless a copy of the tab (they inherit `session`) has it already. */
export async function claimIdentity(
  scope: string,
  locks: TabLocks,
  session: Pick<Storage, 'getItem' | 'setItem'> | null,
): Promise<Identity> {
  const key = `shiftsync:client:${scope}`;
  const remembered = session?.getItem(key) ?? null;
  if (remembered !== null) {
    const release = await locks.claim(lockName(scope, remembered));
    if (release !== null) {
      return { clientId: remembered, release };
    }
  }
  const clientId = uuid();
  session?.setItem(key, clientId);
  const release = await locks.claim(lockName(scope, clientId));
  return { clientId, release: release ?? (() => undefined) };
}

/** Takes over what the tabs that are gone have left unsent; the requests keep the ids of their authors. */
export async function adoptOrphans(
  scope: string,
  heir: string,
  locks: TabLocks,
  store: OutboxStore,
): Promise<StoredEntry[]> {
  const adopted: StoredEntry[] = [];
  for (const owner of await store.owners(heir)) {
    const release = await locks.claim(lockName(scope, owner));
    if (release !== null) {
      adopted.push(...(await store.adopt(owner, heir)));
      release();
    }
  }
  return adopted.sort((a, b) => a.order - b.order);
}

/** Which tab is which: each has an id and an outbox of its own, and inherits those of tabs that are gone. */

import { uuid } from '../protocol/ids';
import type { OutboxStore } from './outboxStore';
import type { StoredEntry } from './stored';

export type Release = () => void;

/** Tells whether somebody lives behind a name. */
export interface TabLocks {
  /**
   * Takes the name until released or until this tab ends; null if another tab has it. `isOther`: it is the name of another tab, which
   * may be alive and have it by other means than this one.
   */
  claim(name: string, isOther?: boolean): Promise<Release | null>;
  /** Takes a name that nobody else can have. */
  hold?(name: string): Release;
}

/** Locks that the browser gives back when a tab ends, however it ends. */
function webLocks(manager: LockManager): TabLocks {
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
 * For browsers without any of the means: every claim succeeds. Two tabs may then send the same entry, which its request id
 * makes harmless.
 */
export const freeForAll: TabLocks = { claim: () => Promise.resolve(() => undefined) };

/** What tabs say to each other about names. */
export interface TabChannel {
  postMessage(word: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}

interface Word {
  readonly kind: 'asks' | 'has';
  readonly name: string;
  readonly token: string;
}

const isWord = (data: unknown): data is Word => typeof data === 'object' && data !== null && 'kind' in data && 'name' in data;

/** A living tab answers well within this time, one in the background too: only its timers are slowed. */
const ANSWER_MS = 250;

/**
 * Locks for pages without Web Locks (served without TLS): who has a name says so when another asks for it. Of two that ask at the
 * same time one gets it, by their tokens.
 */
export function channelLocks(channel: TabChannel, makeToken: () => string = uuid): TabLocks {
  const held = new Map<string, string>();
  const asking = new Map<string, { token: string; lose: () => void }>();
  const say = (kind: Word['kind'], name: string, token: string) => channel.postMessage({ kind, name, token } satisfies Word);

  channel.onmessage = ({ data }) => {
    if (!isWord(data)) return;
    const { kind, name, token } = data;
    const mine = asking.get(name);
    if (kind === 'has') {
      if (mine?.token === token) mine.lose();
    } else if (held.has(name) || (mine !== undefined && mine.token < token)) {
      say('has', name, token);
    } else {
      // The other may have been too late to hear this one ask: it gives way by itself.
      mine?.lose();
    }
  };

  return {
    hold: (name) => {
      held.set(name, makeToken());
      return () => void held.delete(name);
    },
    claim: (name) =>
      new Promise((resolve) => {
        if (held.has(name) || asking.has(name)) {
          resolve(null);
          return;
        }
        const token = makeToken();
        const end = (release: Release | null) => {
          clearTimeout(timer);
          asking.delete(name);
          resolve(release);
        };
        const timer = setTimeout(() => {
          held.set(name, token);
          end(() => void held.delete(name));
        }, ANSWER_MS);
        asking.set(name, { token, lose: () => end(null) });
        say('asks', name, token);
      }),
  };
}

/** A browser may refuse its locks, or never say anything about them. */
const LOCK_TIMEOUT_MS = 1000;

/** The first of them that works. It may not work in each tab: whoever goes by the second is told of names that are held by the first. */
export function firstWorking(first: TabLocks, second: TabLocks): TabLocks {
  let isBroken = false;
  const both = async (name: string, release: Release, isOther: boolean): Promise<Release | null> => {
    // One's own name is nobody else's by now. That of another tab is asked for, which takes a moment.
    const letGo = isOther ? await second.claim(name) : (second.hold?.(name) ?? (() => undefined));
    if (letGo === null) release();
    return letGo === null
      ? null
      : () => {
          letGo();
          release();
        };
  };
  return {
    claim: async (name, isOther = false) => {
      if (isBroken) return second.claim(name);
      const gaveUp = Symbol('gave up');
      const waiting = new Promise<typeof gaveUp>((resolve) => setTimeout(() => resolve(gaveUp), LOCK_TIMEOUT_MS));
      const answer = await Promise.race([first.claim(name).catch(() => gaveUp), waiting]);
      if (typeof answer !== 'symbol') return answer === null ? null : both(name, answer, isOther);
      isBroken = true;
      return second.claim(name);
    },
  };
}

/** The locks of this browser. */
export function browserLocks(): TabLocks {
  const manager = attempt(() => (navigator as Partial<Navigator>).locks) ?? undefined;
  const channel = attempt(() => new BroadcastChannel('shiftsync:tabs'));
  const byChannel = channel === null ? freeForAll : channelLocks(channel as TabChannel);
  return manager === undefined ? byChannel : firstWorking(webLocks(manager), byChannel);
}

type Session = Pick<Storage, 'getItem' | 'setItem'>;

/** A tab: the id by which it speaks, and the outbox that it has, which is called as it was when the page was opened. */
export class Identity {
  readonly owner: string;
  readonly release: Release;
  readonly #remember: (clientId: string) => void;
  #clientId: string;

  constructor(clientId: string, release: Release, remember: (clientId: string) => void = () => undefined) {
    this.owner = clientId;
    this.release = release;
    this.#clientId = clientId;
    this.#remember = remember;
  }

  get clientId(): string {
    return this.#clientId;
  }

  /** The server calls this tab something else: its id is another user's. */
  rename(clientId: string): void {
    if (clientId !== this.#clientId) {
      this.#clientId = clientId;
      this.#remember(clientId);
    }
  }
}

const lockName = (scope: string, clientId: string) => `shiftsync:${scope}:${clientId}`;

/** A storage may be there and throw whenever it is touched. */
function attempt<T>(touch: () => T): T | null {
  try {
    return touch();
  } catch {
    return null;
  }
}

/**
 * What outlives a reload, but not the tab: `sessionStorage`, or, where the browser forbids it or keeps nothing in it, the name of the
 * window. Without either the tab would be another one after a reload, and could not undo what it did before.
 */
export function tabStorage(session: Session | null, page: { name: string } = window): Session {
  const named = () => attempt(() => JSON.parse(page.name) as Readonly<Record<string, unknown>> | null);
  return {
    getItem: (key) => {
      const found = session?.getItem(key) ?? named()?.[key];
      return typeof found === 'string' ? found : null;
    },
    setItem: (key, value) => {
      session?.setItem(key, value);
      if (session?.getItem(key) !== value) page.name = JSON.stringify({ ...named(), [key]: value });
    },
  };
}

/** The id of this tab: that of before a reload, unless a copy of the tab (they inherit `session`) has it already. */
export async function claimIdentity(scope: string, locks: TabLocks, session: Session | null): Promise<Identity> {
  const key = `shiftsync:client:${scope}`;
  const remember = (clientId: string) => attempt(() => session?.setItem(key, clientId));
  const remembered = attempt(() => session?.getItem(key) ?? null);
  if (remembered !== null) {
    const release = await locks.claim(lockName(scope, remembered));
    if (release !== null) {
      return new Identity(remembered, release, remember);
    }
  }
  const clientId = uuid();
  remember(clientId);
  const release = await locks.claim(lockName(scope, clientId));
  return new Identity(clientId, release ?? (() => undefined), remember);
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
    const release = await locks.claim(lockName(scope, owner), true);
    if (release !== null) {
      adopted.push(...(await store.adopt(owner, heir)));
      release();
    }
  }
  return adopted.sort((a, b) => a.order - b.order);
}

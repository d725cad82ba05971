/** The changes that their author has made and that this client has not yet seen come back. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { OutboxStore } from '../storage/outboxStore';
import type { Held, StoredEntry } from '../storage/stored';
import type { ChangeRequest } from '../state/predictions';
import { isStep, scheduleOf } from './steps';
import type { ClientMessage } from '../protocol';

/** Where an entry stands. It leaves when its version has arrived, when it is refused, or when its author drops it. */
export type Progress =
  | { readonly kind: 'saving' }
  | { readonly kind: 'queued' }
  | { readonly kind: 'sent' }
  /** Done on the server; over when `version` has arrived here. */
  | { readonly kind: 'acknowledged'; readonly version: number }
  | Held;

export interface OutboxEntry extends StoredEntry {
  readonly progress: Progress;
  /** Whether the server may know of it. */
  readonly wasSent: boolean;
  /** Whether it survives the tab. */
  readonly isDurable: boolean;
  /** How often it was sent, as far as this page knows. */
  readonly attempts: number;
}

export type OutboxState = readonly OutboxEntry[];

/** Whether the entry's effect is shown although it is not confirmed. */
export function isPending(entry: OutboxEntry): boolean {
  return !isHeld(entry);
}

const HELD: ReadonlySet<string> = new Set<Held['kind']>(['conflict', 'stranded', 'refused']);

/** Whether the entry waits for its author instead of the server. */
export function isHeld({ progress }: OutboxEntry): boolean {
  return HELD.has(progress.kind);
}

const isOnItsWay = ({ progress }: OutboxEntry) => progress.kind === 'queued' || progress.kind === 'sent';

/** A disk that does not answer must not keep an edit from the server. */
const DISK_TIMEOUT_MS = 2000;

function giveUp(): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), DISK_TIMEOUT_MS));
}

type Draft = Pick<StoredEntry, 'requestId' | 'request' | 'clientId' | 'author' | 'createdAt' | 'epoch'>;

/**
 * One tab's outbox. Entries are sent in the order in which they were made, none before it is on the disk, none altered
 * after that. `store` tells the entries; it changes once for each call here.
 */
export class Outbox {
  readonly store: StoreApi<OutboxState> = createStore<OutboxState>(() => []);
  readonly #disk: OutboxStore;
  readonly #scope: string;
  readonly #owner: string;
  readonly #window: number;
  /** One of them may be what the server cannot take: they are sent one at a time until it is found. */
  #suspects: ReadonlySet<string> = new Set();

  constructor(disk: OutboxStore, scope: string, owner: string, window = 64) {
    this.#disk = disk;
    this.#scope = scope;
    this.#owner = owner;
    this.#window = window;
  }

  get entries(): OutboxState {
    return this.store.getState();
  }

  /** The requests whose effect is to be shown, oldest first. */
  get pending(): readonly ChangeRequest[] {
    return this.entries.filter(isPending).map(({ request }) => request);
  }

  find(requestId: string): OutboxEntry | undefined {
    return this.entries.find((entry) => entry.requestId === requestId);
  }

  /** Takes in what an earlier life of this tab, or a tab that is gone, has left. The server may know of it. */
  restore(stored: readonly StoredEntry[]): void {
    const known = new Set(this.entries.map(({ requestId }) => requestId));
    const restored = stored
      .filter(({ requestId }) => !known.has(requestId))
      .map((entry): OutboxEntry => {
        return { ...entry, progress: entry.held ?? { kind: 'queued' }, wasSent: true, isDurable: true, attempts: 0 };
      });
    if (restored.length > 0) {
      this.#set([...restored, ...this.entries]);
    }
  }

  /** Leaves what it found to those who have made it: it stays where it is kept. */
  leave(): void {
    this.#set([]);
  }

  /** Adds a request, visible at once; resolves when it is on the disk (or known not to get there) and may be sent. */
  async add(draft: Draft): Promise<void> {
    const stored: StoredEntry = { ...draft, scope: this.#scope, owner: this.#owner, order: 0, held: null };
    const fresh = { progress: { kind: 'saving' }, wasSent: false, isDurable: false, attempts: 0 } as const;
    this.#set([...this.entries, { ...stored, ...fresh }]);
    const writing = this.#disk.put(stored);
    const isDurable = await Promise.race([writing, giveUp()]);
    this.#patch(draft.requestId, (entry) =>
      entry.progress.kind === 'saving' ? { ...entry, progress: { kind: 'queued' }, isDurable } : { ...entry, isDurable },
    );
    const entry = this.find(draft.requestId);
    if (entry === undefined) {
      // It was taken back while it was being written.
      void this.#disk.remove([draft.requestId]);
    } else if (entry.held !== null || entry.request !== stored.request || entry.author !== stored.author) {
      await this.#keep(entry);
    }
    if (!isDurable) {
      void writing.then((isLate) => isLate && this.#keptLate(draft.requestId));
    } else {
      void this.#keepOthers();
    }
  }

  /** A slow disk has taken it after all. */
  #keptLate(requestId: string): void {
    this.#patch(requestId, (entry) => ({ ...entry, isDurable: true }));
  }

  /** What the disk would not take before (it was full, it did not answer) is offered to it again now that it takes something. */
  async #keepOthers(): Promise<void> {
    for (const entry of this.entries.filter(({ isDurable, progress }) => !isDurable && progress.kind !== 'saving')) {
      if (await this.#keep(entry)) {
        this.#keptLate(entry.requestId);
        if (this.find(entry.requestId) === undefined) {
          void this.#disk.remove([entry.requestId]);
        }
      }
    }
  }

  /** The connection is gone: what was never sent waits from now on, and is changed by `wait` for that. */
  waitWith(wait: (request: ChangeRequest) => ChangeRequest): void {
    const waiting = this.entries.filter(({ wasSent, held, request }) => !wasSent && held === null && wait(request) !== request);
    this.#setWhere(new Set(waiting.map(({ requestId }) => requestId)), (entry) => ({ ...entry, request: wait(entry.request) }));
    for (const { requestId } of waiting) {
      const entry = this.find(requestId);
      if (entry?.isDurable === true) {
        void this.#keep(entry);
      }
    }
  }

  /** It is known now who has made what was made on this page. What it found is not theirs by that. */
  sign(author: string): void {
    const unsigned = this.entries.filter((entry) => entry.author == null && !entry.wasSent);
    this.#setWhere(new Set(unsigned.map(({ requestId }) => requestId)), (entry) => ({ ...entry, author }));
    for (const { requestId } of unsigned) {
      const entry = this.find(requestId);
      if (entry?.isDurable === true) {
        void this.#keep(entry);
      }
    }
  }

  /** The entries that the server may have by now and has not answered. */
  get underWay(): OutboxState {
    return this.entries.filter(({ progress }) => progress.kind === 'sent');
  }

  /** One of what is under way made the server hang up: from now on each of them goes alone. */
  suspectUnderWay(): void {
    this.#suspects = new Set([...this.#suspects, ...this.underWay.map(({ requestId }) => requestId)]);
  }

  /** The entries to be sent next, in order: as many as may be under way together. */
  take(): OutboxEntry[] {
    const underWay = this.underWay.length;
    const isCareful = this.entries.some((entry) => this.#suspects.has(entry.requestId) && isOnItsWay(entry));
    const window = isCareful ? 1 : this.#window;
    const due: OutboxEntry[] = [];
    for (const entry of this.entries) {
      if (entry.progress.kind === 'saving' || underWay + due.length >= window || this.#mustWait(entry)) {
        break;
      }
      if (entry.progress.kind === 'queued') {
        due.push(entry);
      }
    }
    const ids = new Set(due.map(({ requestId }) => requestId));
    this.#setWhere(ids, (entry) => {
      return { ...entry, progress: { kind: 'sent' }, wasSent: true, attempts: entry.attempts + 1 };
    });
    return due;
  }

  /** A step goes when it is known that the change it is meant for was done: else it would take back the one before that. */
  #mustWait({ requestId, request }: OutboxEntry): boolean {
    if (!isStep(request)) {
      return false;
    }
    const before = this.entries.slice(0, this.entries.findIndex((entry) => entry.requestId === requestId));
    return before.some((entry) => isOnItsWay(entry) && scheduleOf(entry.request) === scheduleOf(request));
  }

  /** The connection is gone: what it carried will be sent again, in the same order. */
  requeue(): void {
    const sent = this.entries.filter(({ progress }) => progress.kind === 'sent');
    this.#setWhere(new Set(sent.map(({ requestId }) => requestId)), (entry) => {
      return { ...entry, progress: { kind: 'queued' } };
    });
  }

  /** One request is to be sent again: the server could not take it now. */
  requeueOne(requestId: string): void {
    this.#patch(requestId, (entry) => ({ ...entry, progress: { kind: 'queued' } }));
  }

  acknowledge(requestId: string, version: number): void {
    this.#patch(requestId, (entry) => ({ ...entry, progress: { kind: 'acknowledged', version } }));
  }

  /** Everything up to `version` has arrived: the acknowledged entries in it are done. Returns them. */
  arrive(version: number): OutboxEntry[] {
    const done = this.entries.filter(
      ({ progress }) => progress.kind === 'acknowledged' && progress.version <= version,
    );
    this.#drop(done);
    return done;
  }

  /** Takes an entry out: it was refused, or its author wants it no more. */
  remove(requestId: string): OutboxEntry | undefined {
    const entry = this.find(requestId);
    this.#drop(entry === undefined ? [] : [entry]);
    return entry;
  }

  /** Takes an entry out of the view and keeps it until its author has decided. */
  hold(requestId: string, held: Held): OutboxEntry | undefined {
    this.#patch(requestId, (entry) => ({ ...entry, held, progress: held }));
    const entry = this.find(requestId);
    if (entry?.isDurable === true) {
      void this.#keep(entry);
    }
    return entry;
  }

  #keep(entry: OutboxEntry): Promise<boolean> {
    const { progress: _progress, wasSent: _wasSent, isDurable: _isDurable, attempts: _attempts, ...stored } = entry;
    return this.#disk.put(stored);
  }

  #drop(entries: readonly OutboxEntry[]): void {
    if (entries.length === 0) {
      return;
    }
    const ids = new Set(entries.map(({ requestId }) => requestId));
    this.#set(this.entries.filter(({ requestId }) => !ids.has(requestId)));
    void this.#disk.remove([...ids]);
  }

  #patch(requestId: string, change: (entry: OutboxEntry) => OutboxEntry): void {
    this.#setWhere(new Set([requestId]), change);
  }

  #setWhere(ids: ReadonlySet<string>, change: (entry: OutboxEntry) => OutboxEntry): void {
    if (this.entries.some(({ requestId }) => ids.has(requestId))) {
      this.#set(this.entries.map((entry) => (ids.has(entry.requestId) ? change(entry) : entry)));
    }
  }

  #set(entries: OutboxState): void {
    this.store.setState(entries, true);
  }
}

/** The message for an entry: the same whenever it is sent. */
export function envelopeOf({ request, requestId, clientId, createdAt }: OutboxEntry): ClientMessage {
  return { ...request, requestId, clientId, timestamp: createdAt };
}

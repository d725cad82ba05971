/** What the server said of each change, put where its author sees it: outbox, notices, and whoever waits for the outcome. */

import { Notices } from './notices';
import type { Outbox, OutboxEntry } from './outbox';
import { Outcomes } from './outcomes';
import type { ErrorCode, Refusal, ServerMessage } from '../protocol';

/** Older entries may be unknown to the server's memory of requests: replaying them could apply them twice. */
const OLDEST_REPLAY_MS = 25 * 86_400_000;

/** What no later moment changes: the author keeps the text and decides. */
const HOPELESS: ReadonlySet<string> = new Set<ErrorCode>([
  'invalid_json',
  'invalid_message',
  'unknown_type',
  'payload_too_large',
  'internal_error',
]);

export class Verdicts {
  readonly notices = new Notices();
  readonly outcomes = new Outcomes();
  readonly #outbox: Outbox;
  /** The server's time, as well as it is known. */
  readonly #now: () => number;

  constructor(outbox: Outbox, now: () => number = () => Date.now()) {
    this.#outbox = outbox;
    this.#now = now;
  }

  /** Notes an acknowledgement; false if it is of no entry here. */
  acknowledged({ requestId, payload }: ServerMessage<'ACK'>): boolean {
    const entry = this.#entry(requestId);
    if (entry === undefined) {
      return false;
    }
    const { version, result } = payload;
    this.#outbox.acknowledge(entry.requestId, version);
    this.outcomes.settle(entry.requestId, { kind: 'applied', version, result });
    const items = [...(result.overwritten ?? []), ...(result.refused ?? [])];
    if (items.length > 0) {
      this.notices.add({ kind: 'overwrote', entry, items });
    }
    return true;
  }

  /** The change cannot be done and is taken back; one that the server cannot even read is kept for its author. */
  refused(entry: OutboxEntry, error: Refusal): void {
    if (HOPELESS.has(error.code)) {
      this.#outbox.hold(entry.requestId, { kind: 'refused', error });
    } else {
      this.#outbox.remove(entry.requestId);
    }
    this.notices.add({ kind: 'refused', entry, error });
    this.outcomes.settle(entry.requestId, { kind: 'refused', error });
  }

  /** Holds a change until its author has decided; false if it is none of ours. */
  conflicted({ requestId, payload }: ServerMessage<'CONFLICT'>): boolean {
    const entry = this.#entry(requestId);
    if (entry === undefined) {
      return false;
    }
    const { items, currentVersion } = payload;
    this.#outbox.hold(entry.requestId, { kind: 'conflict', items, currentVersion });
    this.outcomes.settle(entry.requestId, { kind: 'conflict', items });
    return true;
  }

  /** The author took the change back. */
  withdrawn(requestId: string): void {
    this.outcomes.settle(requestId, { kind: 'withdrawn' });
  }

  /** Holds everything: none of it may be replayed. */
  strandAll(reason: string): void {
    for (const entry of this.#outbox.entries) {
      this.#strand(entry, reason);
    }
  }

  /** Holds what was made in another past of the server, or too long ago. */
  strandForeign(epoch: string | null): void {
    for (const entry of this.#outbox.entries) {
      const isForeign = entry.epoch !== null && entry.epoch !== epoch;
      const isOld = this.#now() - Date.parse(entry.createdAt) > OLDEST_REPLAY_MS;
      if (isForeign || (isOld && entry.wasSent)) {
        this.#strand(entry, isForeign ? 'epoch' : 'age');
      }
    }
  }

  #strand(entry: OutboxEntry, reason: string): void {
    if (entry.held === null) {
      this.#outbox.hold(entry.requestId, { kind: 'stranded', reason });
      this.outcomes.settle(entry.requestId, { kind: 'stranded', reason });
    }
  }

  #entry(requestId: string | null | undefined): OutboxEntry | undefined {
    return requestId == null ? undefined : this.#outbox.find(requestId);
  }
}

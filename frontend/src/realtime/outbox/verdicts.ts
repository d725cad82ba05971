/** Applies the server's answer to each change: to the outbox, the notices, and the code that awaits the outcome. */

import { Notices, type Untold } from './notices';
import type { Outbox, OutboxEntry } from './outbox';
import { Outcomes } from './outcomes';
import { isStep, stepsFor } from './steps';
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
    const { overwritten = [], refused = [], shiftType, succession } = result;
    if (overwritten.length > 0) {
      this.notices.add({ kind: 'overwrote', entry, items: overwritten });
    }
    if (refused.length > 0) {
      this.notices.add({ kind: 'left', entry, items: refused });
    }
    if (succession !== undefined) {
      this.notices.add({ kind: 'succession', shiftType, succession } as Untold);
    }
    return true;
  }

  /**
   * The change cannot be done and is taken back. Kept for its author is one that the server cannot even read, and one of an earlier
   * page: the form in which it was typed is gone, so this is the only place where its text still is.
   */
  refused(entry: OutboxEntry, error: Refusal): void {
    const isOrphan = !this.outcomes.isAwaited(entry.requestId) && !isStep(entry.request);
    this.#withdrawSteps(entry.requestId);
    if (HOPELESS.has(error.code) || isOrphan) {
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
    this.#withdrawSteps(entry.requestId);
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

  /** Holds what was made in another past of the server, too long ago, or nobody knows by whom. */
  strandForeign(epoch: string | null): void {
    for (const entry of this.#outbox.entries) {
      const isForeign = entry.epoch !== null && entry.epoch !== epoch;
      const isNobodys = entry.author === undefined && entry.wasSent;
      const isOld = this.#now() - Date.parse(entry.createdAt) > OLDEST_REPLAY_MS;
      if (isNobodys) {
        this.#strand(entry, 'author');
      } else if (isForeign || (isOld && entry.wasSent)) {
        this.#strand(entry, isForeign ? 'epoch' : 'age');
      }
    }
  }

  /** What was not done needs no undo. */
  #withdrawSteps(requestId: string): void {
    for (const step of stepsFor(this.#outbox.entries, requestId)) {
      this.#outbox.remove(step.requestId);
      this.withdrawn(step.requestId);
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

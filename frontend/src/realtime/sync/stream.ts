/** The changes as they arrive: into version order, and from there into the replica. */

import { onlyLooks, type Change, type Role, type ServerMessage } from '../protocol';
import type { Replica } from '../state/replica';
import { Sequence } from './sequence';
import type { Slices } from './slices';
import { scheduleKey } from '../state/state';

/** What the stream asks of those around it. */
export interface StreamHost {
  readonly role: Role | null;
  readonly isResuming: boolean;
  /** Asks the server for what is missing. */
  resume(): void;
  /** Something has arrived. */
  refresh(): void;
  /** A slice has to be read again. */
  askForMissing(): void;
  /** Changes are about to be taken in. */
  arrived(changes: readonly Change[]): void;
}

export class Stream {
  readonly sequence = new Sequence();
  readonly #replica: Replica;
  readonly #slices: Slices;
  readonly #host: StreamHost;

  constructor(replica: Replica, slices: Slices, host: StreamHost) {
    this.#replica = replica;
    this.#slices = slices;
    this.#host = host;
  }

  /** Starts over at a version: what is here does not continue it. */
  start(epoch: string, version: number): void {
    this.sequence.start(epoch, version);
    this.#replica.forgetVersions();
    this.#slices.expire();
  }

  /** Everything up to `version` has been sent. */
  settle(version: number): void {
    this.#replica.receive(this.sequence.settle(version));
  }

  /** Applies messages that were sent together, in order; those that are not changes (`isOther`) go to `pass` at their place. */
  takeMany(messages: readonly ServerMessage[], isOther: (type: string) => boolean, pass: (message: ServerMessage) => void) {
    const changes: Change[] = [];
    for (const message of messages) {
      if (message.version != null && !isOther(message.type)) {
        changes.push(message as Change);
      } else {
        this.take(changes.splice(0));
        pass(message);
      }
    }
    this.take(changes);
  }

  take(changes: readonly Change[]): void {
    if (changes.length === 0) {
      return;
    }
    const ready = this.sequence.offer(changes);
    if (this.sequence.isBehind && this.#isViewer && !this.#host.isResuming) {
      ready.push(...this.sequence.trust());
    }
    this.#host.arrived(ready);
    this.#replica.receive(ready);
    this.#republished(ready);
    this.#host.refresh();
    if (this.sequence.isBehind) {
      this.#host.resume();
    }
  }

  /**
   * A grid has a column for each day of its period: other days, another grid. Viewers see the published copy only: they are told
   * that there is another one, and read it.
   */
  #republished(changes: readonly Change[]): void {
    const redated = changes.filter(({ type }) => type === 'PERIOD_UPDATE') as Change<'PERIOD_UPDATE'>[];
    redated.forEach(({ payload }) => payload.scheduleId !== null && this.#slices.expire(scheduleKey(payload.scheduleId)));
    if (!this.#isViewer) {
      if (redated.length > 0) {
        this.#host.askForMissing();
      }
      return;
    }
    for (const { type, payload } of changes) {
      if (type === 'SCHEDULE_PUBLISH' || type === 'SCHEDULE_UNPUBLISH') {
        this.#slices.expire(scheduleKey(payload.scheduleId));
        // Who is on a month, and its days and shift types, are told to them as of publications too.
        this.#slices.expire('staff');
        this.#slices.expire('calendar');
      }
      // What was published keeps the symbol that it was published with.
      if ((type === 'SHIFT_TYPE_UPDATE' || type === 'SHIFT_TYPE_DELETE') && payload.moved !== undefined) {
        payload.moved.scheduleIds.forEach((id) => this.#slices.expire(scheduleKey(id)));
      }
    }
    this.#host.askForMissing();
  }

  get #isViewer(): boolean {
    return onlyLooks(this.#host.role);
  }
}

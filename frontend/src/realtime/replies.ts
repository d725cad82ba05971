/** What the server says to a request of ours: to the question that was asked, or to the change in the outbox. */

import type { Outbox, OutboxEntry } from './outbox';
import type { ErrorPayload, ServerMessage } from './protocol';
import { RequestError, Requests } from './requests';
import { Verdicts } from './verdicts';

const TRANSIENT = new Set(['unavailable', 'rate_limited']);

export interface RepliesHost {
  /** A change of ours has its answer. */
  answered(): void;
  /** A change of ours is done; it comes with the stream at `version`. */
  expect(version: number): void;
  /** The connection has to be made anew, after a pause. */
  restart(reason: string, pauseMs?: number): void;
}

export class Replies {
  readonly requests = new Requests();
  readonly verdicts: Verdicts;
  readonly #outbox: Outbox;
  readonly #host: RepliesHost;

  constructor(outbox: Outbox, host: RepliesHost) {
    this.verdicts = new Verdicts(outbox);
    this.#outbox = outbox;
    this.#host = host;
  }

  acknowledged(message: ServerMessage<'ACK'>): void {
    if (this.verdicts.acknowledged(message)) {
      this.#host.answered();
      this.#host.expect(message.payload.version);
    }
  }

  conflicted(message: ServerMessage<'CONFLICT'>): void {
    if (this.verdicts.conflicted(message)) {
      this.#host.answered();
    }
  }

  failed({ requestId = null, payload: error }: ServerMessage<'ERROR'>): void {
    const entry = requestId === null ? undefined : this.#outbox.find(requestId);
    if (entry !== undefined) {
      this.#entryFailed(entry, error);
    } else if (requestId === null || !this.requests.fail(requestId, RequestError.from(error))) {
      this.verdicts.notices.add({ kind: 'error', error });
    }
  }

  /** Nothing of what was asked will be answered over this connection. */
  disconnected(): void {
    this.#outbox.requeue();
    this.requests.failAll(new RequestError('offline', 'The connection to the server was lost.'));
  }

  #entryFailed(entry: OutboxEntry, error: ErrorPayload): void {
    if (TRANSIENT.has(error.code)) {
      // What was sent after it must not overtake it: all of it goes again, in order, over a new connection.
      const pause = error.retryAfterSeconds;
      this.#host.restart(error.code, pause === undefined ? undefined : pause * 1000);
    } else if (error.code === 'unauthenticated') {
      this.#outbox.requeueOne(entry.requestId);
    } else {
      this.verdicts.refused(entry, error);
      this.#host.answered();
    }
  }
}

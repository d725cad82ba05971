/** What the server says to a request of ours: to the question that was asked, or to the change in the outbox. */

import { bytesOf } from '../protocol/fitness';
import { envelopeOf, type Outbox, type OutboxEntry } from '../outbox/outbox';
import type { Refusal, ServerMessage } from '../protocol';
import { RequestError, Requests } from './requests';
import { Verdicts } from '../outbox/verdicts';

const TRANSIENT = new Set(['unavailable', 'rate_limited']);

export interface RepliesHost {
  /** A change of ours has its answer. */
  answered(): void;
  /** A change of ours is done; it comes with the stream at `version`. */
  expect(version: number): void;
  /** Reconnect, after a pause. */
  restart(reason: string, pauseMs?: number): void;
  /** The request in the frame of that number. */
  requestOf(frame: number): string | undefined;
  readonly clockOffset: number;
  readonly maxFrameBytes: number;
}

/** Errors about the connection or the moment, where they name no request. */
const ABOUT_NO_REQUEST: ReadonlySet<string> = new Set([...TRANSIENT, 'unauthenticated', 'forbidden']);

export class Replies {
  readonly requests = new Requests();
  readonly verdicts: Verdicts;
  readonly #outbox: Outbox;
  readonly #host: RepliesHost;

  constructor(outbox: Outbox, host: RepliesHost) {
    this.verdicts = new Verdicts(outbox, () => Date.now() + host.clockOffset);
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

  failed({ requestId: named = null, payload: error }: ServerMessage<'ERROR'>): void {
    const requestId = named ?? (error.frame === undefined ? null : (this.#host.requestOf(error.frame) ?? null));
    const entry = requestId === null ? undefined : this.#outbox.find(requestId);
    // A frame that is known was no edit: of where one is, or a heartbeat.
    const isUnnamed = requestId === null && error.frame === undefined && !ABOUT_NO_REQUEST.has(error.code);
    if (entry !== undefined) {
      this.#entryFailed(entry, error);
    } else if (isUnnamed && this.#outbox.underWay.length > 0) {
      this.#oneOfThemFailed(error);
    } else if (requestId === null || !this.requests.fail(requestId, RequestError.from(error))) {
      this.verdicts.notices.add({ kind: 'error', error });
    }
  }

  /** The server hung up on a frame that it cannot take. Which of them it was is found before the others go again. */
  hungUp(code: number): void {
    const underWay = this.#outbox.underWay;
    const tooLarge = underWay.filter((entry) => bytesOf(envelopeOf(entry)) > this.#host.maxFrameBytes);
    const error: Refusal =
      code === 1009
        ? { code: 'payload_too_large', message: 'The change is too large for the server.' }
        : { code: 'invalid_message', message: 'The server cannot read the change.' };
    const culprits = underWay.length === 1 ? underWay : code === 1009 ? tooLarge : [];
    if (culprits.length > 0) {
      culprits.forEach((entry) => this.verdicts.refused(entry, error));
    } else {
      this.#outbox.suspectUnderWay();
    }
  }

  #oneOfThemFailed(error: Refusal): void {
    const [only, ...others] = this.#outbox.underWay;
    if (only !== undefined && others.length === 0) {
      this.verdicts.refused(only, error);
      this.#host.answered();
      return;
    }
    this.#outbox.suspectUnderWay();
    this.#host.restart(error.code, 0);
  }

  /** Nothing of what was asked will be answered over this connection. */
  disconnected(): void {
    this.#outbox.requeue();
    this.requests.failAll(new RequestError('offline', 'The connection to the server was lost.'));
  }

  #entryFailed(entry: OutboxEntry, error: Refusal): void {
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

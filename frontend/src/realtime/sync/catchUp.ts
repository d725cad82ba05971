/** From a connection that has opened to a stream without a gap, by RESUME where there is something to go on from. */

import type { Unstamped } from '../outbox/outgoing';
import type { Stream } from './stream';

export interface CatchUpHost {
  /** False: not connected, nothing was sent. */
  send(message: Unstamped): boolean;
  /** The stream goes on from where it is: what waits may be sent, and what is missing asked for. */
  caughtUp(): void;
}

export class CatchUp {
  readonly #stream: Stream;
  readonly #host: CatchUpHost;
  #isReady = false;
  #isResuming = false;

  constructor(stream: Stream, host: CatchUpHost) {
    this.#stream = stream;
    this.#host = host;
  }

  /** Whether it is known whose session it is, and where the stream is. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether the server is about to send what this client has missed. */
  get isResuming(): boolean {
    return this.#isResuming;
  }

  /** There is a connection; `isResuming`: it has asked by itself for what was missed. */
  opened(isResuming: boolean): void {
    this.#isResuming = isResuming;
  }

  /** The stream begins anew, at this version. */
  start(epoch: string, version: number): void {
    this.#isResuming = false;
    this.#stream.start(epoch, version);
    this.#caughtUp();
  }

  /** Everything that was missed, up to this version, has been sent. */
  resumed(version: number): void {
    this.#isResuming = false;
    this.#stream.settle(version);
    this.#caughtUp();
  }

  /** The server says where it is: what it is ahead by has been lost on the way, and is asked for. */
  compare(epoch: string, version: number): void {
    const { sequence } = this.#stream;
    if (epoch !== sequence.epoch || version > sequence.version) this.resume();
  }

  /** Asks for everything since the version that is here. */
  resume(): void {
    const { since } = this.#stream.sequence;
    if (this.#isReady && !this.#isResuming && since !== null) {
      this.#isResuming = this.#host.send({ type: 'RESUME', payload: { since } });
    }
  }

  disconnected(): void {
    this.#isReady = false;
    this.#isResuming = false;
  }

  #caughtUp(): void {
    this.#isReady = true;
    this.#host.caughtUp();
  }
}

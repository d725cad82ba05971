/** Sends over the link that there is, and sees to it that what is sent is answered. */

import type { Link } from '../transport/link';
import { envelopeOf, type Outbox } from './outbox';
import type { ClientMessage } from '../protocol';
import { Timer } from '../transport/timer';

const ANSWER_TIMEOUT_MS = 20_000;

/** What a message is, before it is stamped with who sends it and when. */
export type Unstamped = Omit<ClientMessage, 'timestamp' | 'clientId'>;

export class Outgoing {
  link: Link | null = null;
  readonly #outbox: Outbox;
  readonly #clientId: () => string;
  /** An answer that does not come means a connection that is dead. */
  readonly #unanswered = new Timer(ANSWER_TIMEOUT_MS, () => this.link?.restart('no answer', 0));

  constructor(outbox: Outbox, clientId: () => string) {
    this.#outbox = outbox;
    this.#clientId = clientId;
  }

  /** False: not connected, nothing was sent. */
  send(message: Unstamped): boolean {
    const stamp = { timestamp: new Date().toISOString(), clientId: this.#clientId() };
    return this.link?.send({ ...message, ...stamp } as ClientMessage) ?? false;
  }

  /** Sends what waits in the outbox, as much as may be under way together. */
  flush(): void {
    for (const entry of this.#outbox.take()) {
      this.link?.send(envelopeOf(entry));
    }
  }

  /** Waits for answers as long as there are any to come. */
  watch(isAsking: boolean): void {
    const waits = isAsking || this.#outbox.entries.some(({ progress }) => progress.kind === 'sent');
    this.#unanswered[waits ? 'start' : 'stop']();
  }

  /** An answer has come: the connection lives. */
  answered(): void {
    this.#unanswered.stop();
  }
}

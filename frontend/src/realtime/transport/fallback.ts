/** The socket where it can be had, else REST; to the client it is one link. */

import type { Loss, TransportKind } from './connection';
import type { Link, LinkEvents } from './link';
import type { ClientMessage } from '../protocol';

type MakeLink = (events: LinkEvents) => Link;

/** After so many failed attempts in a row REST takes over, until the socket opens. */
const PATIENCE = 2;

export class FallbackLink implements Link {
  readonly #events: LinkEvents;
  readonly #socket: Link;
  readonly #rest: Link;
  /** Whether REST is tried, and whether it has been reached. */
  #isOnRest = false;
  #isRestOpen = false;
  #failures = 0;

  constructor(makeSocket: MakeLink, makeRest: MakeLink, events: LinkEvents) {
    this.#events = events;
    this.#socket = makeSocket(this.#socketEvents());
    this.#rest = makeRest(this.#restEvents());
  }

  get kind(): TransportKind {
    return this.#current.kind;
  }

  connect(): void {
    this.#socket.connect();
    if (this.#isOnRest) {
      this.#rest.connect();
    }
  }

  send(message: ClientMessage): boolean {
    return this.#current.send(message);
  }

  requestOf(frame: number): string | undefined {
    return this.#current.requestOf?.(frame);
  }

  restart(reason: string, pauseMs?: number): void {
    this.#current.restart(reason, pauseMs);
  }

  close(): void {
    this.#isOnRest = false;
    this.#isRestOpen = false;
    this.#failures = 0;
    this.#socket.close();
    this.#rest.close();
  }

  get #current(): Link {
    return this.#isOnRest ? this.#rest : this.#socket;
  }

  #socketEvents(): LinkEvents {
    return {
      identified: (userId) => this.#events.identified(userId),
      connecting: (attempt) => this.#unlessRestIsOpen(() => this.#events.connecting(attempt)),
      opened: () => {
        this.#failures = 0;
        this.#leaveRest();
        this.#events.opened();
      },
      received: (message) => this.#events.received(message),
      lost: (loss) => this.#socketLost(loss),
    };
  }

  #socketLost(loss: Loss): void {
    this.#failures += 1;
    if (loss.retryInMs === null) {
      this.#leaveRest();
      this.#events.lost(loss);
      return;
    }
    this.#unlessRestIsOpen(() => this.#events.lost(loss));
    if (this.#failures >= PATIENCE && !this.#isOnRest) {
      this.#isOnRest = true;
      this.#rest.connect();
    }
  }

  /** While nothing answers, the socket's attempts are what is told. */
  #restEvents(): LinkEvents {
    return {
      identified: (userId) => this.#events.identified(userId),
      connecting: () => undefined,
      opened: (start) => {
        this.#isRestOpen = true;
        this.#events.opened(start);
      },
      received: (message) => this.#events.received(message),
      lost: (loss) => {
        const wasOpen = this.#isRestOpen;
        this.#isRestOpen = false;
        if (wasOpen || loss.retryInMs === null) {
          this.#events.lost(loss);
        }
      },
    };
  }

  #unlessRestIsOpen(tell: () => void): void {
    if (!this.#isRestOpen) {
      tell();
    }
  }

  #leaveRest(): void {
    const wasOpen = this.#isRestOpen;
    this.#isOnRest = false;
    this.#isRestOpen = false;
    this.#rest.close();
    if (wasOpen) {
      this.#events.lost({ code: 1000, reason: 'the socket is back', retryInMs: 0, attempt: 0 });
    }
  }
}

import type { Link, LinkEvents } from './link';
import type { ClientMessage } from '../protocol';

/** For servers whose settings are to go over REST although there is a socket: what is told of them still comes by it. */
export class SettingsByRest implements Link {
  readonly kind = 'socket';
  readonly #socket: Link;
  readonly #rest: Link;

  constructor(socket: Link, makeRest: (events: LinkEvents) => Link, events: LinkEvents) {
    this.#socket = socket;
    this.#rest = makeRest({
      connecting: () => undefined,
      identified: (userId) => events.identified(userId),
      opened: () => undefined,
      received: (message) => events.received(message),
      lost: (loss) => {
        // What waits for an answer goes again, in its order, when the one connection that there is has been made anew.
        if (loss.retryInMs !== null) {
          socket.restart(loss.reason, loss.retryInMs);
        } else {
          socket.close();
          events.lost(loss);
        }
      },
    });
  }

  connect(): void {
    this.#socket.connect();
  }

  send(message: ClientMessage): boolean {
    return message.type.startsWith('SETTINGS_') ? this.#rest.send(message) : this.#socket.send(message);
  }

  requestOf(frame: number): string | undefined {
    return this.#socket.requestOf?.(frame);
  }

  restart(reason: string, pauseMs?: number): void {
    this.#socket.restart(reason, pauseMs);
  }

  close(): void {
    this.#rest.close();
    this.#socket.close();
  }
}

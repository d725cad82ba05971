import type { Link } from './link';
import type { ClientMessage } from '../protocol';
import type { RestLink } from './rest';

/** For servers whose settings are to go over REST although there is a socket: what is told of them still comes by it. */
export class SettingsByRest implements Link {
  readonly kind = 'socket';
  readonly #socket: Link;
  readonly #rest: RestLink;

  constructor(socket: Link, rest: RestLink) {
    this.#socket = socket;
    this.#rest = rest;
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

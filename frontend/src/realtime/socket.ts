/** The WebSocket: attempts with back-off, heartbeat, close codes. It knows no message but PING. */

import ReconnectingWebSocket from 'partysocket/ws';

import { backoffMs } from './backoff';
import { CloseCode } from './connection';
import type { Link, LinkEvents } from './link';
import { parseMessage, SUBPROTOCOL, type ClientMessage, type ServerMessage } from './protocol';

export interface SocketOptions {
  /** Asked anew for each attempt, since the place to resume from moves on. */
  url: () => string | Promise<string>;
  clientId: string;
  /** Where the platform has none (Node before 22). */
  WebSocket?: unknown;
  random?: () => number;
}

const DEFAULT_HEARTBEAT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that lasted less counts as another failed attempt. */
const STABLE_MS = 5000;

type Timer = ReturnType<typeof setTimeout>;

export class SocketLink implements Link {
  readonly kind = 'socket';
  readonly #options: SocketOptions;
  readonly #events: LinkEvents;
  readonly #socket: ReconnectingWebSocket;
  #attempt = 0;
  #openedAt: number | null = null;
  #isUp = false;
  #isTrying = false;
  #heartbeatMs = DEFAULT_HEARTBEAT_MS;
  #retry: Timer | undefined;
  #beat: Timer | undefined;
  #silence: Timer | undefined;

  constructor(options: SocketOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
    this.#socket = this.#makeSocket();
  }

  connect(): void {
    if (this.#isUp) {
      this.#ping();
    }
    if (this.#isUp || this.#isTrying) {
      return;
    }
    clearTimeout(this.#retry);
    this.#isTrying = true;
    this.#attempt += 1;
    this.#events.connecting(this.#attempt);
    this.#socket.reconnect();
  }

  send(message: ClientMessage): boolean {
    return this.#isUp && this.#socket.send(JSON.stringify(message));
  }

  restart(reason: string, pauseMs?: number): void {
    if (this.#isUp || this.#isTrying) {
      this.#end(4000, reason, pauseMs);
    }
  }

  close(): void {
    this.#stopTimers();
    clearTimeout(this.#retry);
    this.#isUp = false;
    this.#isTrying = false;
    this.#attempt = 0;
    this.#socket.close();
  }

  #makeSocket(): ReconnectingWebSocket {
    const { url, WebSocket } = this.#options;
    const socket = new ReconnectingWebSocket(async () => url(), [SUBPROTOCOL], {
      startClosed: true,
      maxEnqueuedMessages: 0,
      // The next attempt is ours to time: a full jitter, and the time is told.
      maxRetries: 0,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      ...(WebSocket === undefined ? {} : { WebSocket }),
    });
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', ({ data }) => this.#received(String(data)));
    socket.addEventListener('close', ({ code, reason }) => this.#lost(code, reason));
    socket.addEventListener('error', ({ message }) => this.#lost(1006, message));
    return socket;
  }

  #opened(): void {
    this.#isUp = true;
    this.#isTrying = false;
    this.#openedAt = Date.now();
    this.#scheduleBeat();
    this.#events.opened();
  }

  #received(text: string): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
    const message = parseMessage(text);
    if (message === null) {
      return;
    }
    if (message.type === 'CONNECTION_ACK') {
      this.#heartbeatMs = (message.payload.heartbeatSeconds || DEFAULT_HEARTBEAT_MS / 1000) * 1000;
      this.#scheduleBeat();
    }
    this.#events.received(message satisfies ServerMessage);
  }

  #scheduleBeat(): void {
    clearTimeout(this.#beat);
    this.#beat = setTimeout(() => {
      this.#ping();
      this.#scheduleBeat();
    }, this.#heartbeatMs);
  }

  #ping(): void {
    const { clientId } = this.#options;
    const timestamp = new Date().toISOString();
    this.send({ type: 'PING', payload: { timestamp }, timestamp, clientId });
    this.#silence ??= setTimeout(() => this.restart('no heartbeat', 0), this.#heartbeatMs / 3);
  }

  /** Ends an attempt or a connection from this side; the socket's own events of it come too late to count. */
  #end(code: number, reason: string, pauseMs?: number): void {
    const wasLost = this.#lost(code, reason, pauseMs);
    if (wasLost) {
      this.#socket.close();
    }
  }

  #lost(code: number, reason: string, pauseMs?: number): boolean {
    if (!this.#isUp && !this.#isTrying) {
      return false;
    }
    this.#stopTimers();
    const wasStable = this.#openedAt !== null && Date.now() - this.#openedAt >= STABLE_MS;
    this.#attempt = wasStable ? 0 : this.#attempt;
    this.#isUp = false;
    this.#isTrying = false;
    this.#openedAt = null;
    const retryInMs = this.#retryIn(code, pauseMs);
    this.#events.lost({ code, reason, retryInMs, attempt: this.#attempt });
    if (retryInMs !== null) {
      this.#retry = setTimeout(() => this.connect(), retryInMs);
    }
    return true;
  }

  #retryIn(code: number, pauseMs: number | undefined): number | null {
    if (code === CloseCode.signedOut || code === CloseCode.forbidden) {
      return null;
    }
    if (pauseMs !== undefined) {
      return pauseMs;
    }
    const random = this.#options.random ?? Math.random;
    return code === CloseCode.noHeartbeat ? 0 : backoffMs(this.#attempt + 1, { random });
  }

  #stopTimers(): void {
    clearTimeout(this.#beat);
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }
}

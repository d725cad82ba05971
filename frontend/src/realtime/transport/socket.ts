/** The WebSocket: attempts with back-off, heartbeat, close codes. It knows no message but PING. */

import ReconnectingWebSocket from 'partysocket/ws';

import { backoffMs } from './backoff';
import { CloseCode, isFinal } from './connection';
import type { Link, LinkEvents } from './link';
import { parseMessage, SUBPROTOCOL, type ClientMessage, type ServerMessage } from '../protocol';

export interface SocketOptions {
  /** Asked anew for each attempt, since the place to resume from moves on. */
  url: () => string | Promise<string>;
  readonly clientId: () => string;
  /** Where the platform has none (Node before 22). */
  WebSocket?: unknown;
  random?: () => number;
  /** Whether the page is in the background, where the browser slows its timers. */
  isHidden?: () => boolean;
}

const DEFAULT_HEARTBEAT_MS = 30_000;
/** In the background a timer may fire once a minute only: the server is told to be patient for so long. */
const HIDDEN_PAUSE_SECONDS = 150;
/** So many frames are remembered by their numbers: more are never under way. */
const REMEMBERED_FRAMES = 512;
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
  #frames = 0;
  readonly #sent = new Map<number, string>();

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
    if (!this.#isUp || !this.#socket.send(JSON.stringify(message))) {
      return false;
    }
    this.#frames += 1;
    if (message.requestId !== undefined) {
      this.#sent.set(this.#frames, message.requestId);
      this.#sent.delete(this.#frames - REMEMBERED_FRAMES);
    }
    return true;
  }

  requestOf(frame: number): string | undefined {
    return this.#sent.get(frame);
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
    this.#frames = 0;
    this.#sent.clear();
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
    const patience = this.#isHidden() ? { pauseSeconds: HIDDEN_PAUSE_SECONDS } : {};
    this.send({ type: 'PING', payload: { timestamp, ...patience }, timestamp, clientId: clientId() });
    this.#silence ??= setTimeout(() => this.restart('no heartbeat', 0), this.#heartbeatMs / 3);
  }

  #isHidden(): boolean {
    const { isHidden } = this.#options;
    return isHidden?.() ?? (typeof document !== 'undefined' && document.visibilityState === 'hidden');
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
    if (isFinal(code)) {
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

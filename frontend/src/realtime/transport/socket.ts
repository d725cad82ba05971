/** The WebSocket: attempts with back-off, heartbeat, close codes. It knows no message but PING. */

import { backoffMs } from './backoff';
import { CloseCode, isFinal } from './connection';
import type { Link, LinkEvents } from './link';
import { parseMessage, SUBPROTOCOL, type ClientMessage, type ServerMessage } from '../protocol';

export interface SocketOptions {
  /** Called for each attempt, since the position to resume from advances. */
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
/** `WebSocket.OPEN`, which is not there where the platform has none. */
const OPEN = 1;
/** A connection that lasted less counts as another failed attempt. */
const STABLE_MS = 5000;

type Timer = ReturnType<typeof setTimeout>;

export class SocketLink implements Link {
  readonly kind = 'socket';
  readonly #options: SocketOptions;
  readonly #events: LinkEvents;
  /** The connection, or the attempt at one. Events of any other come too late to count. */
  #socket: WebSocket | null = null;
  /** Another with each attempt: what is answered to an earlier one comes too late. */
  #life: object | null = null;
  #attempt = 0;
  #openedAt: number | null = null;
  #isUp = false;
  #isTrying = false;
  #heartbeatMs = DEFAULT_HEARTBEAT_MS;
  #retry: Timer | undefined;
  #timeout: Timer | undefined;
  #beat: Timer | undefined;
  #silence: Timer | undefined;
  #frames = 0;
  readonly #sent = new Map<number, string>();

  constructor(options: SocketOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
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
    void this.#try();
  }

  send(message: ClientMessage): boolean {
    if (!this.#isUp || this.#socket?.readyState !== OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(message));
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
      this.#lost(4000, reason, pauseMs);
    }
  }

  close(): void {
    this.#stopTimers();
    clearTimeout(this.#retry);
    this.#isUp = false;
    this.#isTrying = false;
    this.#attempt = 0;
    this.#drop();
  }

  async #try(): Promise<void> {
    const life = {};
    this.#life = life;
    this.#timeout = setTimeout(() => this.#lost(4000, 'no answer'), CONNECT_TIMEOUT_MS);
    try {
      const url = await this.#options.url();
      if (this.#life === life) {
        this.#open(url);
      }
    } catch (error) {
      if (this.#life === life) {
        this.#lost(1006, String(error));
      }
    }
  }

  #open(url: string): void {
    const Socket = (this.#options.WebSocket ?? WebSocket) as typeof WebSocket;
    const socket = new Socket(url, [SUBPROTOCOL]);
    this.#socket = socket;
    const own = <Told>(take: (told: Told) => void) => (told: Told) => {
      if (this.#socket === socket) take(told);
    };
    socket.addEventListener('open', own(() => this.#opened()));
    socket.addEventListener('message', own(({ data }: MessageEvent) => this.#received(String(data))));
    // What follows is a `close`; where nobody listens, Node's own kind of socket throws the error instead.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', own(({ code, reason }: CloseEvent) => this.#lost(code, reason)));
  }

  /** Lets go of the connection or the attempt. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#life = null;
    socket?.close();
  }

  #opened(): void {
    clearTimeout(this.#timeout);
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

  /** Ends an attempt or a connection, whichever side has ended it. */
  #lost(code: number, reason: string, pauseMs?: number): void {
    if (!this.#isUp && !this.#isTrying) {
      return;
    }
    this.#stopTimers();
    this.#drop();
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
    clearTimeout(this.#timeout);
    clearTimeout(this.#beat);
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }
}

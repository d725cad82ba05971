/** WebSockets to a {@link FakeServer} over a network that misbehaves as it is told. For tests. */

import type { ClientMessage } from '../protocol';
import type { FakeServer } from './fakeServer';
import type { Peer, Wire } from './fakeWire';

export interface Faults {
  random: () => number;
  /** Milliseconds that a frame takes, at most. */
  latency: number;
  /**
   * Chance that a frame from the server is lost, arrives twice, or late by up to a second, after its successors. What
   * begins a connection or answers a resume stays whole and in order: it is what everything else is checked against.
   */
  lose: number;
  repeat: number;
  reorder: number;
  /** Milliseconds by which a message from the server comes later than those after it. */
  delay: (message: Wire) => number;
  /** Chance that sending a frame breaks the connection instead, in either direction. */
  cut: number;
  /** Whether nothing gets through. */
  isDown: boolean;
}

export const NO_FAULTS: Faults = {
  random: () => 0.5,
  latency: 1,
  lose: 0,
  repeat: 0,
  reorder: 0,
  delay: () => 0,
  cut: 0,
  isDown: false,
};

export class FakeNetwork {
  faults: Faults = { ...NO_FAULTS };
  readonly sockets = new Set<FakeSocket>();
  /** The messages that arrived at the server, oldest first. */
  readonly received: ClientMessage[] = [];
  readonly urls: string[] = [];
  readonly server: FakeServer;

  constructor(server: FakeServer) {
    this.server = server;
  }

  /** The class to give to a client. */
  get WebSocket() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the class below has a `this` of its own
    const network = this;
    return class extends FakeSocket {
      constructor(url: string) {
        super(network, url);
      }
    };
  }

  chance(probability: number): boolean {
    return probability > 0 && this.faults.random() < probability;
  }

  /** Breaks every connection, as a pulled cable does. */
  cut(): void {
    this.sockets.forEach((socket) => socket.broken());
  }
}

type Listener = (event: Event) => void;

const TRUSTED = new Set(['CONNECTION_ACK', 'BATCH', 'RESUMED', 'RESYNC_REQUIRED']);

class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState = 0;
  binaryType = 'blob';
  readonly url: string;
  readonly #network: FakeNetwork;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #peer: Peer;
  #clock = { toServer: 0, toClient: 0 };

  constructor(network: FakeNetwork, url: string) {
    this.url = url;
    this.#network = network;
    network.sockets.add(this);
    network.urls.push(url);
    const clientId = new URL(url).searchParams.get('client') ?? '';
    this.#peer = { clientId, send: (message) => this.#deliver(message), close: (code, reason) => this.ended(code, reason) };
    setTimeout(() => this.#open(), network.faults.latency);
  }

  addEventListener(type: string, listener: Listener): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  send(text: string): void {
    if (this.readyState !== 1) {
      return;
    }
    if (this.#network.chance(this.#network.faults.cut)) {
      this.broken();
      return;
    }
    this.#inOrder('toServer', () => this.#arrive(JSON.parse(text) as ClientMessage));
  }

  close(code = 1000, reason = ''): void {
    this.ended(code, reason);
  }

  /** The connection is gone without a word. */
  broken(): void {
    this.ended(1006, '');
  }

  ended(code: number, reason: string): void {
    if (this.readyState === 3) {
      return;
    }
    this.readyState = 3;
    this.#network.server.leave(this.#peer);
    this.#network.sockets.delete(this);
    const event = Object.assign(new Event('close'), { code, reason, wasClean: code !== 1006 });
    setTimeout(() => this.#emit('close', event), 0);
  }

  #open(): void {
    if (this.readyState !== 0) {
      return;
    }
    if (this.#network.faults.isDown) {
      this.broken();
      return;
    }
    this.readyState = 1;
    this.#emit('open', new Event('open'));
    this.#network.server.accept(this.#peer, new URL(this.url).searchParams.get('since'));
  }

  #arrive(message: ClientMessage): void {
    if (this.readyState !== 1) {
      return;
    }
    this.#network.received.push(message);
    try {
      this.#network.server.receive(this.#peer, message);
    } catch {
      // A crash: nothing of it is told, and everybody is cut off.
      this.#network.server.forgetUnpublished();
      this.#network.cut();
    }
  }

  #deliver(message: Wire): void {
    const { faults } = this.#network;
    if (this.readyState !== 1) {
      return;
    }
    if (this.#network.chance(faults.cut)) {
      this.broken();
      return;
    }
    const text = JSON.stringify(message);
    const tell = () => this.#tell(text);
    if (TRUSTED.has(message.type)) {
      this.#inOrder('toClient', tell);
      return;
    }
    const copies = this.#network.chance(faults.lose) ? 0 : this.#network.chance(faults.repeat) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const late = this.#network.chance(faults.reorder) ? faults.random() * 1000 : faults.delay(message);
      if (late > 0) {
        setTimeout(tell, late);
      } else {
        this.#inOrder('toClient', tell);
      }
    }
  }

  #tell(text: string): void {
    if (this.readyState === 1) {
      this.#emit('message', new MessageEvent('message', { data: text }));
    }
  }

  /** Runs `task` after the latency, and after what went the same way before. */
  #inOrder(direction: 'toServer' | 'toClient', task: () => void): void {
    const { latency, random } = this.#network.faults;
    const due = Math.max(this.#clock[direction], Date.now() + random() * latency);
    this.#clock[direction] = due;
    setTimeout(task, due - Date.now());
  }

  #emit(type: string, event: Event): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      listener(event);
    }
  }
}

/** A server, its network and clients of it, under a clock that the test moves. */

import { vi } from 'vitest';

// What the client loads later is there at once: nothing here waits for a network.
import '../outbox/ownRows';
import '../outbox/ownWrites';
import { openClient, type ClientOptions, type ShiftSyncClient, type Submitted } from '../client';
import type { ClientConfig } from '../transport/config';
import type { Release, TabLocks } from '../storage/tabs';
import { scheduleKey, valueAt } from '../state/state';
import { FakeNetwork } from './fakeNetwork';
import { FakeServer } from './fakeServer';
import { RESTAURANT, SCHEDULE } from './fakeWire';

/** Locks like those of a browser: given back when their tab ends. */
class FakeLocks implements TabLocks {
  readonly #held = new Set<string>();

  claim(name: string): Promise<Release | null> {
    if (this.#held.has(name)) {
      return Promise.resolve(null);
    }
    this.#held.add(name);
    return Promise.resolve(() => void this.#held.delete(name));
  }
}

export function memoryStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return { getItem: (name) => items.get(name) ?? null, setItem: (name, value) => void items.set(name, value) };
}

/** Node's, which the fake clock leaves alone and jsdom's types do not know. */
declare function setImmediate(run: () => void): void;

/** The socket with REST behind it. */
export const SOCKET: ClientConfig = {
  socketUrl: 'ws://server/staff-sync',
  settingsBySocket: true,
  apiUrl: 'http://server/api/',
  restaurantId: RESTAURANT,
  userId: 'user',
  token: null,
};
/** REST alone. */
export const REST_ONLY: ClientConfig = { ...SOCKET, socketUrl: null };
/** The settings over REST, everything else by the socket. */
export const SETTINGS_BY_REST: ClientConfig = { ...SOCKET, settingsBySocket: false };

let databases = 0;

export class World {
  readonly server = new FakeServer();
  readonly network = new FakeNetwork(this.server);
  readonly locks = new FakeLocks();
  /** One browser: its tabs share a database. */
  readonly databaseName = `world-${(databases += 1)}`;
  readonly clients: ShiftSyncClient[] = [];

  /** A tab that has opened the page and looks at the schedule. */
  async open(options: Partial<ClientOptions> = {}): Promise<ShiftSyncClient> {
    const opening = openClient({
      config: SOCKET,
      WebSocket: this.network.WebSocket,
      fetch: () => Promise.reject(new TypeError('no REST here')),
      locks: this.locks,
      session: memoryStorage(),
      databaseName: this.databaseName,
      ...options,
    });
    await this.run(50);
    const client = await opening;
    client.follow('staff');
    client.follow(scheduleKey(SCHEDULE));
    client.start();
    this.clients.push(client);
    return client;
  }

  /** Lets time pass, and the browser's store do its work in it. */
  async run(ms: number, step = 25): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      await vi.advanceTimersByTimeAsync(Math.min(step, ms - passed));
      await turns();
    }
  }

  /** The tab ends as tabs do: nothing more is said, and its lock is given back. */
  async kill(client: ShiftSyncClient): Promise<void> {
    this.clients.splice(this.clients.indexOf(client), 1);
    const closing = client.close();
    await this.run(50);
    await closing;
  }

  async end(): Promise<void> {
    const closing = Promise.all(this.clients.map((client) => client.close()));
    await this.run(100);
    await closing;
  }
}

/** A few rounds of the real event loop, in which the fake IndexedDB works. */
async function turns(count = 6): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

export const DAY = '2025-08-24';

/** Sets one cell of the schedule. */
export function edit(client: ShiftSyncClient, shiftValue: string, staffId = 's1', dateKey = DAY): Submitted {
  return client.change({ type: 'SHIFT_UPDATE', payload: { scheduleId: SCHEDULE, staffId, dateKey, shiftValue } });
}

/** What a client shows in one cell; null if it knows no schedule. */
export function shown(client: ShiftSyncClient, staffId = 's1', dateKey = DAY): string | null {
  const schedule = client.view.getState().schedules.get(SCHEDULE);
  return schedule === undefined ? null : valueAt(schedule, staffId, dateKey);
}

export function useFakeClock(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
    now: new Date('2025-08-24T09:00:00Z'),
  });
}

/** The chances that the client itself takes, the pause before it connects again say, follow from `seed`: a run repeats. */
export function useSeededChance(seed: number): void {
  vi.spyOn(Math, 'random').mockImplementation(seeded(seed * 7919));
}

/** A generator of numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Whatever happens to a browser and the people at it, every edit takes effect once and under its author, or is shown to its author
 * as not applied: offline, reloads, somebody else signing in, a clock that jumps, refused and lost answers, two tabs, a server that crashes after it
 * has written, sockets that cannot be had, and whoever answers REST in the server's place or swallows it.
 */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { ShiftSyncClient } from '../client';
import type { StaffMember } from '../protocol';
import type { ChangeRequest } from '../state/predictions';
import { isHeld } from './outbox';
import { NO_FAULTS } from '../testing/fakeNetwork';
import { fakeRest, type FakeRest } from '../testing/fakeRest';
import { Refusal } from '../testing/fakeWire';
import { edit, memoryStorage, seeded, SOCKET, useFakeClock, useSeededChance, World } from '../testing/world';

/** Node's. */
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

/** So many runs; more of them on demand: `OUTBOX_SEEDS=2000 npx vitest run outbox.fuzz`; `OUTBOX_FIRST=111 OUTBOX_SEEDS=1` is one of them. */
const FIRST = Number(process.env['OUTBOX_FIRST'] ?? 1);
const SEEDS = Array.from({ length: Number(process.env['OUTBOX_SEEDS'] ?? 12) }, (_, index) => FIRST + index);
const STEPS = 45;
const USERS = ['manager', 'owner'];
const STAFF = ['s1', 's2', 's3'];
/** People who are renamed, put into another order and deleted; their cells are nobody's. */
const PEOPLE = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const DAY_MS = 86_400_000;

beforeEach(() => useFakeClock());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

class Tab {
  readonly session = memoryStorage();
  client: ShiftSyncClient | null = null;
}

class Browser {
  readonly world = new World();
  readonly rest: FakeRest = fakeRest(this.world.server);
  readonly random: () => number;
  /** By request id: who typed it. */
  readonly typed = new Map<string, string>();
  readonly toldAsRefused = new Set<string>();
  readonly #tabs = [new Tab(), new Tab()];
  #count = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    const { network, server } = this.world;
    network.faults = { ...NO_FAULTS, random: this.random, latency: 60, lose: 0.05, repeat: 0.1, cut: 0.03 };
    server.userId = 'manager';
    PEOPLE.forEach((id, index) => server.staff.set(id, { id, name: id, staffOrder: index + 1, isActive: true } as StaffMember));
    // The same request is refused whenever it comes, as the server remembers it.
    server.refuse = ({ requestId = '' }) => (requestId.startsWith('0') ? new Refusal('version_locked') : null);
  }

  async begin(): Promise<void> {
    for (const tab of this.#tabs) await this.#open(tab);
  }

  async step(): Promise<void> {
    const { network, server } = this.world;
    const dice = this.random();
    const tab = this.#pick(this.#tabs);
    if (dice < 0.36) this.#edit(tab);
    else if (dice < 0.5) this.#change(tab);
    else if (dice < 0.6) network.cut();
    else if (dice < 0.68) network.faults.isDown = !network.faults.isDown;
    else if (dice < 0.74) this.#disturbRest();
    else if (dice < 0.76) this.#crash();
    else if (dice < 0.82) await this.#reload(tab);
    else if (dice < 0.9) server.userId = this.#pick(USERS);
    else if (dice < 0.94) server.closeAll(4401);
    else vi.setSystemTime(Date.now() + (this.random() - 0.5) * 10 * DAY_MS);
    await this.world.run(this.random() * 1500, 50);
  }

  /** The network is whole again, and everybody signs in once more. */
  async end(): Promise<void> {
    const { network, server } = this.world;
    network.faults = { ...NO_FAULTS };
    Object.assign(this.rest, { isDown: false, isSilent: false, loseAnswers: 0, proxy: null });
    for (const userId of USERS) {
      server.userId = userId;
      for (const tab of this.#tabs) await this.#reload(tab);
      await this.world.run(45_000, 100);
      this.#note();
    }
  }

  /** REST, which stands behind the socket, is down, answers badly, or is whole again. */
  #disturbRest(): void {
    const { rest } = this;
    const page = () => new Response('<html>sign in</html>', { status: this.#pick([200, 403, 404, 500, 502]) });
    rest.isDown = this.random() < 0.2;
    rest.isSilent = this.random() < 0.15;
    rest.loseAnswers = this.random() < 0.4 ? 2 : 0;
    rest.proxy = this.random() < 0.25 ? page : null;
  }

  /** The next write is done, and nobody is told. */
  #crash(): void {
    const { server } = this.world;
    server.afterCommit = () => {
      server.afterCommit = () => undefined;
      throw new Error('The server has crashed.');
    };
  }

  #edit({ client }: Tab): void {
    if (client === null) return;
    this.#count += 1;
    const { requestId } = edit(client, String(this.#count), this.#pick(STAFF));
    this.typed.set(requestId, client.userId ?? '');
  }

  #change({ client }: Tab): void {
    if (client === null) return;
    this.#count += 1;
    const staffId = this.#pick(PEOPLE);
    const request = this.#pick<ChangeRequest>([
      { type: 'STAFF_UPDATE', payload: { staffId, changes: { name: String(this.#count) } } },
      { type: 'STAFF_UPDATE', payload: { staffId, changes: { name: String(this.#count) } } },
      { type: 'STAFF_REORDER', payload: { staffIds: [staffId, this.#pick(PEOPLE)] } },
      { type: 'STAFF_DELETE', payload: { staffId } },
    ]);
    this.typed.set(client.change(request).requestId, client.userId ?? '');
  }

  async #reload(tab: Tab): Promise<void> {
    if (tab.client !== null) {
      await this.world.run(100);
      this.#note();
      await this.world.kill(tab.client);
    }
    await this.#open(tab);
  }

  async #open(tab: Tab): Promise<void> {
    tab.client = await this.world.open({ session: tab.session, fetch: this.rest.fetch, config: { ...SOCKET, userId: this.world.server.userId } });
  }

  #note(): void {
    for (const { client } of this.#tabs) {
      for (const notice of client?.notices.getState() ?? []) {
        if (notice.kind === 'refused') this.toldAsRefused.add(notice.entry.requestId);
      }
      for (const entry of client?.outbox.getState() ?? []) {
        if (isHeld(entry)) this.toldAsRefused.add(entry.requestId);
      }
    }
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }
}

it.each(SEEDS)('every edit is applied once under its author or shown as not applied (seed %i)', async (seed) => {
  useSeededChance(seed);
  const browser = new Browser(seed);
  const { server } = browser.world;
  await browser.begin();
  for (let step = 0; step < STEPS; step += 1) await browser.step();
  await browser.end();
  await browser.world.end();
  expect(browser.typed.size).toBeGreaterThan(3);
  for (const [requestId, userId] of browser.typed) {
    const times = server.applied.get(requestId) ?? 0;
    const fate = { requestId, times, author: server.authors.get(requestId), wasTold: browser.toldAsRefused.has(requestId) };
    if (fate.wasTold) expect(fate).toMatchObject({ times: 0 });
    else expect(fate).toMatchObject({ times: 1, author: userId });
  }
}, 60_000);

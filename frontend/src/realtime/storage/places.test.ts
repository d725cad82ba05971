// @vitest-environment jsdom
/** Where a page may have to work: browsers that refuse, forget, or never answer. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openDatabase } from './database';
import { browserLocks, channelLocks, claimIdentity, firstWorking, freeForAll, type TabChannel, type TabLocks } from './tabs';
import { world } from '../testing/inAWorld';
import { DAY, edit, memoryStorage } from '../testing/world';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Tabs of one browser: what one of them says, all others hear. */
class Air {
  readonly #channels: Channel[] = [];

  channel(): Channel {
    const channel = new Channel((word, from) => {
      for (const other of this.#channels) {
        if (other !== from) setTimeout(() => other.onmessage?.({ data: word }), 1);
      }
    });
    this.#channels.push(channel);
    return channel;
  }
}

class Channel implements TabChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly #say: (word: unknown, from: Channel) => void;

  constructor(say: (word: unknown, from: Channel) => void) {
    this.#say = say;
  }

  postMessage(word: unknown): void {
    this.#say(word, this);
  }
}

async function settled<T>(promise: Promise<T>, ms = 2500): Promise<T> {
  const [, value] = await Promise.all([world.run(ms, 50), promise]);
  return value;
}

describe('the browser’s store', () => {
  it.each([
    ['never answers', () => new EventTarget() as IDBOpenDBRequest],
    ['throws', () => { throw new DOMException('no', 'SecurityError'); }],
  ])('%s__the_page_opens_works_and_says_that_nothing_is_kept', async (_, open) => {
    vi.spyOn(indexedDB, 'open').mockImplementation(open);
    const opening = world.open({ databaseName: 'silent' });
    const client = await settled(opening, 5000);
    expect(client.keeps.getState()).toBe(false);
    await world.run(500);
    edit(client, '×');
    await world.run(3000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });

  it('that_is_full__sends_edits_all_the_same_and_says_that_they_are_not_safe', async () => {
    const client = await world.open();
    await world.run(500);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    world.network.faults.isDown = true;
    world.network.cut();
    edit(client, '×');
    await world.run(500);
    expect(client.outbox.getState()).toMatchObject([{ isDurable: false, progress: { kind: 'queued' } }]);
    expect(client.keeps.getState()).toBe(false);
    world.network.faults.isDown = false;
    await world.run(60_000, 100);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
    vi.restoreAllMocks();
    edit(client, '○');
    await world.run(1000);
    expect(client.keeps.getState()).toBe(true);
  });

  it('that_can_only_be_read__says_once_and_before_anything_is_typed_that_nothing_is_kept', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('read only', 'ReadOnlyError');
    });
    const client = await world.open();
    await world.run(500);
    expect(client.connection.getState().state).toBe('live');
    expect(client.keeps.getState()).toBe(false);
  });

  it('that_says_nothing_of_what_waits_when_the_page_opens__is_asked_again', async () => {
    world.network.faults.isDown = true;
    const session = memoryStorage();
    const before = await world.open({ session });
    const { requestId } = edit(before, '×');
    await world.run(500);
    await world.kill(before);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
    const ask = IDBIndex.prototype.getAll;
    const silence = vi.spyOn(IDBIndex.prototype, 'getAll').mockImplementation(function (this: IDBIndex) {
      // Nobody ever hears what it answers.
      return Object.assign(ask.call(this), { addEventListener: () => undefined });
    });
    const client = await settled(world.open({ session }), 8000);
    silence.mockRestore();
    expect(client.outbox.getState()).toEqual([]);
    world.network.faults.isDown = false;
    await world.run(60_000, 100);
    expect(world.server.applied.get(requestId)).toBe(1);
  });

  it('that_opens_late__is_closed_again', async () => {
    const slow = openDatabase('slow-store');
    expect(await settled(slow)).not.toBe(null);
  });
});

describe('a session storage', () => {
  const throwing = {
    getItem: () => { throw new DOMException('no', 'SecurityError'); },
    setItem: () => { throw new DOMException('no', 'QuotaExceededError'); },
  };

  it('that_throws__gives_the_tab_an_id_all_the_same', async () => {
    const identity = await claimIdentity('scope', freeForAll, throwing);
    expect(identity.clientId).toMatch(/^[0-9a-f-]{36}$/);
    identity.rename('other');
    expect(identity.clientId).toBe('other');
  });
});

describe('locks', () => {
  const refusing: TabLocks = { claim: () => Promise.reject(new DOMException('no', 'SecurityError')) };
  const silent: TabLocks = { claim: () => new Promise(() => undefined) };

  it.each([
    ['refuse', refusing],
    ['never settle', silent],
  ])('that %s__are_done_without', async (_, broken) => {
    const locks = firstWorking(broken, channelLocks(new Air().channel()));
    const client = await settled(world.open({ locks }), 4000);
    await world.run(1000);
    expect(client.connection.getState().state).toBe('live');
  });
});

it('locks_that_may_not_even_be_looked_at__are_done_without', () => {
  vi.stubGlobal('navigator', {
    get locks() {
      throw new DOMException('no', 'SecurityError');
    },
  });
  expect(browserLocks).not.toThrow();
  vi.unstubAllGlobals();
});

describe('tabs of which only some have Web Locks', () => {
  const silent: TabLocks = { claim: () => new Promise(() => undefined) };
  const tabOf = (air: Air, first: TabLocks) => firstWorking(first, channelLocks(air.channel()));

  it.each([
    ['with', 'without', true],
    ['without', 'with', false],
  ])('one %s them, its copy %s__have_ids_and_outboxes_of_their_own', async (_, __, hasFirst) => {
    const air = new Air();
    const [one, other] = hasFirst ? [world.locks, silent] : [silent, world.locks];
    world.network.faults.isDown = true;
    const session = memoryStorage();
    const living = await settled(world.open({ session, locks: tabOf(air, one) }), 4000);
    edit(living, '×');
    await world.run(500);
    const copy = await settled(world.open({ session: hasFirst ? session : memoryStorage(), locks: tabOf(air, other) }), 4000);
    expect(copy.clientId).not.toBe(living.clientId);
    expect(copy.outbox.getState()).toEqual([]);
  });
});

describe('tabs without Web Locks', () => {
  let air: Air;
  const tab = () => channelLocks(air.channel());

  beforeEach(() => {
    air = new Air();
  });

  it('a_copied_tab__has_an_id_of_its_own', async () => {
    const session = memoryStorage();
    const one = await settled(world.open({ session, locks: tab() }));
    const copy = await settled(world.open({ session, locks: tab() }));
    expect(copy.clientId).not.toBe(one.clientId);
  });

  it('two_that_ask_at_once__one_gets_the_name', async () => {
    const [one, other] = await settled(Promise.all([tab().claim('x'), tab().claim('x')]));
    expect([one, other].filter((release) => release !== null)).toHaveLength(1);
  });

  it('a_reloaded_tab__is_the_same_client', async () => {
    const session = memoryStorage();
    const client = await settled(world.open({ session, locks: tab() }));
    const { clientId } = client;
    await world.kill(client);
    expect((await settled(world.open({ session, locks: tab() }))).clientId).toBe(clientId);
  });

  it('a_living_tab__keeps_its_outbox', async () => {
    world.network.faults.isDown = true;
    const one = await settled(world.open({ locks: tab() }));
    edit(one, '×');
    await world.run(100);
    const other = await settled(world.open({ locks: tab() }));
    expect(other.outbox.getState()).toEqual([]);
    await world.kill(one);
    const heir = await settled(world.open({ locks: tab() }));
    expect(heir.outbox.getState()).toHaveLength(1);
  });
});

describe('a page in the background', () => {
  it('tells_the_server_to_be_patient', async () => {
    await world.open();
    await world.run(500);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await world.run(61_000, 500);
    const pings = world.network.received.filter(({ type }) => type === 'PING');
    expect(pings.at(-1)?.payload).toMatchObject({ pauseSeconds: expect.any(Number) as number });
  });
});

describe('other windows of the same user', () => {
  it('are_no_colleagues', async () => {
    const client = await world.open();
    await world.run(500);
    const entry = (clientId: string, userId: string) => ({ clientId, userId, name: userId, scheduleId: null, cell: null, state: 'viewing' });
    world.server.tell({ type: 'PRESENCE_STATE', payload: { roster: [entry('c2', 'user'), entry('c3', 'owner')], complete: true } });
    await world.run(100);
    expect([...client.roster.getState().keys()]).toEqual(['c3']);
  });
});

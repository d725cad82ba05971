/** Where a page may have to work: browsers that refuse, forget, or never answer. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { openDatabase } from './database';
import { channelLocks, claimIdentity, firstWorking, freeForAll, type TabChannel, type TabLocks } from './tabs';
import { DAY, edit, memoryStorage, useFakeClock, World } from '../testing/world';

let world: World;

beforeEach(() => {
  useFakeClock();
  world = new World();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await world.end();
  vi.useRealTimers();
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
    expect(client.keeps).toBe(false);
    await world.run(500);
    edit(client, '×');
    await world.run(3000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
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

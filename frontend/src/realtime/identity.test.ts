import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { followSession } from './page';
import type { Siblings, Word } from './storage/siblings';
import { fakeRest } from './testing/fakeRest';
import { SCHEDULE } from './testing/fakeServer';
import { DAY, edit, memoryStorage, REST_ONLY, shown, useFakeClock, World } from './testing/world';

let world: World;

beforeEach(() => {
  useFakeClock();
  world = new World();
});

afterEach(async () => {
  await world.end();
  vi.useRealTimers();
});

const typed = () => world.network.received.filter(({ type }) => type === 'SHIFT_UPDATE');

/** Tabs of one browser. */
class Browser implements Siblings {
  readonly #listeners = new Set<(word: Word) => void>();

  tell(word: Word): void {
    [...this.#listeners].forEach((hear) => hear(word));
  }

  listen(hear: (word: Word) => void): () => void {
    this.#listeners.add(hear);
    return () => this.#listeners.delete(hear);
  }
}

describe('a page and its user', () => {
  it('socket__another_user_signed_in_meanwhile__sends_nothing_and_keeps_the_edits', async () => {
    const client = await world.open();
    await world.run(200);
    world.network.faults.isDown = true;
    world.network.cut();
    await world.run(50);
    edit(client, '×');
    await world.run(100);
    world.server.userId = 'owner';
    world.network.faults.isDown = false;
    await world.run(60_000, 100);
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'otherUser' });
    expect(typed()).toEqual([]);
    expect(client.outbox.getState()).toMatchObject([{ isDurable: true, progress: { kind: 'queued' } }]);
    await world.kill(client);
    world.server.userId = 'user';
    const again = await world.open();
    await world.run(2000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
    expect(again.outbox.getState()).toEqual([]);
  });

  it('socket__before_the_server_has_said_whose_session_it_is__asks_and_tells_nothing', async () => {
    const client = await world.open();
    await world.run(200);
    world.network.cut();
    world.server.userId = 'owner';
    // What the server says comes late.
    world.network.faults.latency = 400;
    const seen = world.network.received.length;
    const asked: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      client.moveTo({ scheduleId: SCHEDULE, cell: null, state: 'editing' });
      void client.query('SCHEDULE_VALIDATE', { scheduleId: SCHEDULE }).then(() => asked.push('answered'), () => asked.push('failed'));
      await world.run(100);
    }
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'otherUser' });
    expect(world.network.received.slice(seen)).toEqual([]);
    expect(new Set(asked)).toEqual(new Set(['failed']));
  });

  it('rest__another_user_signed_in_meanwhile__sends_nothing', async () => {
    const rest = fakeRest(world.server);
    const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
    await world.run(500);
    expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'rest' });
    world.server.userId = 'owner';
    await world.run(600);
    edit(client, '×');
    await world.run(5000);
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'otherUser' });
    expect(world.server.writes).toEqual([]);
    expect(client.outbox.getState()).toHaveLength(1);
  });

  it('rest__every_request__says_in_whose_name', async () => {
    const rest = fakeRest(world.server);
    const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
    await world.run(500);
    edit(client, '×');
    await world.run(500);
    expect(new Set(rest.requests.map(({ headers }) => headers.get('X-User-Id')))).toEqual(new Set(['user']));
  });

  it('other_tabs__sign_out_or_open_as_another__end_this_one_at_once', async () => {
    const browser = new Browser();
    const client = await world.open();
    await world.run(200);
    followSession(client, browser);
    browser.tell({ kind: 'signedOut', userId: 'somebody' });
    expect(client.connection.getState().state).toBe('live');
    browser.tell({ kind: 'signedOut', userId: 'user' });
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'unauthenticated' });
    edit(client, '×');
    await world.run(5000);
    expect(typed()).toEqual([]);
    browser.tell({ kind: 'here', userId: 'user' });
    await world.run(500);
    expect(typed()).toHaveLength(1);
    browser.tell({ kind: 'here', userId: 'owner' });
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'otherUser' });
  });

  it('session__that_the_server_ends__sends_nothing_more_and_forgets_what_was_shown', async () => {
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(1000);
    world.server.closeAll(4401);
    await world.run(100);
    edit(client, '×');
    await world.run(5000);
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'unauthenticated' });
    expect(typed()).toEqual([]);
    await world.kill(client);
    world.network.faults.isDown = true;
    const again = await world.open({ session });
    expect(again.view.getState().staff).toBe(null);
    expect(again.outbox.getState()).toHaveLength(1);
  });

  it('client_id__given_anew_by_the_server__is_used_from_then_on', async () => {
    world.server.rename = () => 'given';
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(200);
    expect(client.clientId).toBe('given');
    edit(client, '×');
    await world.run(200);
    expect(typed()).toMatchObject([{ clientId: 'given' }]);
    await world.kill(client);
    expect((await world.open({ session })).clientId).toBe('given');
  });
});

describe('a role that changes', () => {
  it('while_connected__asks_for_what_it_may_see_now', async () => {
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
    const client = await world.open();
    await world.run(500);
    const asked = () => world.network.received.filter(({ type }) => type === 'SHIFT_SYNC_REQUEST').length;
    const before = asked();
    world.server.cells.clear();
    world.server.tell({ type: 'ROLE_CHANGED', payload: { role: 'viewer' } });
    await world.run(500);
    expect(client.session.getState().role).toBe('viewer');
    expect(asked()).toBe(before + 1);
    expect(shown(client)).toBe('');
  });

  it('while_the_page_was_closed__does_not_show_what_the_other_role_saw', async () => {
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(1000);
    await world.kill(client);
    world.server.role = 'viewer';
    world.server.cells.clear();
    const again = await world.open({ session });
    await world.run(500);
    expect(again.session.getState().role).toBe('viewer');
    expect(shown(again)).toBe('');
    await world.kill(again);
    world.network.faults.isDown = true;
    const manager = await world.open({ session, config: { ...REST_ONLY, role: 'manager' } });
    expect(manager.view.getState().schedules.get(SCHEDULE)).toBe(undefined);
  });
});

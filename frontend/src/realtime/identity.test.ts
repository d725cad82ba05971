import { describe, expect, it } from 'vitest';

import type { ShiftSyncClient } from './client';
import { openDatabase } from './storage/database';
import { followSession } from './page';
import type { Siblings, Word } from './storage/siblings';
import { fakeRest } from './testing/fakeRest';
import { SCHEDULE } from './testing/fakeWire';
import { world } from './testing/inAWorld';
import { DAY, edit, memoryStorage, REST_ONLY, shown, SOCKET } from './testing/world';

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

  it('by_rest_signed_out_and_in_again_in_another_tab__goes_on', async () => {
    const browser = new Browser();
    const rest = fakeRest(world.server);
    const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
    await world.run(500);
    followSession(client, browser);
    browser.tell({ kind: 'signedOut', userId: 'user' });
    edit(client, '×');
    await world.run(5000);
    expect(world.server.writes).toEqual([]);
    browser.tell({ kind: 'here', userId: 'user' });
    await world.run(2000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
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

describe('a page that does not say whose it is', () => {
  const config = { ...SOCKET, userId: null };

  /** A tab of `user` with an edit that waits; its session ends, which takes away what was kept about whose it is. */
  async function leaveBehind(session = memoryStorage()): Promise<void> {
    const client = await world.open({ config, session });
    await world.run(500);
    world.network.faults.isDown = true;
    world.network.cut();
    await world.run(50);
    edit(client, '×');
    await world.run(500);
    client.end('unauthenticated');
    await world.run(500);
    await world.kill(client);
    world.network.faults.isDown = false;
  }

  it.each([
    ['its own tab', true],
    ['another tab', false],
  ])('opened_by_another_in_%s__neither_shows_nor_sends_the_edits_of_before', async (_, isSame) => {
    const session = memoryStorage();
    await leaveBehind(session);
    world.server.userId = 'owner';
    const theirs = await world.open({ config, session: isSame ? session : memoryStorage() });
    expect(theirs.outbox.getState()).toEqual([]);
    await world.run(60_000, 100);
    expect(theirs.connection.getState().state).toBe('live');
    expect(typed()).toEqual([]);
    expect(theirs.outbox.getState()).toEqual([]);
    expect(shown(theirs)).toBe('');
    edit(theirs, '○', 's2');
    await world.run(2000);
    theirs.end('unauthenticated');
    await world.run(500);
    await world.kill(theirs);
    world.server.userId = 'user';
    const again = await world.open({ config });
    await world.run(60_000, 100);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' }, s2: { [DAY]: '○' } });
    expect(again.outbox.getState()).toEqual([]);
  });

  it('opened_by_the_same_user__sends_what_waited', async () => {
    await leaveBehind();
    await world.open({ config });
    await world.run(60_000, 100);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });

  it('with_edits_of_nobody_knows_whom__sends_none_of_them_unasked', async () => {
    await leaveBehind();
    const database = await openDatabase(world.databaseName);
    for (const { author: _author, ...entry } of (await database?.getAll('outbox')) ?? []) await database?.put('outbox', entry);
    database?.close();
    const client = await world.open({ config });
    await world.run(60_000, 100);
    expect(typed()).toEqual([]);
    expect(client.outbox.getState()).toMatchObject([{ progress: { kind: 'stranded', reason: 'author' } }]);
  });

  it('by_rest_opened_by_another__sends_nothing_of_before_and_says_in_whose_name', async () => {
    await leaveBehind();
    world.server.userId = 'owner';
    const rest = fakeRest(world.server);
    const client = await world.open({ config: { ...REST_ONLY, userId: null }, fetch: rest.fetch });
    await world.run(5000);
    expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'rest' });
    expect(world.server.writes).toEqual([]);
    edit(client, '○', 's2');
    await world.run(2000);
    expect(world.server.writes).toHaveLength(1);
    expect(rest.requests.at(-1)?.headers.get('X-User-Id')).toBe('owner');
  });

  /** What is kept says that it is of `user`, who has closed the page with an edit that waits. */
  async function keepCopy(session = memoryStorage()): Promise<void> {
    world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '△' }]);
    const client = await world.open({ config, session });
    await world.run(1000);
    world.network.faults.isDown = true;
    world.network.cut();
    await world.run(50);
    edit(client, '×');
    await world.run(1000);
    await world.kill(client);
    world.network.faults.isDown = false;
  }

  it.each([
    ['socket', 'its own tab'],
    ['socket', 'another tab'],
    ['rest', 'its own tab'],
    ['rest', 'another tab'],
  ])('by_%s_opened_by_another_in_%s_over_a_kept_copy__is_theirs_without_a_reload', async (transport, where) => {
    const session = memoryStorage();
    await keepCopy(session);
    world.server.userId = 'owner';
    const rest = fakeRest(world.server);
    const way = transport === 'rest' ? { config: { ...REST_ONLY, userId: null }, fetch: rest.fetch } : { config };
    const theirs = await world.open({ ...way, session: where === 'its own tab' ? session : memoryStorage() });
    await world.run(5000);
    expect(theirs.connection.getState()).toMatchObject({ state: 'live' });
    expect(theirs.outbox.getState()).toEqual([]);
    expect(shown(theirs)).toBe('');
    expect(shown(theirs, 's2')).toBe('△');
    edit(theirs, '○', 's2');
    await world.run(2000);
    expect(world.server.data).toEqual({ s2: { [DAY]: '○' } });
    await world.kill(theirs);
    world.server.userId = 'user';
    await world.open({ config });
    await world.run(60_000, 100);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' }, s2: { [DAY]: '○' } });
  });

  it.each([
    ['edited', (client: ShiftSyncClient) => void edit(client, '○', 's2')],
    ['only_looked_at', () => undefined],
  ])('%s_while_the_server_was_away__is_not_given_to_another_who_signs_in', async (_, act) => {
    await keepCopy();
    world.network.faults.isDown = true;
    const client = await world.open({ config });
    await world.run(2000);
    act(client);
    world.server.userId = 'owner';
    world.network.faults.isDown = false;
    await world.run(60_000, 100);
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason: 'otherUser' });
    expect(typed()).toEqual([]);
  });

  it('edited_before_the_server_has_answered__sends_it_as_who_is_signed_in', async () => {
    world.network.faults.latency = 400;
    const client = await world.open({ config });
    edit(client, '×');
    await world.run(5000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
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
    world.server.tell({ type: 'ROLE_CHANGED', payload: { role: 'viewer', sight: 'viewer' } });
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
    const manager = await world.open({ session, config: { ...REST_ONLY, sight: 'manager' } });
    expect(manager.view.getState().schedules.get(SCHEDULE)).toBe(undefined);
  });

  it('whose_user_sees_less_in_the_same_role__forgets_the_rest_at_once_and_after_a_pause', async () => {
    world.server.role = 'staff';
    world.server.sight = 'staff:s1';
    world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '○' }]);
    const session = memoryStorage();
    const client = await world.open({ session });
    const other = () => shown(client, 's2');
    await world.run(1000);
    expect(other()).toBe('○');
    world.server.cells.clear();
    world.server.tell({ type: 'ROLE_CHANGED', payload: { role: 'staff', sight: 'staff:own:s1' } });
    await world.run(500);
    expect(other()).toBe('');
    await world.kill(client);
    world.network.faults.isDown = true;
    const away = await world.open({ session, config: { ...REST_ONLY, sight: 'staff:s1' } });
    expect(away.view.getState().schedules.get(SCHEDULE)).toBe(undefined);
  });
});

/** Whoever stands between the page and the server, and whatever they do to its requests: nothing is lost, and nothing waits for ever. */

import { describe, expect, it } from 'vitest';

import type { ChangeRequest } from '../state/predictions';
import { SCHEDULE } from '../testing/fakeWire';
import { rest, world } from '../testing/inAWorld';
import { DAY, edit, REST_ONLY, SETTINGS_BY_REST, shown } from '../testing/world';

async function live(config = REST_ONLY) {
  const client = await world.open({ config, fetch: rest.fetch });
  await world.run(500);
  expect(client.connection.getState()).toMatchObject({ state: 'live' });
  return client;
}

const html = (status: number) => new Response('<html>sign in to the network</html>', { status, headers: { 'Content-Type': 'text/html' } });

describe('requests that nothing answers', () => {
  it('write__swallowed__is_sent_again_and_those_behind_it_go_on', async () => {
    const client = await live();
    rest.isSilent = true;
    const made = [edit(client, '×'), edit(client, '△', 's2')];
    await world.run(5000, 100);
    rest.isSilent = false;
    await world.run(60_000, 100);
    expect(made.map(({ requestId }) => world.server.applied.get(requestId))).toEqual([1, 1]);
    expect(client.outbox.getState()).toEqual([]);
  });

  it('poll__swallowed__is_given_up_and_the_next_one_reads_on', async () => {
    const client = await live();
    rest.isSilent = true;
    await world.run(5000, 100);
    rest.isSilent = false;
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '×' }]);
    await world.run(90_000, 200);
    expect(client.connection.getState()).toMatchObject({ state: 'live' });
    expect(shown(client)).toBe('×');
  });

  it('first_request__swallowed__does_not_keep_the_page_from_connecting', async () => {
    rest.isSilent = true;
    const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
    await world.run(5000, 100);
    rest.isSilent = false;
    await world.run(90_000, 200);
    expect(client.connection.getState()).toMatchObject({ state: 'live' });
  });
});

const CHANGES: readonly ChangeRequest[] = [
  { type: 'SHIFT_UPDATE', payload: { scheduleId: SCHEDULE, staffId: 's1', dateKey: DAY, shiftValue: '×' } },
  { type: 'SHIFT_BULK_UPDATE', payload: { scheduleId: SCHEDULE, scheduleData: { s1: { [DAY]: '×' } } } },
  { type: 'UNDO', payload: { scheduleId: SCHEDULE } },
  { type: 'SHIFT_LOCK', payload: { scheduleId: SCHEDULE, cells: [{ staffId: 's1', dateKey: DAY }] } },
  { type: 'STAFF_CREATE', payload: { id: '44444444-4444-4444-8444-444444444444', name: '山田' } },
  { type: 'STAFF_UPDATE', payload: { staffId: 's1', changes: { name: '山田' } } },
  { type: 'STAFF_DELETE', payload: { staffId: 's1' } },
  { type: 'STAFF_REORDER', payload: { staffIds: ['s2', 's1'] } },
  { type: 'CALENDAR_UPDATE', payload: { date: DAY, kind: 'closed' } },
  { type: 'PERIOD_CREATE', payload: {} },
  { type: 'SETTINGS_UPDATE_STAFF_GROUPS', payload: { groupId: 'g1', changes: { name: '調理' } } },
  { type: 'SETTINGS_DELETE_DAILY_LIMIT', payload: { limitId: 'l1' } },
  { type: 'SETTINGS_RESET', payload: {} },
  { type: 'SCHEDULE_PUBLISH', payload: { scheduleId: SCHEDULE } },
  { type: 'SCHEDULE_APPLY_GENERATED', payload: { jobId: 'j1' } },
  { type: 'SCHEDULE_DECLINE_GENERATED', payload: { jobId: 'j1' } },
] as unknown as readonly ChangeRequest[];

const PAGES = [
  ['a proxy’s 403', () => html(403)],
  ['a proxy’s 404', () => html(404)],
  ['a proxy’s 405', () => html(405)],
  ['a proxy’s 502', () => html(502)],
  ['a captive portal', () => html(200)],
  ['a portal that speaks JSON', () => new Response('{"ok":true}')],
  ['JSON that is a list', () => new Response('[]')],
  ['a gateway with codes of its own', () => new Response('{"code":"403","message":"Forbidden"}', { status: 403 })],
  ['a gateway’s 404', () => new Response('{"code":"NOT_FOUND","message":"no route"}', { status: 404 })],
  ['an empty 204', () => new Response(null, { status: 204 })],
] as const;

describe('somebody between the page and the server answers', () => {
  it.each(CHANGES.flatMap((request) => PAGES.map(([name, page]) => [request.type, name, request, page] as const)))(
    '%s__%s__is_no_verdict',
    async (_type, _name, request, page) => {
      const client = await live();
      rest.proxy = () => page();
      const { requestId } = client.change(request);
      await world.run(4000, 100);
      expect(client.outbox.getState()).toMatchObject([{ requestId, held: null }]);
      expect(client.notices.getState()).toEqual([]);
      expect(client.connection.getState().state).not.toBe('signedOut');
    },
  );

  it.each(PAGES)('%s__in_the_place_of_what_is_read__shows_nothing_of_it', async (_, page) => {
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '×' }]);
    rest.proxy = (_method, path) => (path.startsWith('changes/') || path.startsWith('me/') || path.startsWith('periods/') ? null : page());
    const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
    client.follow('settings');
    client.follow('calendar');
    await world.run(4000, 100);
    const { staff, settings, schedules } = client.view.getState();
    // An empty list of people is what the server might say as well.
    expect({ people: staff?.members.size ?? 0, settings, schedules: [...schedules] }).toEqual({ people: 0, settings: null, schedules: [] });
    rest.proxy = null;
    await world.run(90_000, 200);
    expect(shown(client)).toBe('×');
  });

  it.each(PAGES)('%s__to_a_question__fails_it_and_invents_no_answer', async (_, page) => {
    const client = await live();
    rest.proxy = () => page();
    const asked = client.query('SCHEDULE_GENERATE', { scheduleId: SCHEDULE, keep: 'filled', timeLimitSeconds: 5 });
    const ended = asked.then(() => 'answered', () => 'failed');
    await world.run(30_000, 100);
    expect(await ended).toBe('failed');
  });
});

describe('settings by REST beside a socket', () => {
  it.each(PAGES)('%s__is_no_verdict_and_the_socket_stays_the_one_way_in', async (_, page) => {
    const client = await live(SETTINGS_BY_REST);
    rest.proxy = () => page();
    const limit = { id: '55555555-5555-4555-8555-555555555555', name: '休み' };
    const { requestId } = client.change({ type: 'SETTINGS_CREATE_DAILY_LIMIT', payload: { limit } } as unknown as ChangeRequest);
    await world.run(4000, 100);
    expect(client.outbox.getState()).toMatchObject([{ requestId, held: null }]);
    expect(client.notices.getState()).toEqual([]);
    edit(client, '×');
    await world.run(30_000, 100);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
    expect(client.outbox.getState()).toMatchObject([{ requestId, held: null }]);
    rest.proxy = null;
    await world.run(60_000, 100);
    expect(client.outbox.getState()).toEqual([]);
    expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'socket' });
    expect(rest.requests.filter(({ path }) => path === 'changes/')).toEqual([]);
  });
});

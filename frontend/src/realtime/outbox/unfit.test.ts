import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ClientMessage } from '../protocol';
import { unfitness } from '../protocol/fitness';
import { fakeRest, type FakeRest } from '../testing/fakeRest';
import { Refusal, RESTAURANT, SCHEDULE, SILENCE } from '../testing/fakeServer';
import { DAY, edit, memoryStorage, shown, useFakeClock, World } from '../testing/world';

let world: World;

beforeEach(() => {
  useFakeClock();
  world = new World();
});

afterEach(async () => {
  await world.end();
  vi.useRealTimers();
});

const valueOf = (message: ClientMessage) => (message.type === 'SHIFT_UPDATE' ? message.payload.shiftValue : null);

async function live() {
  const client = await world.open();
  await world.run(200);
  return client;
}

describe('what the server can never take', () => {
  it.each([
    ['half a character', { text: 'a\ud83d' }, 'invalid_json'],
    ['half a character as a key', { 'a\udc00': 1 }, 'invalid_json'],
    ['too many bytes in few characters', { text: '有'.repeat(400) }, 'payload_too_large'],
  ])('%s__is_seen_before_it_is_sent', (_, message, code) => {
    expect(unfitness(message, 1000)).toMatchObject({ code });
  });

  it('whole_characters_within_the_limit__are_fine', () => {
    expect(unfitness({ text: '👩‍🍳有給' }, 1000)).toBe(null);
  });

  it('edit_with_half_a_character__is_shown_as_refused_with_its_text_and_the_rest_goes_on', async () => {
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(200);
    const { outcome } = edit(client, 'a\ud83d');
    edit(client, '×', 's2');
    await world.run(500);
    expect(await outcome).toMatchObject({ kind: 'refused', error: { code: 'invalid_json' } });
    expect(world.server.data).toEqual({ s2: { [DAY]: '×' } });
    const refused = { request: { payload: { shiftValue: 'a\ud83d' } }, progress: { kind: 'refused' } };
    expect(client.outbox.getState()).toMatchObject([refused]);
    expect(shown(client)).toBe('');
    await world.kill(client);
    const again = await world.open({ session });
    await world.run(500);
    expect(again.outbox.getState()).toMatchObject([refused]);
  });

  it('error_with_the_number_of_a_frame__refuses_the_request_in_it', async () => {
    const client = await live();
    world.server.refuse = (message) => {
      if (valueOf(message) !== '!') return null;
      const frame = world.network.received.indexOf(message) + 1;
      world.server.tell({ type: 'ERROR', payload: { code: 'invalid_json', message: 'no', frame } });
      return SILENCE;
    };
    edit(client, '!');
    edit(client, '×', 's2');
    await world.run(500);
    expect(client.outbox.getState()).toMatchObject([{ request: { payload: { shiftValue: '!' } }, progress: { kind: 'refused' } }]);
    expect(world.server.data).toEqual({ s2: { [DAY]: '×' } });
  });

  it.each([1009, 1007])('connection_closed_with_%s__finds_the_one_by_elimination', async (code) => {
    const client = await live();
    world.server.refuse = (message) => {
      if (valueOf(message) === '!') {
        world.server.closeAll(code);
        return SILENCE;
      }
      return null;
    };
    world.network.faults.latency = 1;
    edit(client, '○', 's1');
    edit(client, '!', 's2');
    edit(client, '×', 's3');
    await world.run(60_000, 50);
    expect(client.outbox.getState().map(({ progress }) => progress.kind)).toEqual(['refused']);
    expect(client.outbox.getState()).toMatchObject([{ request: { payload: { shiftValue: '!' } } }]);
    expect(world.server.data['s1']).toEqual({ [DAY]: '○' });
    expect(world.server.data['s3']).toEqual({ [DAY]: '×' });
  });

  it('attempts__are_counted', async () => {
    const client = await live();
    world.server.refuse = () => new Refusal('unavailable');
    edit(client, '×');
    await world.run(20_000, 100);
    expect(client.outbox.getState()[0]?.attempts).toBeGreaterThan(1);
  });
});

describe('somebody between the page and the server', () => {
  let rest: FakeRest;

  beforeEach(() => {
    rest = fakeRest(world.server);
  });

  const html = (status: number) => new Response('<html>sign in to the network</html>', { status, headers: { 'Content-Type': 'text/html' } });

  it.each([
    ['a proxy’s 403', () => html(403)],
    ['a proxy’s 404', () => html(404)],
    ['a proxy’s 401', () => html(401)],
    ['a proxy’s 500', () => html(500)],
    ['a proxy’s 410', () => html(410)],
    ['JSON that is not ours', () => new Response('{"detail":"blocked"}', { status: 403 })],
    ['a captive portal', () => html(200)],
    ['a portal that speaks JSON', () => new Response('{"ok":true}')],
  ])('%s__keeps_the_edit_and_tries_again', async (_, page) => {
    const config = { socketUrl: null, settingsBySocket: true, apiUrl: 'http://server/api/', restaurantId: RESTAURANT, userId: 'user', token: null };
    const client = await world.open({ config, fetch: rest.fetch });
    await world.run(500);
    rest.proxy = () => page();
    const { requestId } = edit(client, '×');
    await world.run(10_000, 100);
    expect(client.outbox.getState()).toMatchObject([{ requestId, held: null }]);
    expect(client.connection.getState().state).not.toBe('signedOut');
    rest.proxy = null;
    await world.run(60_000, 100);
    expect(world.server.applied.get(requestId)).toBe(1);
    expect(client.outbox.getState()).toEqual([]);
  });
});

describe('order and time', () => {
  it('clock__set_back_between_two_edits__changes_nothing_in_their_order', async () => {
    const session = memoryStorage();
    world.network.faults.isDown = true;
    const client = await world.open({ session });
    edit(client, '△');
    await world.run(100);
    vi.setSystemTime(new Date('2020-01-01T00:00:00Z'));
    edit(client, '×');
    await world.run(100);
    await world.kill(client);
    world.network.faults.isDown = false;
    await world.open({ session });
    await world.run(2000);
    expect(world.server.writes.map(({ shiftValue }) => shiftValue)).toEqual(['△', '×']);
  });

  it('clock__far_from_the_servers_and_the_page_opened_without_it__strands_nothing', async () => {
    world.server.clockOffset = 90 * 86_400_000;
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(1500);
    await world.kill(client);
    world.network.faults.isDown = true;
    const away = await world.open({ session });
    await world.run(500);
    expect(away.session.getState().clockOffset).toBeCloseTo(90 * 86_400_000, -4);
    edit(away, '×');
    await world.run(500);
    await world.kill(away);
    world.network.faults.isDown = false;
    const again = await world.open({ session });
    await world.run(2000);
    expect(again.outbox.getState()).toEqual([]);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });

  it('clock__far_from_the_servers__strands_nothing', async () => {
    world.server.clockOffset = 90 * 86_400_000;
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(500);
    world.network.faults.isDown = true;
    world.network.cut();
    await world.run(100);
    edit(client, '×');
    await world.run(100);
    await world.kill(client);
    world.network.faults.isDown = false;
    const again = await world.open({ session });
    await world.run(2000);
    expect(again.outbox.getState()).toEqual([]);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });
});

describe('what the author had seen', () => {
  it('base_version__given_with_the_change__is_the_one_that_is_sent', async () => {
    const client = await live();
    world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '○' }]);
    await world.run(100);
    const payload = { scheduleId: SCHEDULE, staffId: 's1', dateKey: DAY, shiftValue: '×', baseVersion: 0 };
    client.change({ type: 'SHIFT_UPDATE', payload });
    await world.run(100);
    expect(world.network.received.find(({ type }) => type === 'SHIFT_UPDATE')?.payload).toMatchObject({ baseVersion: 0 });
  });

  it('edit_made_offline__asks_its_author_where_a_colleague_was_faster', async () => {
    const client = await live();
    edit(client, '○');
    await world.run(200);
    world.network.faults.isDown = true;
    world.network.cut();
    await world.run(50);
    edit(client, '×');
    await world.run(100);
    world.network.faults.isDown = false;
    await world.run(40_000, 100);
    const sent = world.network.received.filter(({ type }) => type === 'SHIFT_UPDATE').map(({ payload }) => payload);
    expect(sent[0]).not.toHaveProperty('strategy');
    expect(sent[1]).toMatchObject({ shiftValue: '×', strategy: 'user_choice' });
  });

  it('cell__written_over_by_another__is_told_to_who_wrote_it', async () => {
    const [one, other] = [await live(), await live()];
    edit(one, '×');
    await world.run(200);
    edit(other, '○');
    await world.run(200);
    expect(one.notices.getState()).toMatchObject([
      { kind: 'overwritten', items: [{ yours: '×', theirs: '○', cell: { staffId: 's1', dateKey: DAY } }] },
    ]);
    expect(other.notices.getState()).toEqual([]);
  });
});

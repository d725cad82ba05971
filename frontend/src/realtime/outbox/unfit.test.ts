import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { ClientMessage } from '../protocol';
import { unfitness } from '../protocol/fitness';
import { fakeRest, type FakeRest } from '../testing/fakeRest';
import { Refusal, SILENCE } from '../testing/fakeWire';
import { live, world } from '../testing/inAWorld';
import { DAY, edit, memoryStorage, REST_ONLY, shown } from '../testing/world';

const valueOf = (message: ClientMessage) => (message.type === 'SHIFT_UPDATE' ? message.payload.shiftValue : null);

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

  it('refused_edit_of_an_earlier_page__is_kept_with_its_text', async () => {
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(200);
    world.network.faults.isDown = true;
    world.network.cut();
    edit(client, '有給');
    await world.run(100);
    await world.kill(client);
    world.server.refuse = (message) => (valueOf(message) === '有給' ? new Refusal('version_locked') : null);
    world.network.faults.isDown = false;
    const again = await world.open({ session });
    await world.run(5000);
    const refused = { request: { payload: { shiftValue: '有給' } }, progress: { kind: 'refused', error: { code: 'version_locked' } } };
    expect(again.outbox.getState()).toMatchObject([refused]);
    expect(shown(again)).toBe('');
    expect(again.notices.getState()).toMatchObject([{ kind: 'refused' }]);
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

  it('error_about_a_frame_that_was_no_edit__refuses_no_edit', async () => {
    const client = await live();
    world.network.faults.latency = 100;
    client.moveTo({ scheduleId: null, cell: null, state: 'viewing' });
    world.server.refuse = (message) => {
      if (valueOf(message) !== '×') return null;
      const frame = world.network.received.findIndex(({ type }) => type === 'PRESENCE_UPDATE') + 1;
      world.server.tell({ type: 'ERROR', payload: { code: 'invalid_message', message: 'no', frame } });
      return null;
    };
    await world.run(120);
    const { requestId } = edit(client, '×');
    await world.run(3000);
    expect(world.server.applied.get(requestId)).toBe(1);
    expect(client.outbox.getState()).toEqual([]);
  });

  it.each(['validation_error', 'internal_error', 'version_locked', 'not_found'])('refusal_%s_that_names_nothing__is_found_by_elimination', async (code) => {
    const client = await live();
    world.server.refuse = (message) => {
      if (valueOf(message) !== '!') return null;
      world.server.tell({ type: 'ERROR', payload: { code, message: 'no' } });
      return SILENCE;
    };
    edit(client, '○', 's1');
    const { outcome } = edit(client, '!', 's2');
    edit(client, '×', 's3');
    await world.run(60_000, 50);
    expect(await outcome).toMatchObject({ kind: 'refused', error: { code } });
    expect(client.outbox.getState().filter(({ held }) => held === null)).toEqual([]);
    expect(client.notices.getState()).toContainEqual(expect.objectContaining({ kind: 'refused' }));
    expect(world.server.data).toMatchObject({ s1: { [DAY]: '○' }, s3: { [DAY]: '×' } });
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
    const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
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

  it('clock__set_while_the_page_is_open__is_compared_with_the_servers_again', async () => {
    const client = await live();
    expect(Math.abs(client.session.getState().clockOffset)).toBeLessThan(5_000);
    vi.setSystemTime(Date.now() + 2 * 86_400_000);
    world.server.clockOffset = -2 * 86_400_000;
    await world.run(40_000, 500);
    expect(Math.abs(client.session.getState().clockOffset + 2 * 86_400_000)).toBeLessThan(5_000);
  });

  it('clock__far_from_the_servers__strands_nothing', async () => {
    world.server.clockOffset = 90 * 86_400_000;
    const session = memoryStorage();
    const client = await world.open({ session });
    await world.run(500);
    world.network.faults.isDown = true;
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

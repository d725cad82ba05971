import { describe, expect, it } from 'vitest';

import { Refusal } from '../testing/fakeWire';
import { rest, world } from '../testing/inAWorld';
import { DAY, edit, REST_ONLY, SETTINGS_BY_REST, shown } from '../testing/world';

async function restOnly() {
  const client = await world.open({ config: REST_ONLY, fetch: rest.fetch });
  await world.run(500);
  expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'rest' });
  return client;
}

describe('without a socket', () => {
  it('reads by polling', async () => {
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
    const client = await restOnly();
    expect(shown(client)).toBe('○');
    world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '×' }]);
    await world.run(2500);
    expect(shown(client, 's2')).toBe('×');
  });

  it('follows the clock of the server', async () => {
    world.server.clockOffset = 3 * 86_400_000;
    const client = await restOnly();
    await world.run(2500);
    expect(Math.abs(client.session.getState().clockOffset - 3 * 86_400_000)).toBeLessThan(5_000);
    world.server.clockOffset = 0;
    await world.run(2500);
    expect(Math.abs(client.session.getState().clockOffset)).toBeLessThan(5_000);
  });

  it('writes in order, each with its own key', async () => {
    const client = await restOnly();
    const made = [edit(client, '△'), edit(client, '×'), edit(client, '★', 's2')];
    await world.run(1000);
    expect(world.server.writes.map(({ shiftValue }) => shiftValue)).toEqual(['△', '×', '★']);
    const keys = rest.requests.filter(({ method }) => method === 'PUT').map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toEqual(made.map(({ requestId }) => requestId));
    expect(client.outbox.getState()).toEqual([]);
  });

  it('shows nothing old between the answer and the change', async () => {
    const client = await restOnly();
    const seen = new Set<string | null>();
    edit(client, '×');
    client.view.subscribe(() => seen.add(shown(client)));
    await world.run(5000);
    expect([...seen]).toEqual(['×']);
  });

  it('applies once a write whose answer was lost', async () => {
    const client = await restOnly();
    rest.loseAnswers = 2;
    const { requestId } = edit(client, '×');
    await world.run(60_000, 100);
    expect(world.server.applied.get(requestId)).toBe(1);
    expect(client.outbox.getState()).toEqual([]);
  });

  it('takes back what is refused', async () => {
    const client = await restOnly();
    world.server.refuse = () => new Refusal('version_locked');
    const { outcome } = edit(client, '×');
    await world.run(500);
    expect(await outcome).toMatchObject({ kind: 'refused', error: { code: 'version_locked' } });
    expect(shown(client)).toBe('');
  });

  it('keeps edits while nothing answers', async () => {
    const client = await restOnly();
    rest.isDown = true;
    await world.run(3000);
    expect(client.connection.getState().state).not.toBe('live');
    edit(client, '×');
    await world.run(3000);
    expect(client.outbox.getState()).toHaveLength(1);
    rest.isDown = false;
    await world.run(60_000, 100);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });

  it('waits when the server asks it to', async () => {
    const client = await restOnly();
    rest.status = 503;
    edit(client, '×');
    await world.run(2000);
    expect(client.outbox.getState()).toHaveLength(1);
    rest.status = null;
    await world.run(5000);
    expect(client.outbox.getState()).toEqual([]);
  });

  it('strands what was not sent when the log does not reach back', async () => {
    const client = await restOnly();
    rest.isDown = true;
    await world.run(3000);
    edit(client, '×');
    world.server.restoreBackup([{ staffId: 's2', dateKey: DAY, shiftValue: '●' }]);
    rest.isDown = false;
    await world.run(60_000, 100);
    expect(client.outbox.getState().map(({ progress }) => progress.kind)).toEqual(['stranded']);
    expect([shown(client), shown(client, 's2')]).toEqual(['', '●']);
  });
});

describe('when the socket cannot be had', () => {
  it('tells of one row of attempts while REST does not answer either', async () => {
    world.network.faults.isDown = true;
    rest.isDown = true;
    const client = await world.open({ fetch: rest.fetch });
    const attempts: number[] = [];
    client.connection.subscribe((state) => {
      if (state.state === 'offline') {
        attempts.push(state.attempt);
      }
    });
    await world.run(30_000, 100);
    expect(attempts.length).toBeGreaterThan(2);
    expect(attempts).toEqual(attempts.map((_, index) => (attempts[0] ?? 0) + index));
    rest.isDown = false;
    await world.run(60_000, 100);
    expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'rest' });
  });

  it('goes on over REST, and back when the socket opens', async () => {
    world.network.faults.isDown = true;
    const client = await world.open({ fetch: rest.fetch });
    await world.run(10_000);
    expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'rest' });
    edit(client, '×');
    await world.run(1000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
    world.network.faults.isDown = false;
    await world.run(60_000, 100);
    expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'socket' });
    edit(client, '△');
    await world.run(200);
    expect(world.server.data).toEqual({ s1: { [DAY]: '△' } });
    expect(world.server.writes).toHaveLength(2);
  });
});

it('sends settings over REST where the socket is not for them', async () => {
  const client = await world.open({ config: SETTINGS_BY_REST, fetch: rest.fetch });
  client.follow('settings');
  await world.run(500);
  expect(client.view.getState().settings?.dailyLimits).toEqual([]);
  expect(rest.requests.map(({ path }) => path)).toContain('settings/');
  expect(client.connection.getState()).toMatchObject({ state: 'live', transport: 'socket' });
});

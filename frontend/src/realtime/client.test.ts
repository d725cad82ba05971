import { expect, it } from 'vitest';

import { live, world } from './testing/inAWorld';
import { DAY, edit, shown } from './testing/world';
import { scheduleKey } from './state/state';
import { Refusal, SCHEDULE } from './testing/fakeWire';

it('goes live with what the server has', async () => {
  world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
  const client = await live();
  expect(client.connection.getState()).toMatchObject({ transport: 'socket' });
  expect(shown(client)).toBe('○');
});

it('shows an edit at once and marks it until the server has it', async () => {
  const client = await live();
  const row = () => client.view.getState().schedules.get(SCHEDULE)?.rows.get('s1');
  const { outcome } = edit(client, '×');
  expect(shown(client)).toBe('×');
  expect([...(row()?.waiting ?? [])]).toEqual([3]);
  await world.run(100);
  expect(row()?.waiting.size).toBe(0);
  expect(shown(client)).toBe('×');
  expect(client.outbox.getState()).toEqual([]);
  expect(await outcome).toMatchObject({ kind: 'applied', version: 1 });
});

it('never shows the old value again between the acknowledgement and the broadcast', async () => {
  const client = await live();
  world.network.faults.delay = ({ type }) => (type === 'SHIFT_BROADCAST' ? 800 : 0);
  const seen = new Set<string | null>();
  edit(client, '×');
  client.view.subscribe(() => seen.add(shown(client)));
  client.outbox.subscribe(() => seen.add(shown(client)));
  await world.run(400);
  expect(client.outbox.getState()).toMatchObject([{ progress: { kind: 'acknowledged' } }]);
  await world.run(5000);
  expect([...seen]).toEqual(['×']);
  expect(client.outbox.getState()).toEqual([]);
});

it('asks for an acknowledged change that does not come', async () => {
  const client = await live();
  world.network.faults.delay = ({ type }) => (type === 'SHIFT_BROADCAST' ? 600_000 : 0);
  edit(client, '×');
  await world.run(5000);
  expect(client.outbox.getState()).toEqual([]);
  expect(shown(client)).toBe('×');
});

it('loses nothing to a snapshot that is older than what came meanwhile', async () => {
  world.network.faults.delay = ({ type }) => (type === 'SHIFT_SYNC_RESPONSE' ? 800 : 0);
  const client = await world.open();
  await world.run(200);
  world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
  await world.run(2000);
  expect(shown(client)).toBe('○');
});

it('shows nothing older than a snapshot that is ahead of what comes after it', async () => {
  const client = await live();
  world.network.faults.delay = ({ type }) => (type === 'SHIFT_BROADCAST' ? 500 : 0);
  world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
  world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '×' }]);
  client.resync(scheduleKey(SCHEDULE));
  await world.run(100);
  const seen = new Set([shown(client)]);
  client.view.subscribe(() => seen.add(shown(client)));
  await world.run(2000);
  expect([...seen]).toEqual(['×']);
  expect(client.version).toBe(2);
});

it('shows what others do', async () => {
  const [one, other] = [await live(), await live()];
  edit(one, '△');
  await world.run(100);
  expect(shown(other)).toBe('△');
});

it('keeps edits while there is no server and sends them in order afterwards', async () => {
  const client = await live();
  world.network.faults.isDown = true;
  world.network.cut();
  await world.run(50);
  edit(client, '△');
  edit(client, '×');
  edit(client, '★', 's2');
  await world.run(10_000);
  expect(client.connection.getState().state).toBe('offline');
  expect(shown(client)).toBe('×');
  expect(client.outbox.getState().map(({ isDurable }) => isDurable)).toEqual([true, true, true]);
  world.network.faults.isDown = false;
  await world.run(40_000);
  expect(client.connection.getState().state).toBe('live');
  expect(world.server.writes.map(({ shiftValue }) => shiftValue)).toEqual(['△', '×', '★']);
  expect(client.outbox.getState()).toEqual([]);
});

it('tells when it will try again', async () => {
  const client = await live();
  world.network.faults.isDown = true;
  world.network.cut();
  await world.run(25);
  const state = client.connection.getState();
  expect(state).toMatchObject({ state: 'offline', attempt: 1 });
  expect(state.state === 'offline' && state.retryAt !== null && state.retryAt > Date.now()).toBe(true);
});

it('loses nothing and doubles nothing when the tab is closed while offline and opened again', async () => {
  const client = await live();
  world.network.faults.isDown = true;
  world.network.cut();
  edit(client, '△');
  edit(client, '×', 's2');
  await world.run(100);
  await world.kill(client);
  const again = await world.open();
  await world.run(100);
  expect(shown(again)).toBe('△');
  expect(shown(again, 's2')).toBe('×');
  world.network.faults.isDown = false;
  await world.run(40_000);
  expect(world.server.writes).toHaveLength(2);
  expect([...world.server.applied.values()]).toEqual([1, 1]);
  expect(again.outbox.getState()).toEqual([]);
});

it('opens with the last state and edits without a server', async () => {
  world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
  await world.kill(await live());
  world.network.faults.isDown = true;
  const client = await world.open();
  expect(shown(client)).toBe('○');
  edit(client, '×');
  expect(shown(client)).toBe('×');
  expect(client.view.getState().calendar?.periods).toHaveLength(1);
});

it('resumes from where it was, without a new snapshot', async () => {
  const client = await live();
  edit(client, '△');
  await world.run(100);
  const before = world.network.received.length;
  world.network.cut();
  world.server.commitCells([{ staffId: 's3', dateKey: DAY, shiftValue: '●' }]);
  await world.run(3000);
  expect(world.network.urls.at(-1)).toContain('since=epoch-1%3A1');
  const types = world.network.received.slice(before).map(({ type }) => type);
  expect(types).not.toContain('SHIFT_SYNC_REQUEST');
  expect(shown(client, 's3')).toBe('●');
});

it('applies once what the server committed but could not acknowledge', async () => {
  const client = await live();
  let crashes = 1;
  world.server.afterCommit = () => {
    if (crashes-- > 0) {
      throw new Error('crash');
    }
  };
  const { requestId, outcome } = edit(client, '×');
  await world.run(5000);
  expect(world.server.applied.get(requestId)).toBe(1);
  expect(await outcome).toMatchObject({ kind: 'applied' });
  expect(shown(client)).toBe('×');
  expect(client.outbox.getState()).toEqual([]);
});

it('sends a request again exactly as it was', async () => {
  const client = await live();
  world.server.afterCommit = () => {
    world.server.afterCommit = () => undefined;
    throw new Error('crash');
  };
  edit(client, '×');
  await world.run(5000);
  const sent = world.network.received.filter(({ type }) => type === 'SHIFT_UPDATE');
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

it('takes a refused change back and says so', async () => {
  const client = await live();
  world.server.refuse = () => new Refusal('version_locked');
  const { outcome } = edit(client, '×');
  await world.run(100);
  expect(shown(client)).toBe('');
  expect(await outcome).toMatchObject({ kind: 'refused', error: { code: 'version_locked' } });
  const [notice] = client.notices.getState();
  expect(notice).toMatchObject({ kind: 'refused', error: { code: 'version_locked' } });
  client.dismiss(notice?.id ?? '');
  expect(client.notices.getState()).toEqual([]);
});

it('takes back only the refused one of several changes', async () => {
  const client = await live();
  world.server.refuse = ({ payload }) =>
    'shiftValue' in payload && payload.shiftValue === '×' ? new Refusal('validation_error') : null;
  edit(client, '△', 's1');
  edit(client, '×', 's2');
  edit(client, '◇', 's3');
  await world.run(100);
  expect(['s1', 's2', 's3'].map((staffId) => shown(client, staffId))).toEqual(['△', '', '◇']);
});

it('keeps what the server cannot take now, and its order', async () => {
  const client = await live();
  let refusals = 1;
  world.server.refuse = () => (refusals-- > 0 ? new Refusal('unavailable') : null);
  edit(client, '△');
  await world.run(5000);
  expect(shown(client)).toBe('△');
  expect(world.server.data).toEqual({ s1: { [DAY]: '△' } });
  expect(client.notices.getState()).toEqual([]);
});

it('refuses what is too large for the wire before it is sent', async () => {
  const client = await live();
  const scheduleData = { s1: { [DAY]: 'x'.repeat(1_000_001) } };
  const { outcome } = client.change({ type: 'SHIFT_BULK_UPDATE', payload: { scheduleId: SCHEDULE, scheduleData } });
  await world.run(100);
  expect(await outcome).toMatchObject({ kind: 'refused', error: { code: 'payload_too_large' } });
  expect(client.connection.getState().state).toBe('live');
  expect(shown(client)).toBe('');
});

it('rejects questions while there is no connection', async () => {
  const client = await world.open();
  client.stop();
  await expect(client.query('SCHEDULE_VALIDATE', { scheduleId: SCHEDULE })).rejects.toMatchObject({ code: 'offline' });
});

it('tells the others where it is, and forgets them when it cannot see them', async () => {
  const [one, other] = [await live(), await live()];
  one.moveTo({ scheduleId: SCHEDULE, cell: { staffId: 's1', dateKey: DAY }, state: 'editing' });
  await world.run(300);
  expect(other.roster.getState().get(one.clientId)).toMatchObject({ state: 'editing' });
  expect(one.roster.getState().has(one.clientId)).toBe(false);
  // A short break is over before one has looked: nobody goes away and comes back.
  const sizes: number[] = [];
  const unsubscribe = other.roster.subscribe(({ size }) => sizes.push(size));
  world.network.cut();
  await world.run(5_000);
  unsubscribe();
  expect(other.connection.getState().state).toBe('live');
  expect(sizes).not.toContain(0);
  world.network.faults.isDown = true;
  world.network.cut();
  await world.run(50);
  expect(other.roster.getState().size).toBe(1);
  await world.run(20_000, 500);
  expect(other.roster.getState().size).toBe(0);
});

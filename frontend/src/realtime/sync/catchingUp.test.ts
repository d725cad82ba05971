// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';

import type { ShiftSyncClient } from '../client';
import { runInPage } from '../page';
import { Refusal, SCHEDULE } from '../testing/fakeWire';
import { live, world } from '../testing/inAWorld';
import { DAY, edit, memoryStorage, shown } from '../testing/world';

async function disconnect(ms = 50) {
  world.network.faults.isDown = true;
  world.network.cut();
  await world.run(ms);
}

async function reconnect() {
  world.network.faults.isDown = false;
  await world.run(40_000);
}

const progress = (client: ShiftSyncClient) => client.outbox.getState().map((entry) => entry.progress.kind);

describe('a client that must sync in full', () => {
  it('shows its unsent changes to their author instead of replaying them', async () => {
    const client = await live();
    await disconnect();
    const { requestId, outcome } = edit(client, '×');
    world.server.restoreBackup([{ staffId: 's2', dateKey: DAY, shiftValue: '●' }]);
    await reconnect();
    expect(world.server.writes).toEqual([]);
    expect(progress(client)).toEqual(['stranded']);
    expect(await outcome).toMatchObject({ kind: 'stranded' });
    expect([shown(client), shown(client, 's2')]).toEqual(['', '●']);
    client.insist(requestId);
    await world.run(100);
    expect(shown(client)).toBe('×');
    expect(world.server.data['s1']).toEqual({ [DAY]: '×' });
    expect(client.outbox.getState()).toEqual([]);
  });

  it('keeps them across a reload', async () => {
    const client = await live();
    await disconnect();
    edit(client, '×');
    world.server.commitCells([{ staffId: 's2', dateKey: DAY, shiftValue: '●' }]);
    world.server.prune();
    await reconnect();
    await world.kill(client);
    const again = await live();
    expect(progress(again)).toEqual(['stranded']);
    expect(world.server.writes.filter(({ staffId }) => staffId === 's1')).toEqual([]);
    again.discard(again.outbox.getState()[0]?.requestId ?? '');
    expect(again.outbox.getState()).toEqual([]);
  });

  it('does so too when the server tells it in the middle of a connection', async () => {
    const client = await live();
    world.server.restoreBackup([{ staffId: 's2', dateKey: DAY, shiftValue: '●' }]);
    await world.run(35_000);
    expect(shown(client, 's2')).toBe('●');
    expect(client.connection.getState().state).toBe('live');
  });
});

describe('versions that are not told', () => {
  it('do not hold up what follows', async () => {
    const client = await live();
    world.server.commitHidden();
    edit(client, '△');
    await world.run(200);
    expect(client.version).toBe(2);
    expect(shown(client)).toBe('△');
    expect(client.outbox.getState()).toEqual([]);
  });

  it('are no reason for a viewer to ask', async () => {
    world.server.role = 'viewer';
    const client = await live();
    world.server.commitHidden();
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '○' }]);
    await world.run(200);
    expect(shown(client)).toBe('○');
    expect(world.network.received.map(({ type }) => type)).not.toContain('RESUME');
  });
});

describe('what the server says at the end of a connection', () => {
  it.each([
    [4401, 'unauthenticated'],
    [4403, 'forbidden'],
  ])('with %i it does not come back by itself', async (code, reason) => {
    const client = await live();
    world.server.closeAll(code);
    await world.run(60_000);
    expect(client.connection.getState()).toEqual({ state: 'signedOut', reason });
    expect(world.network.urls).toHaveLength(1);
    edit(client, '×');
    expect(shown(client)).toBe('×');
    client.start();
    await world.run(200);
    expect(client.connection.getState().state).toBe('live');
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });

  it.each([1012, 1013, 1006])('with %i it comes back', async (code) => {
    const client = await live();
    world.server.closeAll(code);
    await world.run(3000);
    expect(client.connection.getState().state).toBe('live');
  });

  it('a page from another time than the server says so', async () => {
    world.server.protocol = 3;
    const client = await world.open();
    await world.run(5000);
    expect(client.connection.getState()).toEqual({ state: 'outOfDate', serverProtocol: 3 });
    expect(world.network.urls).toHaveLength(1);
  });
});

describe('a page that comes back', () => {
  it('tries at once instead of waiting for its turn', async () => {
    const client = await live();
    const untie = runInPage(client);
    await disconnect(20_000);
    expect(client.connection.getState().state).toBe('offline');
    world.network.faults.isDown = false;
    window.dispatchEvent(new Event('online'));
    await world.run(200);
    expect(client.connection.getState().state).toBe('live');
    untie();
    expect(client.connection.getState()).toMatchObject({ state: 'offline', reason: 'stopped' });
  });

  it('finds out soon that its connection is dead', async () => {
    const client = await live();
    world.network.faults.lose = 1;
    client.start();
    await world.run(11_000);
    expect(world.network.urls.length).toBeGreaterThan(1);
  });
});

describe('silence', () => {
  it('is ended by a new connection when no heartbeat is answered', async () => {
    await live();
    world.network.faults.lose = 1;
    world.network.faults.random = () => 0.5;
    await world.run(45_000);
    world.network.faults.lose = 0;
    await world.run(5000);
    expect(world.network.urls.length).toBeGreaterThan(1);
  });

  it('after a change is ended by sending it again', async () => {
    const client = await live();
    world.network.faults.lose = 1;
    const { requestId } = edit(client, '×');
    await world.run(5000);
    world.network.faults.lose = 0;
    await world.run(25_000);
    expect(client.outbox.getState()).toEqual([]);
    expect(world.server.applied.get(requestId)).toBe(1);
  });
});

describe('a conflict that its author is to decide', () => {
  async function conflict() {
    const client = await live();
    world.server.strategy = 'user_choice';
    await disconnect();
    const { requestId } = edit(client, '×');
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '●' }]);
    await reconnect();
    expect(progress(client)).toEqual(['conflict']);
    expect(shown(client)).toBe('●');
    return { client, requestId };
  }

  it('is theirs when the change is dropped', async () => {
    const { client, requestId } = await conflict();
    client.discard(requestId);
    await world.run(100);
    expect(shown(client)).toBe('●');
    expect(client.outbox.getState()).toEqual([]);
  });

  it('is mine when it is made again, under another id', async () => {
    const { client, requestId } = await conflict();
    const again = client.insist(requestId);
    expect(again?.requestId).not.toBe(requestId);
    await world.run(100);
    expect(shown(client)).toBe('×');
    expect(world.server.data).toEqual({ s1: { [DAY]: '×' } });
  });

  it('outlives the tab', async () => {
    const { client } = await conflict();
    await world.kill(client);
    const again = await live();
    expect(again.outbox.getState()[0]?.held).toMatchObject({ kind: 'conflict', items: [{ theirs: '●' }] });
  });
});

describe('undo', () => {
  it('withdraws what was never sent, and redo makes it again', async () => {
    const client = await live();
    await disconnect();
    edit(client, '×');
    client.undo(SCHEDULE);
    expect(shown(client)).toBe('');
    expect(client.outbox.getState()).toEqual([]);
    client.redo(SCHEDULE);
    expect(shown(client)).toBe('×');
    await reconnect();
    expect(world.server.writes.map(({ shiftValue }) => shiftValue)).toEqual(['×']);
  });

  it('asks the server for what it knows', async () => {
    const client = await live();
    edit(client, '×');
    await world.run(100);
    client.undo(SCHEDULE);
    await world.run(100);
    expect(shown(client)).toBe('');
    expect(world.network.received.map(({ type }) => type)).toContain('UNDO');
  });

  it('leaves nothing to redo after another change', async () => {
    const client = await live();
    await disconnect();
    edit(client, '×');
    client.undo(SCHEDULE);
    edit(client, '△', 's2');
    client.redo(SCHEDULE);
    expect(client.outbox.getState().map(({ request }) => request.type)).toEqual(['SHIFT_UPDATE', 'REDO']);
  });
});

describe('a batch', () => {
  const cells = Array.from({ length: 1000 }, (_, index) => ({
    staffId: `s${index % 100}`,
    dateKey: `2025-09-${String(1 + Math.floor(index / 100)).padStart(2, '0')}`,
    shiftValue: '○',
  }));

  it('of a thousand cells is one update of the view, and leaves other rows what they were', async () => {
    world.server.commitCells([{ staffId: 'other', dateKey: DAY, shiftValue: '×' }]);
    const client = await live();
    const row = () => client.view.getState().schedules.get(SCHEDULE)?.rows.get('other');
    const before = row();
    let updates = 0;
    client.view.subscribe(() => (updates += 1));
    world.server.commitCells(cells);
    await world.run(100);
    expect(updates).toBe(1);
    expect(shown(client, 's7', '2025-09-03')).toBe('○');
    expect(row()).toBe(before);
  });
});

describe('an undo of what the server does not carry out', () => {
  it('takes back nothing that was done before', async () => {
    const client = await live();
    edit(client, '△', 's2');
    await world.run(200);
    world.server.refuse = ({ type, payload }) => (type === 'SHIFT_UPDATE' && 'staffId' in payload && payload.staffId === 's1' ? new Refusal('version_locked') : null);
    world.network.faults.latency = 200;
    edit(client, '×');
    await world.run(50);
    client.undo(SCHEDULE);
    await world.run(2000);
    expect(world.server.data).toEqual({ s2: { [DAY]: '△' } });
    expect(client.outbox.getState()).toEqual([]);
  });

  it('takes back nothing that was done before, where it waited and met a colleague’s value', async () => {
    const session = memoryStorage();
    const first = await world.open({ session });
    await world.run(200);
    edit(first, '△', 's2');
    await world.run(200);
    await disconnect();
    edit(first, '×');
    await world.run(100);
    await world.kill(first);
    const client = await world.open({ session });
    await world.run(100);
    client.undo(SCHEDULE);
    world.server.commitCells([{ staffId: 's1', dateKey: DAY, shiftValue: '●' }]);
    await reconnect();
    expect(world.server.data).toEqual({ s1: { [DAY]: '●' }, s2: { [DAY]: '△' } });
    expect(client.outbox.getState()).toMatchObject([{ held: { kind: 'conflict' } }]);
  });

  it('is for the one that it was meant for', async () => {
    const client = await live();
    world.server.refuse = ({ type, payload }) => (type === 'SHIFT_UPDATE' && 'staffId' in payload && payload.staffId === 's3' ? new Refusal('version_locked') : null);
    world.network.faults.latency = 200;
    edit(client, '○', 's1');
    edit(client, '△', 's2');
    edit(client, '×', 's3');
    await world.run(80);
    expect(progress(client)).toEqual(['sent', 'sent', 'sent']);
    client.undo(SCHEDULE);
    client.undo(SCHEDULE);
    await world.run(3000);
    expect(world.server.data).toEqual({ s1: { [DAY]: '○' }, s2: { [DAY]: '' } });
  });
});

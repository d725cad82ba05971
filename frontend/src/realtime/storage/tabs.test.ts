import { expect, it, vi } from 'vitest';

import { world } from '../testing/inAWorld';
import { edit, memoryStorage, shown, SOCKET } from '../testing/world';
import { tabStorage } from './tabs';

it('a reloaded tab is the same client', async () => {
  const session = memoryStorage();
  const client = await world.open({ session });
  await world.kill(client);
  expect((await world.open({ session })).clientId).toBe(client.clientId);
});

it.each([
  ['none', null],
  ['one that keeps nothing', { getItem: () => null, setItem: () => undefined }],
])('a reloaded tab with %s for a session storage is the same client, and two of them are two', async (_, storage) => {
  const [page, other] = [{ name: 'print' }, { name: '' }];
  const client = await world.open({ session: tabStorage(storage, page) });
  const second = await world.open({ session: tabStorage(storage, other) });
  expect(second.clientId).not.toBe(client.clientId);
  await world.kill(client);
  expect((await world.open({ session: tabStorage(storage, page) })).clientId).toBe(client.clientId);
  // A copy of the window has its name.
  expect((await world.open({ session: tabStorage(storage, { ...page }) })).clientId).not.toBe(client.clientId);
});

it('a session storage that works is what counts', () => {
  const [session, page] = [memoryStorage(), { name: '{"key":"old"}' }];
  tabStorage(session, page).setItem('key', 'value');
  expect(tabStorage(session, page).getItem('key')).toBe('value');
  expect(page.name).toBe('{"key":"old"}');
});

it('a copied tab is another client', async () => {
  const session = memoryStorage();
  const client = await world.open({ session });
  expect((await world.open({ session })).clientId).not.toBe(client.clientId);
});

it('a new tab takes over what a dead one has left, under the ids of its author', async () => {
  world.network.faults.isDown = true;
  const dead = await world.open();
  const { requestId } = edit(dead, '×');
  await world.run(100);
  await world.kill(dead);
  const heir = await world.open();
  expect(shown(heir)).toBe(null);
  expect(heir.outbox.getState()).toMatchObject([{ requestId, clientId: dead.clientId, owner: heir.clientId }]);
  world.network.faults.isDown = false;
  await world.run(40_000);
  expect(world.network.received.find(({ type }) => type === 'SHIFT_UPDATE')).toMatchObject({
    requestId,
    clientId: dead.clientId,
  });
  expect(heir.outbox.getState()).toEqual([]);
});

it('a tab that is alive keeps its outbox to itself', async () => {
  world.network.faults.isDown = true;
  const one = await world.open();
  edit(one, '×');
  await world.run(100);
  const other = await world.open();
  expect(other.outbox.getState()).toEqual([]);
});

it('a living tab takes over when it next goes live', async () => {
  const [one, other] = [await world.open(), await world.open()];
  await world.run(200);
  world.network.faults.isDown = true;
  world.network.cut();
  await world.run(50);
  const { requestId } = edit(other, '×');
  await world.run(100);
  await world.kill(other);
  world.network.faults.isDown = false;
  await world.run(40_000);
  expect(world.server.applied.get(requestId)).toBe(1);
  expect(shown(one)).toBe('×');
});

it('the outbox of one user is not touched by another', async () => {
  world.network.faults.isDown = true;
  const one = await world.open();
  edit(one, '×');
  await world.run(100);
  await world.kill(one);
  const other = await world.open({ config: { ...SOCKET, userId: 'another' } });
  expect(other.outbox.getState()).toEqual([]);
  expect(other.view.getState().staff).toBe(null);
});

it('a browser without a store edits all the same, and says that nothing is kept', async () => {
  const broken = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('no store', 'SecurityError');
  });
  const client = await world.open({ databaseName: 'forbidden' });
  broken.mockRestore();
  await world.run(200);
  world.network.faults.isDown = true;
  world.network.cut();
  edit(client, '×');
  await world.run(100);
  expect(client.outbox.getState()).toMatchObject([{ isDurable: false }]);
  world.network.faults.isDown = false;
  await world.run(40_000);
  expect(world.server.writes).toHaveLength(1);
});

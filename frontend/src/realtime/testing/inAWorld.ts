/** A world for each test of the file that imports this, made before the test and ended after it. */

import { afterEach, beforeEach, expect, vi } from 'vitest';

import type { ClientOptions, ShiftSyncClient } from '../client';
import { fakeRest, type FakeRest } from './fakeRest';
import { useFakeClock, World } from './world';

/** The world of the test that runs. */
export let world: World;
/** Its server's REST routes. */
export let rest: FakeRest;

beforeEach(() => {
  useFakeClock();
  world = new World();
  rest = fakeRest(world.server);
});

afterEach(async () => {
  await world.end();
  vi.useRealTimers();
});

/** A client that is live, over the socket unless `options` say otherwise. */
export async function live(options: Partial<ClientOptions> = {}, withinMs = 200): Promise<ShiftSyncClient> {
  const client = await world.open(options);
  await world.run(withinMs);
  expect(client.connection.getState().state).toBe('live');
  return client;
}

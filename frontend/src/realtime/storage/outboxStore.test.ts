import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Database } from './database';
import { OutboxStore } from './outboxStore';
import { PageUser } from './pageUser';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A browser's store that answers after so many milliseconds. */
function slow(ms: number): Database {
  const later = <T>(value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));
  const store = { get: () => Promise.resolve(0), put: () => Promise.resolve('outbox') };
  return { transaction: () => ({ store, done: later(undefined) }) } as unknown as Database;
}

it('a store that is only slow is told as none for no longer than until it has written', async () => {
  const store = new OutboxStore(slow(3000), 'scope', new PageUser('somebody'));
  store.probe();
  await vi.advanceTimersByTimeAsync(1900);
  expect(store.keeps.getState()).toBe(true);
  await vi.advanceTimersByTimeAsync(200);
  expect(store.keeps.getState()).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(store.keeps.getState()).toBe(true);
});

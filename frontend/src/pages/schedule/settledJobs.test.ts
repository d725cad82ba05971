import { expect, it } from 'vitest';

import type { SafeStorage } from '@/realtime/transport/config';

import { openSettledJobs } from './settledJobs';

function memory(): SafeStorage {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}

it('keeps what a user has settled for that user alone, and what a page adds is told', () => {
  const storage = memory();
  const own = openSettledJobs('tanaka', storage);
  let told = 0;
  own.subscribe(() => (told += 1));
  own.add('job');
  expect(told).toBe(1);
  expect([...openSettledJobs('tanaka', storage).getState()]).toEqual(['job']);
  expect([...openSettledJobs('sato', storage).getState()]).toEqual([]);
});

it('keeps nothing for nobody, and the last fifty for somebody', () => {
  const storage = memory();
  openSettledJobs(null, storage).add('job');
  expect(storage.length).toBe(0);
  const own = openSettledJobs('tanaka', storage);
  for (let number = 0; number < 60; number += 1) own.add(`job-${number}`);
  const kept = [...openSettledJobs('tanaka', storage).getState()];
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, 'job-10', 'job-59']);
});

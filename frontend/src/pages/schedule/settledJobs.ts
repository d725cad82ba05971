import { createStore, type StoreApi } from 'zustand';

import { type SafeStorage, safeStorage } from '@/realtime/transport/config';

const KEY = 'shiftsync-settled-jobs';
const MOST = 50;

/** The jobs whose proposals a user has applied or dropped in this browser: they are not offered to them again. */
export interface SettledJobs extends Pick<StoreApi<ReadonlySet<string>>, 'getState' | 'subscribe'> {
  readonly add: (jobId: string) => void;
}

const opened = new Map<string, SettledJobs>();

/** Those of a user, one store for each in a page. Without a name they last as long as the page. */
export function settledJobsOf(userId: string | null): SettledJobs {
  const known = opened.get(userId ?? '') ?? openSettledJobs(userId, safeStorage(() => localStorage));
  opened.set(userId ?? '', known);
  return known;
}

/** Reads what a storage holds for a user, and keeps there what is added. A full or forbidden one keeps nothing. */
export function openSettledJobs(userId: string | null, storage: SafeStorage | null): SettledJobs {
  const key = `${KEY}:${userId ?? ''}`;
  const used = userId === null ? null : storage;
  const store = createStore<ReadonlySet<string>>(() => new Set((used?.getItem(key) ?? '').split(' ').filter(Boolean)));
  const add = (jobId: string) => {
    const settled = [...[...store.getState()].slice(1 - MOST), jobId];
    store.setState(new Set(settled), true);
    used?.setItem(key, settled.join(' '));
  };
  return { getState: store.getState, subscribe: store.subscribe, add };
}

import { createContext, useContext, useEffect } from 'react';
import { type StoreApi, useStore } from 'zustand';

import type { ShiftSyncClient } from '@/realtime/client';
import type { ReplicaState, SliceKey } from '@/realtime/state/state';

/** What the pages need of the client; whatever offers it may stand behind them. */
export type Backend = Pick<
  ShiftSyncClient,
  | 'clientId'
  | 'userId'
  | 'version'
  | 'keeps'
  | 'end'
  | 'forgetCopies'
  | 'connection'
  | 'view'
  | 'outbox'
  | 'session'
  | 'notices'
  | 'jobs'
  | 'roster'
  | 'change'
  | 'query'
  | 'readJob'
  | 'follow'
  | 'isCurrent'
  | 'resync'
  | 'undo'
  | 'redo'
  | 'moveTo'
  | 'insist'
  | 'discard'
  | 'dismiss'
>;

/** What a request says of the version that its author saw when they began; nothing where none is known. */
export const basedOn = (version: number): { baseVersion?: number } => (version > 0 ? { baseVersion: version } : {});

const Context = createContext<Backend | null>(null);
export const BackendProvider = Context.Provider;

export function useBackend(): Backend {
  const backend = useContext(Context);
  if (backend === null) throw new Error('There is no backend around this.');
  return backend;
}

type Stores = { [K in keyof Backend as Backend[K] extends StoreApi<unknown> ? K : never]: Backend[K] };
type StateOf<Store> = Store extends StoreApi<infer State> ? State : never;

/** A part of one of the backend's stores; `select` has to give the same object for the same state. */
export function useBackendStore<K extends keyof Stores, T>(name: K, select: (state: StateOf<Stores[K]>) => T): T {
  const store: unknown = useBackend()[name];
  return useStore<StoreApi<StateOf<Stores[K]>>, T>(store as StoreApi<StateOf<Stores[K]>>, select as never);
}

export const useView = <T>(select: (state: ReplicaState) => T): T => useBackendStore('view', select);

/** Keeps a part of the state current while the component is there. */
export function useFollow(slice: SliceKey | null): void {
  const backend = useBackend();
  useEffect(() => (slice === null ? undefined : backend.follow(slice)), [backend, slice]);
}

/** Whether this user may change anything. Unknown counts as yes for those who were here before: they work offline. */
export function useCanEdit(): boolean {
  return useBackendStore('session', ({ role }) => role !== 'viewer');
}

export const useIsOwner = (): boolean => useBackendStore('session', ({ role }) => role === 'owner');

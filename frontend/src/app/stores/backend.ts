/** What pages ask of the client that the application gives them, in their own words. */

import { type StoreApi, useStore } from 'zustand';

import { type StateOf, type StoreName, storeOf, useGivenClient } from '@/hooks/client';
import { onlyLooks } from '@/realtime/protocol';
import type { ReplicaState } from '@/realtime/state/state';

export { ClientProvider as BackendProvider, useFollow, useGivenClient as useBackend, type Client as Backend } from '@/hooks/client';

/** What a request says of the version that its author saw when they began; nothing where none is known. */
export const basedOn = (version: number): { baseVersion?: number } => (version > 0 ? { baseVersion: version } : {});

/** A part of one of the backend's stores; `select` has to give the same object for the same state. */
export function useBackendStore<Name extends StoreName, T>(name: Name, select: (state: StateOf<Name>) => T): T {
  return useStore<StoreApi<StateOf<Name>>, T>(storeOf(useGivenClient(), name), select);
}

export const useView = <T>(select: (state: ReplicaState) => T): T => useBackendStore('view', select);

/** Whether this user may change anything. Unknown counts as yes for those who were here before: they work offline. */
export function useCanEdit(): boolean {
  return useBackendStore('session', ({ role }) => !onlyLooks(role));
}

export const useIsOwner = (): boolean => useBackendStore('session', ({ role }) => role === 'owner');

/** The client behind the hooks: the one that a provider gives, else one for the whole page. */

import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

import { browserConfig, openClient, runInPage, safeStorage, type ShiftSyncClient, type SliceKey } from '@/realtime';

const ClientContext = createContext<ShiftSyncClient | null>(null);

export function ClientProvider({ client, children }: { client: ShiftSyncClient; children: ReactNode }) {
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>;
}

const shared = createStore<ShiftSyncClient | null>(() => null);
let opening: Promise<void> | null = null;

/** Opens the page's own client, once. */
function openShared(): Promise<void> {
  opening ??= openClient({ config: browserConfig(), session: safeStorage(() => sessionStorage) }).then((client) => {
    runInPage(client);
    shared.setState(client, true);
  });
  return opening;
}

/** The client, or null as long as the browser's store is being opened. */
export function useClient(): ShiftSyncClient | null {
  const given = useContext(ClientContext);
  const own = useSyncExternalStore(shared.subscribe, shared.getState);
  useEffect(() => {
    if (given === null) {
      void openShared();
    }
  }, [given]);
  return given ?? own;
}

const never = () => () => undefined;

/**
 * A part of one of the client's stores; `absent` as long as there is no client. `select` has to return the same object for
 * the same state.
 */
export function useClientStore<State, Part>(
  store: (client: ShiftSyncClient) => StoreApi<State>,
  select: (state: State) => Part,
  absent: Part,
): Part {
  const client = useClient();
  const source = client === null ? null : store(client);
  return useSyncExternalStore(source?.subscribe ?? never, () => (source === null ? absent : select(source.getState())));
}

/** Keeps parts of the state current while the component is there. */
export function useFollow(slices: readonly SliceKey[]): void {
  const client = useClient();
  const key = slices.join(' ');
  useEffect(() => {
    const wanted = key === '' ? [] : (key.split(' ') as SliceKey[]);
    const releases = wanted.map((slice) => client?.follow(slice));
    return () => releases.forEach((release) => release?.());
  }, [client, key]);
}

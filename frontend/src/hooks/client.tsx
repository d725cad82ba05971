/** React and the client: the one place where components get it, read its stores and say what they need of the state. */

import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

import { browserConfig, openClient, runInPage, safeStorage, type ShiftSyncClient, type SliceKey, tabStorage } from '@/realtime';

/** What components need of the client; whatever offers it may stand behind them. */
export type Client = Pick<
  ShiftSyncClient,
  | 'clientId'
  | 'userId'
  | 'version'
  | 'keeps'
  | 'start'
  | 'stop'
  | 'end'
  | 'forgetCopies'
  | 'countWaiting'
  | 'connection'
  | 'view'
  | 'outbox'
  | 'session'
  | 'notices'
  | 'news'
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

const ClientContext = createContext<Client | null>(null);

export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  return <ClientContext.Provider value={client}>{children}</ClientContext.Provider>;
}

const shared = createStore<Client | null>(() => null);
let opening: Promise<void> | null = null;

/** Opens the page's own client, once. */
function openShared(): Promise<void> {
  opening ??= openClient({ config: browserConfig(), session: tabStorage(safeStorage(() => sessionStorage)) }).then((client) => {
    runInPage(client);
    shared.setState(client, true);
  });
  return opening;
}

/**
 * The client that a provider gives, else one for the whole page, which is opened when a component first asks for it. Null as long as
 * the browser's store is being opened.
 */
export function useClient(): Client | null {
  const given = useContext(ClientContext);
  const own = useSyncExternalStore(shared.subscribe, shared.getState);
  useEffect(() => {
    if (given === null) {
      void openShared();
    }
  }, [given]);
  return given ?? own;
}

/** The client that a provider gives: for components that are never shown without one. Throws where there is none. */
export function useGivenClient(): Client {
  const given = useContext(ClientContext);
  if (given === null) throw new Error('There is no ClientProvider around this.');
  return given;
}

type Stores = { [K in keyof Client as Client[K] extends StoreApi<unknown> ? K : never]: Client[K] };
export type StoreName = keyof Stores;
export type StateOf<Name extends StoreName> = Stores[Name] extends StoreApi<infer State> ? State : never;

const never = () => () => undefined;

/** One of the client's stores, with the type of its state. */
export const storeOf = <Name extends StoreName>(client: Client, name: Name): StoreApi<StateOf<Name>> =>
  // TypeScript does not see that the store of a name holds the state of that name.
  client[name] as unknown as StoreApi<StateOf<Name>>;

/**
 * A part of one of the client's stores; `absent` as long as there is no client. `select` has to return the same object for
 * the same state.
 */
export function useClientStore<Name extends StoreName, Part>(name: Name, select: (state: StateOf<Name>) => Part, absent: Part): Part {
  const client = useClient();
  const source = client === null ? null : storeOf(client, name);
  return useSyncExternalStore(source?.subscribe ?? never, () => (source === null ? absent : select(source.getState())));
}

/** Keeps parts of the state current while the component is there. */
export function useFollow(...slices: readonly (SliceKey | null)[]): void {
  const client = useClient();
  const key = slices.filter((slice) => slice !== null).join(' ');
  useEffect(() => {
    const wanted = key === '' ? [] : (key.split(' ') as SliceKey[]);
    const releases = wanted.map((slice) => client?.follow(slice));
    return () => releases.forEach((release) => release?.());
  }, [client, key]);
}

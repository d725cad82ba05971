/** Where the server is and how it may be reached. */

export interface ClientConfig {
  /** Address of the socket, or null if none is to be used. */
  readonly socketUrl: string | null;
  /** Whether settings go over the socket too. */
  readonly settingsBySocket: boolean;
  /** Address of the REST API, with a slash at its end. */
  readonly apiUrl: string;
  readonly restaurantId: string | null;
  /** Whose outbox and copy these are; a client without it keeps nothing apart from other users. */
  readonly userId: string | null;
  /** Names what this user sees there, as far as the page knows. */
  readonly sight?: string | null;
  /** For clients that are not browsers. */
  readonly token: string | null;
}

export interface Environment {
  readonly VITE_WEBSOCKET_URL?: string;
  readonly VITE_WEBSOCKET_ENABLED?: string;
  readonly VITE_WEBSOCKET_SETTINGS?: string;
  readonly VITE_RESTAURANT_ID?: string;
}

/** What the page says of itself, in `<script type="application/json" id="shiftsync-config">`. */
export interface PageConfig {
  readonly restaurantId?: string | null;
  readonly userId?: string | null;
  readonly websocketUrl?: string | null;
  readonly restaurants?: readonly { readonly id: string; readonly sight?: string }[];
}

export interface Surroundings {
  readonly location: Pick<Location, 'protocol' | 'host' | 'search'>;
  readonly storage: Pick<Storage, 'getItem'> | null;
  readonly page: PageConfig;
}

const SWITCHES = ['FORCE_SUPABASE_ONLY', 'FORCE_REST_ONLY'];

function isForcedToRest(storage: Surroundings['storage']): boolean {
  return SWITCHES.some((name) => storage?.getItem(name) === 'true');
}

function ownSocket({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/staff-sync`;
}

/**
 * The configuration of a page: what it says itself, else what it was built with, else its own host. The restaurant may
 * stand in its address as `?restaurant=`.
 */
export function configFrom(environment: Environment, { location, storage, page }: Surroundings): ClientConfig {
  const isOff = environment.VITE_WEBSOCKET_ENABLED === 'false' || isForcedToRest(storage);
  const asked = new URLSearchParams(location.search).get('restaurant');
  const restaurantId = asked ?? page.restaurantId ?? environment.VITE_RESTAURANT_ID ?? null;
  const socketUrl = page.websocketUrl ?? environment.VITE_WEBSOCKET_URL ?? ownSocket(location);
  return {
    socketUrl: isOff ? null : socketUrl,
    settingsBySocket: environment.VITE_WEBSOCKET_SETTINGS !== 'false',
    apiUrl: `${location.protocol}//${location.host}/api/`,
    restaurantId,
    userId: page.userId ?? null,
    sight: page.restaurants?.find(({ id }) => id === restaurantId)?.sight ?? null,
    token: null,
  };
}

/** The configuration of the page that this runs in. */
export function browserConfig(): ClientConfig {
  const element = document.getElementById('shiftsync-config');
  const page = JSON.parse(element?.textContent ?? '{}') as PageConfig;
  return configFrom(import.meta.env as Environment, { location, storage: safeStorage(() => localStorage), page });
}

/** What is used of a storage. */
export type SafeStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * A storage that nothing comes of where the browser forbids it, or null where there is none at all. A browser may give it away and
 * throw at whatever one does with it: a full one, one of a private window.
 */
export function safeStorage(get: () => Storage): SafeStorage | null {
  const storage = attempt(get);
  return storage === null
    ? null
    : {
        getItem: (name) => attempt(() => storage.getItem(name)),
        setItem: (name, value) => void attempt(() => storage.setItem(name, value)),
        removeItem: (name) => void attempt(() => storage.removeItem(name)),
        key: (index) => attempt(() => storage.key(index)),
        get length() {
          return attempt(() => storage.length) ?? 0;
        },
      };
}

function attempt<T>(touch: () => T): T | null {
  try {
    return touch();
  } catch {
    return null;
  }
}

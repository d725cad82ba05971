import { describe, expect, it } from 'vitest';

import { configFrom, safeStorage, type Surroundings } from './config';

const location = { protocol: 'https:', host: 'shifts.example', search: '' };
const surroundings = (stored: Record<string, string> = {}, page = {}): Surroundings => ({
  location,
  storage: { getItem: (name) => stored[name] ?? null },
  page,
});

describe('the configuration', () => {
  it('is the page’s own host by itself', () => {
    expect(configFrom({}, surroundings())).toMatchObject({
      socketUrl: 'wss://shifts.example/staff-sync',
      apiUrl: 'https://shifts.example/api/',
      settingsBySocket: true,
      restaurantId: null,
    });
  });

  it('takes what it was built with, and what the page says before that', () => {
    const environment = { VITE_WEBSOCKET_URL: 'ws://built/staff-sync', VITE_RESTAURANT_ID: 'built' };
    expect(configFrom(environment, surroundings())).toMatchObject({
      socketUrl: 'ws://built/staff-sync',
      restaurantId: 'built',
    });
    const page = { restaurantId: 'page', userId: 'u', websocketUrl: 'ws://page/staff-sync' };
    expect(configFrom(environment, surroundings({}, page))).toMatchObject({
      socketUrl: 'ws://page/staff-sync',
      restaurantId: 'page',
      userId: 'u',
    });
  });

  it('opens the restaurant in the address before any other', () => {
    const page = surroundings({}, { restaurantId: 'page' });
    const address = { ...location, search: '?restaurant=asked' };
    expect(configFrom({}, { ...page, location: address }).restaurantId).toBe('asked');
  });

  it.each(['FORCE_SUPABASE_ONLY', 'FORCE_REST_ONLY'])('has no socket with %s', (name) => {
    expect(configFrom({}, surroundings({ [name]: 'true' })).socketUrl).toBe(null);
    expect(configFrom({}, surroundings({ [name]: 'false' })).socketUrl).not.toBe(null);
  });

  it('can do without the socket, or without settings on it', () => {
    expect(configFrom({ VITE_WEBSOCKET_ENABLED: 'false' }, surroundings()).socketUrl).toBe(null);
    expect(configFrom({ VITE_WEBSOCKET_SETTINGS: 'false' }, surroundings()).settingsBySocket).toBe(false);
  });
});

describe('a storage', () => {
  const throwing = () => {
    throw new DOMException('no', 'SecurityError');
  };

  it.each([
    ['may not be touched', throwing],
    ['throws whatever one does with it', () => ({ getItem: throwing, setItem: throwing, removeItem: throwing, key: throwing, get length() { return throwing(); } }) as unknown as Storage],
  ])('that %s keeps nothing and stops nobody', (_, get) => {
    const storage = safeStorage(get);
    storage?.setItem('name', 'value');
    storage?.removeItem('name');
    expect(storage?.getItem('name') ?? null).toBe(null);
    expect(storage?.key(0) ?? null).toBe(null);
    expect(storage?.length ?? 0).toBe(0);
  });
});

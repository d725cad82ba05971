import { cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import { makeHttp } from '@/api/http';
import { failureOf } from '../ui/errorWords';
import { RestProvider, useRead, useWrite } from './rest';

afterEach(cleanup);

const answering = (answer: () => Response) => {
  const http = makeHttp({ apiUrl: 'http://server/api/', token: null, restaurantId: null, fetch: () => Promise.resolve(answer()) });
  return ({ children }: { children: ReactNode }) => <RestProvider value={http}>{children}</RestProvider>;
};

const portal = () => new Response('<html>sign in to the network</html>', { headers: { 'Content-Type': 'text/html' } });

describe('a page that a network answers with instead of the server', () => {
  it('is no success of a write', async () => {
    const { result } = renderHook(() => useWrite(), { wrapper: answering(portal) });
    const written = result.current('patch', '/api/restaurants/{id}/', { id: 'r1' }, { name: '新しい名' });
    const error: unknown = await written.then(() => null, (reason: unknown) => reason);
    expect(failureOf(error)).toMatchObject({ code: 'offline' });
  });

  it('is no answer to a read', async () => {
    const { result } = renderHook(() => useRead(), { wrapper: answering(portal) });
    const error: unknown = await result.current('/api/restaurants/').then(() => null, (reason: unknown) => reason);
    expect(failureOf(error)).toMatchObject({ code: 'offline' });
  });
});

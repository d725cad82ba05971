/** A page of the app as somebody of a restaurant sees it, without a server. */

import { HeadlessMantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';

import { makeHttp } from '@/api/http';
import { BackendProvider } from '@/app/stores/backend';
import { RestProvider } from '@/app/stores/rest';
import type { Role } from '@/realtime/protocol';
import type { ReplicaState } from '@/realtime/state/state';

import { MemoryBackend } from './memoryBackend';

const http = makeHttp({ apiUrl: 'http://server/api/', token: null, restaurantId: null, fetch: () => Promise.resolve(Response.json([])) });

/** Gives the element that the page stands in. */
export function showPage(state: ReplicaState, role: Role, page: ReactNode): HTMLElement {
  const backend = new MemoryBackend(state, () => undefined);
  backend.session.setState({ role });
  const { container } = render(
    <RestProvider value={http}>
      <BackendProvider client={backend}>
        <HeadlessMantineProvider>{page}</HeadlessMantineProvider>
      </BackendProvider>
    </RestProvider>,
  );
  return container;
}

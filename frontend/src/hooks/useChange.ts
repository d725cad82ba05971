import { useCallback } from 'react';

import { RequestError, type ChangeRequest, type Submitted } from '@/realtime';
import { useClient } from './client';

/** Makes changes. Throws a {@link RequestError} before the client is open, which `isLoading` of every hook tells. */
export function useChange(): (request: ChangeRequest) => Submitted {
  const client = useClient();
  return useCallback(
    (request) => {
      if (client === null) {
        throw new RequestError('offline', 'The client is not open yet.');
      }
      return client.change(request);
    },
    [client],
  );
}

import { useCallback, useEffect, useRef } from 'react';

import { useBackend } from '@/app/stores/backend';

/** The version of the restaurant that was seen when the form was touched first since it was last in order. */
export function useBegun(isDirty: boolean): () => number {
  const backend = useBackend();
  const begun = useRef<number | null>(null);
  useEffect(() => {
    begun.current = isDirty ? (begun.current ?? backend.version) : null;
  }, [backend, isDirty]);
  return useCallback(() => begun.current ?? backend.version, [backend]);
}

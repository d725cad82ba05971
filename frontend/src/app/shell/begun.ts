import { useCallback, useEffect, useRef } from 'react';

import { useBackend } from '../stores/backend';

/**
 * The version of the restaurant that was seen when the form was touched first since it was last in order; `earlier`: the one that was
 * seen when what it shows was typed, where that was before it was opened.
 */
export function useBegun(isDirty: boolean, earlier?: number): () => number {
  const backend = useBackend();
  const begun = useRef<number | null>(null);
  useEffect(() => {
    begun.current = isDirty ? (begun.current ?? earlier ?? backend.version) : null;
  }, [backend, isDirty, earlier]);
  // A version that the restaurant has not reached is one of another past: a restored backup.
  return useCallback(() => Math.min(begun.current ?? backend.version, backend.version), [backend]);
}

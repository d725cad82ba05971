import { useCallback, useEffect, useState } from 'react';

import { type Failure, failureOf } from './errorWords';

export type Answered<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly failure: Failure };

const LOADING = { state: 'loading' } as const;

/**
 * Asks once for each `key`; the answer to an old question is dropped. `again` asks anew. With `keeps` the last answer stands
 * until the next is there: for questions whose answers grow.
 */
export function useAnswer<T>(key: string | null, load: () => Promise<T>, keeps = false): Answered<T> & { again: () => void } {
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<{ id: string; answered: Answered<T> }>({ id: '', answered: LOADING });
  const id = key === null ? '' : `${key} ${round}`;
  useEffect(() => {
    if (id === '') return;
    let wanted = true;
    load().then(
      (value) => wanted && setHeld({ id, answered: { state: 'ready', value } }),
      (error: unknown) => wanted && setHeld({ id, answered: { state: 'failed', failure: failureOf(error) } }),
    );
    return () => {
      wanted = false;
    };
    // `load` closes over what `key` names.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked again by key, not by identity
  }, [id]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const stands = held.id === id || (keeps && held.answered.state === 'ready');
  return { ...(stands ? held.answered : LOADING), again };
}

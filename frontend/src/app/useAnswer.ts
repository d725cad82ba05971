import { useCallback, useEffect, useState } from 'react';

export type Answered<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

const LOADING = { state: 'loading' } as const;

/** Asks once for each `key`; the answer to an old question is dropped. `again` asks anew. */
export function useAnswer<T>(key: string | null, load: () => Promise<T>): Answered<T> & { again: () => void } {
  const [round, setRound] = useState(0);
  const [held, setHeld] = useState<{ id: string; answered: Answered<T> }>({ id: '', answered: LOADING });
  const id = key === null ? '' : `${key} ${round}`;
  useEffect(() => {
    if (id === '') return;
    let wanted = true;
    load().then(
      (value) => wanted && setHeld({ id, answered: { state: 'ready', value } }),
      (error: unknown) => wanted && setHeld({ id, answered: { state: 'failed', message: error instanceof Error ? error.message : String(error) } }),
    );
    return () => {
      wanted = false;
    };
    // `load` closes over what `key` names.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked again by key, not by identity
  }, [id]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { ...(held.id === id ? held.answered : LOADING), again };
}

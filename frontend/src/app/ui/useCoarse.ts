import { useSyncExternalStore } from 'react';

const media = () => (typeof window.matchMedia === 'function' ? window.matchMedia('(pointer: coarse)') : null);

function subscribe(listener: () => void): () => void {
  const query = media();
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
}

/** Whether the main pointer is a finger. */
export const useCoarse = (): boolean => useSyncExternalStore(subscribe, () => media()?.matches ?? false);

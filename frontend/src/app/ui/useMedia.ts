import { useCallback, useSyncExternalStore } from 'react';

const media = (query: string) => (typeof window.matchMedia === 'function' ? window.matchMedia(query) : null);

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const asked = media(query);
      asked?.addEventListener('change', listener);
      return () => asked?.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => media(query)?.matches ?? false);
}

/** Whether the main pointer is a finger. */
export const useCoarse = (): boolean => useMedia('(pointer: coarse)');

/** Whether the page is as narrow as a phone held upright; the style sheets have the same width. */
export const useNarrow = (): boolean => useMedia('(max-width: 560px)');

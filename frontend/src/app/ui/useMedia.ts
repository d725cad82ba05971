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

/** A phone, upright or on its side; the style sheets have the same words. */
const PHONE = '(max-width: 640px), (pointer: coarse) and (max-height: 480px)';

export const usePhone = (): boolean => useMedia(PHONE);

/** Whether the page begins with a day: on a phone that is held in a hand. */
export const beginsWithDay = (): boolean => media(`(pointer: coarse) and (max-width: 640px), (pointer: coarse) and (max-height: 480px)`)?.matches ?? false;

/** Whether the page is as narrow as a phone held upright; the style sheets have the same width. */
export const useNarrow = (): boolean => useMedia('(max-width: 560px)');

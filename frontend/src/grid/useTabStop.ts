import { type FocusEvent, type RefObject, useMemo } from 'react';

/**
 * The table is the stop for Tab; the focus itself goes on to the input inside it, where an input method can begin. While it is
 * there the table is no stop, or Shift+Tab would come back from it for ever.
 */
export function useTabStop(input: RefObject<HTMLInputElement | null>) {
  return useMemo(
    () => ({
      onFocus: ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
        if (target === currentTarget) input.current?.focus({ preventScroll: true });
        if (document.activeElement === input.current) currentTarget.tabIndex = -1;
      },
      onBlur: ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
        if (!currentTarget.contains(relatedTarget) || relatedTarget === currentTarget) currentTarget.tabIndex = 0;
      },
    }),
    [input],
  );
}

import { useEffect } from 'react';

import { isTaken } from '@/grid/keys';

/** Keys by which an input method is steered, and by which the page would run, leave or close something. */
const STEERING: readonly string[] = ['Enter', 'Escape', 'Tab', ' ', 'ArrowUp', 'ArrowDown'];

/** What an input method has taken runs nothing anywhere in the page: not the Enter that ends a composition, not the Escape that drops it. */
export function useInputMethods(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event) && STEERING.includes(event.key)) event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}

import { useEffect, useRef } from 'react';

import { isTaken } from '@/grid/keys';

/** What Escape closes: of all that is open what was opened last, and nothing below it. */
const open: (() => void)[] = [];

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || isTaken(event)) return;
  // Before all others: the focus may not have come from the grid into the dialog yet, and the selection is to stay.
  event.stopPropagation();
  open.at(-1)?.();
}

/** Closes on Escape for as long as `isOpen`. */
export function useEscape(close: () => void, isOpen = true): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!isOpen) return;
    const own = () => latest.current();
    if (open.length === 0) window.addEventListener('keydown', onKeyDown, true);
    open.push(own);
    return () => {
      open.splice(open.indexOf(own), 1);
      if (open.length === 0) window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [isOpen]);
}

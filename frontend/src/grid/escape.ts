import { useEffect, useRef } from 'react';

import { isTaken } from './keys';

/** False where what is open lies beside what one is at: Escape means what is below it then. */
type Close = () => unknown;

/** What Escape closes: of all that is open what was opened last, and nothing below it. */
const open: Close[] = [];

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || isTaken(event)) return;
  // Before all others: the focus may not have come from the grid into the dialog yet, and the selection is to stay.
  event.stopPropagation();
  [...open].reverse().find((close) => close() !== false);
}

/** Closes on Escape for as long as `isOpen`. `inPage`: it belongs to the page, and lies below whatever is opened over that, also before it. */
export function useEscape(close: Close, isOpen = true, inPage = false): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (!isOpen) return;
    const own = () => latest.current();
    if (open.length === 0) window.addEventListener('keydown', onKeyDown, true);
    if (inPage) open.unshift(own);
    else open.push(own);
    return () => {
      open.splice(open.indexOf(own), 1);
      if (open.length === 0) window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [isOpen, inPage]);
}

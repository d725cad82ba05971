import { useEffect, useState } from 'react';

/** Gives the focus back to where it was. Mantine does so for dialogs and menus that it closes itself; ours go away with what opened them. */
export function useFocusBack(): void {
  // Read before the focus is taken.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isNowhere = () => document.activeElement === null || document.activeElement === document.body;
      // When it is out of the page. Who has chosen something to go on with meanwhile keeps it.
      setTimeout(() => {
        if (isNowhere() && before instanceof HTMLElement) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}

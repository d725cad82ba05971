import { type ClipboardEvent, type KeyboardEvent, useCallback, useMemo, useRef } from 'react';

import type { Grid } from './controller';
import { commandOf, keymapOf } from './keymap';
import { isTaken, writesText } from './keys';
import type { ShiftSymbol } from './model';

/** Keys and the clipboard. */
export function useInput(grid: Grid, symbols: readonly ShiftSymbol[]) {
  const keymap = useMemo(() => keymapOf(symbols), [symbols]);
  const leaving = useRef(false);
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (isTaken(event.nativeEvent)) return;
      const command = commandOf(event.nativeEvent, keymap);
      // Escape, then Tab leaves the grid: nobody is caught in it.
      const leaves = leaving.current && event.key === 'Tab';
      if (event.key !== 'Shift') leaving.current = event.key === 'Escape';
      if (command !== null && !leaves && grid.run(command)) event.preventDefault();
    },
    [grid, keymap],
  );
  return useMemo(() => {
    const put = (event: ClipboardEvent, text: string | null) => {
      if (writesText(event.target) || text === null) return;
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
    };
    return {
      onKeyDown,
      onCopy: (event: ClipboardEvent) => put(event, writesText(event.target) ? null : grid.copy()),
      onCut: (event: ClipboardEvent) => put(event, writesText(event.target) ? null : grid.cut()),
      onPaste: (event: ClipboardEvent) => {
        if (writesText(event.target)) return;
        event.preventDefault();
        void grid.paste(event.clipboardData.getData('text/plain'), symbols);
      },
    };
  }, [grid, symbols, onKeyDown]);
}


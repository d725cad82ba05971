import { useEffect, useRef } from 'react';

import { cellId, type GridView } from './GridContext';
import { boxOf, scrollTo, spaceOf } from './geometry';
import type { CellRef } from './model';
import { cursorOf } from './selection';
import { viewportOf } from './usePointer';

/** Keeps the cursor in view, tells it to assistive technology, and measures a page. */
export function useCursor(element: HTMLElement | null, view: GridView): void {
  const begun = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const { grid, id, metrics } = view;
    let shown: CellRef | null = null;
    const show = () => {
      const { selection, layout } = grid.state.getState();
      const resolved = grid.resolved();
      if (element === null) return;
      if (selection === null || resolved === null) {
        element.removeAttribute('aria-activedescendant');
        return;
      }
      const cursor = cursorOf(selection);
      element.setAttribute('aria-activedescendant', cellId(id, cursor));
      grid.setPage(Math.floor(spaceOf(viewportOf(element), metrics).height / metrics.rowHeight) - 1);
      const isWhole = selection.shape !== 'cells' && selection.walked === undefined;
      if (isWhole || shown === cursor) return;
      const first = shown === null;
      // A cursor that begins at a later day has that day at the left: yesterday is over.
      if (first && begun.current !== element) element.scrollTo(resolved.cursor.col * metrics.colWidth, 0);
      begun.current = element;
      shown = cursor;
      const { row, col } = resolved.cursor;
      const to = scrollTo(boxOf({ top: row, left: col, bottom: row, right: col }, layout.itemOf, metrics), viewportOf(element), metrics);
      if (!first && (to.top !== element.scrollTop || to.left !== element.scrollLeft)) element.scrollTo(to.left, to.top);
    };
    show();
    return grid.state.subscribe(show);
  }, [element, view]);
}


import { useEffect } from 'react';

import { cellId, type GridView } from './GridContext';
import { boxOf, scrollTo, spaceOf } from './geometry';
import type { CellRef } from './model';
import { viewportOf } from './usePointer';

/** Keeps the cursor in view, tells it to assistive technology, and measures a page. */
export function useCursor(element: HTMLElement | null, view: GridView): void {
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
      element.setAttribute('aria-activedescendant', cellId(id, selection.head));
      grid.setPage(Math.floor(spaceOf(viewportOf(element), metrics).height / metrics.rowHeight) - 1);
      if (selection.shape !== 'cells' || shown === selection.head) return;
      const first = shown === null;
      shown = selection.head;
      const { row, col } = resolved.head;
      const to = scrollTo(boxOf({ top: row, left: col, bottom: row, right: col }, layout.itemOf, metrics), viewportOf(element), metrics);
      if (!first && (to.top !== element.scrollTop || to.left !== element.scrollLeft)) element.scrollTo(to.left, to.top);
    };
    show();
    return grid.state.subscribe(show);
  }, [element, view]);
}


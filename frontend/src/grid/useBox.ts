import { useGridState, useGridView } from './GridContext';
import { type Box, boxOf } from './geometry';
import { positionOf } from './layout';
import type { CellRef } from './model';
import type { Range } from './range';

export const styleOf = (box: Box) => ({ ...box });

/** Where a range lies. */
export function useBox(range: Range | null): Box | null {
  const { grid, metrics } = useGridView();
  const layout = useGridState(grid, (state) => state.layout);
  return range === null ? null : boxOf(range, layout.itemOf, metrics);
}

/** The box of one cell; null where it cannot be seen now. */
export function useCellBox(cell: CellRef | null): Box | null {
  const { grid } = useGridView();
  const layout = useGridState(grid, (state) => state.layout);
  const at = cell === null ? null : positionOf(layout, cell);
  return useBox(at === null ? null : { top: at.row, left: at.col, bottom: at.row, right: at.col });
}

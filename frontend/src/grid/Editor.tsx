import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';

import { cellId, type GridView, useGridState, useGridView } from './GridContext';
import { WAITING } from './keys';
import type { ShiftSymbol } from './model';
import { activeOf, cursorOf } from './selection';
import { Typing } from './typing';
import { styleOf, useCellBox } from './useBox';

interface EditorProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly symbols: readonly ShiftSymbol[];
  readonly coarse: boolean;
}

/**
 * The input that has the focus wherever the cursor is: not to be seen until something is typed, so that an input method begins at
 * the cell. Then it lies over its cell, and what colleagues do does not touch it. A grid may own nothing but rows and cells.
 */
export function Editor({ input, symbols, coarse }: EditorProps) {
  const view = useGridView();
  const { grid, id, words } = view;
  const editing = useGridState(grid, (state) => state.editing);
  const selection = useGridState(grid, (state) => state.selection);
  const readOnly = useGridState(grid, (state) => state.readOnly);
  const box = useCellBox(editing?.cell ?? (selection === null ? null : activeOf(selection)));
  const typing = useMemo(() => new Typing(grid, symbols), [grid, symbols]);
  const isOpen = editing !== null;
  useFocus(input, isOpen, coarse);
  if (readOnly) return null;
  const said = isOpen ? { 'aria-label': words.edit('') } : { 'aria-label': words.table, [WAITING]: '', ...pointingTo(view, selection === null ? null : cellId(id, cursorOf(selection))) };
  return (
    <div role="row" className="ss-typing">
      <div role="gridcell">
        <input
          ref={input}
          className={isOpen ? 'ss-editor' : 'ss-waiting'}
          style={box === null ? {} : isOpen ? { ...styleOf(box), width: undefined, minWidth: box.width } : styleOf(box)}
          value={editing?.text ?? ''}
          tabIndex={-1}
          // A finger that chooses a cell does not want a keyboard over half of the screen.
          inputMode={coarse && !isOpen ? 'none' : 'text'}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          {...said}
          onChange={typing.change}
          onCompositionStart={typing.beginComposing}
          onCompositionEnd={typing.endComposing}
          onBlur={typing.blur}
          onKeyDown={typing.keyDown}
          onPointerDown={(event) => event.stopPropagation()}
        />
      </div>
    </div>
  );
}

const pointingTo = ({ grid, id }: GridView, cell: string | null) =>
  cell === null || grid.resolved() === null ? {} : { 'aria-activedescendant': cell, 'aria-controls': id };

/** The focus is where one types, and with the grid again when that is over. */
function useFocus(input: RefObject<HTMLInputElement | null>, isOpen: boolean, coarse: boolean): void {
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    const element = input.current;
    if (element === null || isOpen === wasOpen.current) return;
    wasOpen.current = isOpen;
    // An on-screen keyboard opens when an element receives the focus, so the focus is moved.
    if (isOpen && coarse && document.activeElement === element) element.blur();
    const at = document.activeElement;
    if (isOpen ? at?.closest('[role=dialog]') == null : at === document.body) element.focus({ preventScroll: true });
  }, [input, isOpen, coarse]);
}

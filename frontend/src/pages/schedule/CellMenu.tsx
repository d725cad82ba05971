import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';

import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import type { MenuItem } from '@/app/ui/dropped';
import { useFocusBack } from '@/app/ui/focusBack';
import { MenuItems } from '@/app/ui/DropMenuLoaded';
import { toast } from '@/app/stores/toasts';
import type { Grid } from '@/grid/controller';
import { useEscape } from '@/grid/escape';
import { symbolKeys } from '@/grid/keymap';
import { activeOf } from '@/grid/selection';

import type { Month } from './useSchedule';
import { isOpen, wishOf } from './wishes';

interface Props {
  readonly grid: Grid;
  readonly month: Month;
  readonly onClose: () => void;
}

const activeCell = () => {
  const table = document.querySelector('[role=grid]');
  return document.getElementById(table?.getAttribute('aria-activedescendant') ?? '')?.getBoundingClientRect();
};

/** On a phone there is room on neither side of a cell: then the menu lies over it. */
const KEPT_INSIDE = { flip: true, shift: { crossAxis: true, padding: 8 } };

/** The actions on the selected cells, shown at the cursor. */
export default function CellMenu({ grid, month, onClose }: Props) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  useFocusBack();
  useEscape(onClose);
  const at = activeCell();
  const keys = symbolKeys(month.symbols);
  const symbols = month.symbols.map(({ symbol, label, kind }) => ({
    id: symbol,
    label,
    icon: <span className={`sp-symbol sp-small ss-${kind}`}>{symbol}</span>,
    keys: keys.get(symbol)?.[0] ?? '',
    run: () => grid.setValue(symbol),
  }));
  const copy: MenuItem = { id: 'copy', icon: 'copy', keys: 'Ctrl C', label: t('edit.copy'), run: () => copyOut(grid.copy(), t('edit.noClipboard')) };
  const history: MenuItem = { id: 'history', icon: 'history', keys: 'Alt H', label: t('history.title'), run: () => grid.run({ type: 'history' }) };
  const wishing = useWishing(grid, month);
  const items: MenuItem[] = canEdit
    ? [
        ...symbols,
        { id: 'clear', icon: 'eraser', keys: 'Del', label: t('edit.clear'), run: () => grid.clear() },
        { kind: 'divider' },
        copy,
        { id: 'paste', icon: 'paste', keys: 'Ctrl V', label: t('edit.paste'), run: () => pasteIn(grid, month.symbols, t('edit.noClipboard')) },
        { id: 'lock', icon: 'lock', keys: 'Alt L', label: t('edit.lock'), run: () => grid.toggleLock() },
        history,
        ...wishing,
      ]
    : [copy];
  return (
    <Menu opened onClose={onClose} closeOnEscape={false} position="right-start" width={230} middlewares={KEPT_INSIDE}>
      <Menu.Target>
        <span className="sp-anchor" style={{ top: at?.top ?? 0, left: at?.right ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={items} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The wish for the cell at the cursor: what it is, and what one can do with it. */
function useWishing(grid: Grid, month: Month): MenuItem[] {
  const { t } = useTranslation();
  const backend = useBackend();
  const { selection } = grid.state.getState();
  const cell = selection === null ? null : activeOf(selection);
  const scheduleId = month.period.scheduleId ?? '';
  const wish = useView(({ schedules }) => (cell === null ? undefined : wishOf(schedules.get(scheduleId), cell.staffId, cell.dateKey)));
  if (cell === null) return [];
  const form: MenuItem = { id: 'wish', icon: 'people', label: t('wishes.cell'), run: () => openDialog('wish', cell.staffId, cell.dateKey) };
  const value = grid.source.getRow(cell.staffId).values[month.days.findIndex(({ dateKey }) => dateKey === cell.dateKey)] ?? '';
  if (wish === undefined || !isOpen(wish, value)) return [{ kind: 'divider' }, form];
  return [
    { kind: 'heading', label: t(`wishes.${wish.kind}`, { shift: wish.shiftValue }) },
    { id: 'take-wish', icon: 'check', label: t('wishes.take'), run: () => backend.change({ type: 'WISH_ANSWER', payload: { scheduleId, wishIds: [wish.id], state: 'taken' } }) },
    form,
  ];
}

/** Browsers may deny the clipboard to a click; then the keys are shown. */
function copyOut(text: string | null, denied: string): void {
  if (text !== null) navigator.clipboard.writeText(text).catch(() => toast('warning', denied));
}

/** Into what is selected now: the browser may ask first whether the page may read the clipboard. */
function pasteIn(grid: Grid, symbols: Month['symbols'], denied: string): void {
  const { selection } = grid.state.getState();
  navigator.clipboard.readText().then(
    (text) => grid.paste(text, symbols, selection),
    () => toast('warning', denied),
  );
}

import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';

import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useCanEdit } from '@/app/stores/backend';
import type { MenuItem } from '@/app/ui/dropped';
import { useFocusBack } from '@/app/ui/focusBack';
import { MenuItems } from '@/app/ui/DropMenuLoaded';
import { toast } from '@/app/stores/toasts';
import type { Grid } from '@/grid/controller';
import { symbolKeys } from '@/grid/keymap';

import type { Month } from './useSchedule';

interface Props {
  readonly grid: Grid;
  readonly month: Month;
  readonly onClose: () => void;
}

const activeCell = () => {
  const table = document.querySelector('[role=grid]');
  return document.getElementById(table?.getAttribute('aria-activedescendant') ?? '')?.getBoundingClientRect();
};

/** What can be done with the selected cells, beside the one with the cursor. */
export default function CellMenu({ grid, month, onClose }: Props) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  useFocusBack();
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
  const items: MenuItem[] = canEdit
    ? [
        ...symbols,
        { id: 'clear', icon: 'eraser', keys: 'Del', label: t('edit.clear'), run: () => grid.clear() },
        { kind: 'divider' },
        copy,
        { id: 'paste', icon: 'paste', keys: 'Ctrl V', label: t('edit.paste'), run: () => pasteIn(grid, month.symbols, t('edit.noClipboard')) },
        { id: 'lock', icon: 'lock', keys: 'Alt L', label: t('edit.lock'), run: () => grid.toggleLock() },
        history,
      ]
    : [copy];
  return (
    <Menu opened onClose={onClose} position="right-start" width={230}>
      <Menu.Target>
        <span className="sp-anchor" style={{ top: at?.top ?? 0, left: at?.right ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={items} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The clipboard may be denied to what is no key press; then the keys are told. */
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

import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { type Command, useCommands } from '@/app/shell/commands';
import { setPreference, usePreference } from '@/app/stores/preferences';
import { go, openDialog } from '@/app/stores/route';
import type { Grid } from '@/grid/controller';
import { symbolKeys } from '@/grid/keymap';
import { shortcutOf } from '@/grid/keys';

import { printSoon } from '../print/printSoon';
import type { Month } from './useSchedule';

const focusGrid = () => document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });

/** What the palette offers on the schedule page: to do things, and to go to a person. */
export function useScheduleCommands(grid: Grid, month: Month, canEdit: boolean): void {
  const { t } = useTranslation();
  const shown = usePreference('showsProblems');
  const { people, symbols, days } = month;
  const reading = useMemo<Command[]>(
    () => [
      { id: 'problems', label: t('problems.title'), also: 'problems violations', run: () => setPreference('showsProblems', !shown) },
      { id: 'next-problem', label: t('keys.nextProblem'), keys: 'F8', run: () => grid.run({ type: 'problem', back: false }) },
      { id: 'print', label: t('print.title'), also: 'print pdf', keys: 'Ctrl+P', run: () => go({ page: 'print', dialog: [] }) },
      ...people.map(({ id, name, position }) => ({
        id: `person ${id}`,
        label: t('palette.goTo', { name }),
        also: position,
        run: () => {
          grid.selectRef({ staffId: id, dateKey: days[grid.resolved()?.cursor.col ?? 0]?.dateKey ?? '' });
          focusGrid();
        },
      })),
    ],
    [t, shown, grid, people, days],
  );
  const writing = useMemo<Command[]>(() => {
    if (!canEdit) return [];
    const keys = symbolKeys(symbols);
    return [
      { id: 'history', label: t('history.title'), also: 'history', keys: 'Alt+H', run: () => grid.run({ type: 'history' }) },
      { id: 'generate', label: t('generate.title'), also: 'generate', run: () => openDialog('generate') },
      { id: 'repair', label: t('generate.repair'), also: 'repair', run: () => openDialog('generate', 'repair') },
      { id: 'publish', label: t('publish.title'), also: 'publish', run: () => openDialog('publish') },
      { id: 'copy-previous', label: t('copy.previous'), also: 'copy previous', run: () => openDialog('copy', 'previous') },
      { id: 'template', label: t('copy.template'), also: 'week template', run: () => openDialog('copy', 'template') },
      { id: 'import', label: t('importTable'), also: 'import excel paste', run: () => openDialog('import') },
      { id: 'wishes', label: t('wishes.title'), also: 'wishes requests', run: () => openDialog('wishes') },
      { id: 'undo', label: t('edit.undo'), also: 'undo', keys: 'Ctrl+Z', run: () => grid.run({ type: 'undo' }) },
      { id: 'redo', label: t('edit.redo'), also: 'redo', keys: 'Ctrl+Y', run: () => grid.run({ type: 'redo' }) },
      { id: 'lock', label: t('edit.lock'), also: 'lock', keys: 'Alt+L', run: () => grid.toggleLock() },
      ...symbols.map(({ symbol, label }) => ({
        id: `set ${symbol}`,
        label: t('palette.set', { label }),
        also: symbol,
        keys: keys.get(symbol)?.[0] ?? '',
        run: () => grid.setValue(symbol),
      })),
    ];
  }, [t, canEdit, grid, symbols]);
  useCommands(reading);
  useCommands(writing);
}

/** Ctrl+P: the grid mounts only what is in view, so paper gets the page that has every row. */
export function usePrintKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || shortcutOf(event) !== 'p') return;
      event.preventDefault();
      printSoon();
      go({ page: 'print', dialog: [] });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Undo and redo wherever the focus is, as long as nothing else is open and one does not type. */
export function useUndoKeys(grid: Grid, canEdit: boolean): void {
  useEffect(() => {
    if (!canEdit) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const busy = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=dialog], [role=grid]') !== null;
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !busy && !event.defaultPrevented ? STEPS[stepKey(event)] : undefined;
      if (command === undefined) return;
      event.preventDefault();
      grid.run({ type: command });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [grid, canEdit]);
}

const STEPS: Readonly<Record<string, 'undo' | 'redo'>> = { z: 'undo', 'shift z': 'redo', y: 'redo' };
const stepKey = (event: KeyboardEvent) => `${event.shiftKey ? 'shift ' : ''}${shortcutOf(event)}`;

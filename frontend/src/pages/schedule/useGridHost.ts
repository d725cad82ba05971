import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { useBackend, useCanEdit } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import type { GridHost, Overlap } from '@/grid/controller';

import type { ScheduleSource } from './scheduleSource';
import { handTable, isTable } from './tables';

/** What the page does for the grid. */
export function useGridHost(source: ScheduleSource, openMenu: () => void): GridHost {
  const canEdit = useCanEdit();
  const backend = useBackend();
  const { t } = useTranslation();
  return useMemo<GridHost>(
    () => ({
      notify: (notice) => {
        const count = 'count' in notice ? notice.count : 0;
        const name = 'name' in notice ? notice.name : '';
        const text = 'text' in notice ? notice.text : '';
        toast(notice.kind === 'noProblems' ? 'good' : 'warning', t(`notice.${notice.kind}`, { count, name, text }));
      },
      askOverlap: (count) =>
        ask<Overlap>({
          title: t('overlap.title'),
          text: t('overlap.text', { count }),
          answers: [
            { value: 'stop', label: t('overlap.stop') },
            { value: 'keep', label: t('overlap.keep') },
            { value: 'overwrite', label: t('overlap.overwrite'), kind: 'primary' },
          ],
        }),
      askLeftOut: async ({ rows, columns, tooLong }, fitting) => {
        const parts = [
          rows > 0 ? t('leftOut.rows', { count: rows }) : null,
          columns > 0 ? t('leftOut.columns', { count: columns }) : null,
          tooLong > 0 ? t('leftOut.tooLong', { count: tooLong }) : null,
        ];
        const text = parts.filter((part) => part !== null).join(' ');
        const answers = [
          { value: 'stop', label: t('leftOut.stop') },
          { value: 'write', label: t('leftOut.write', { count: fitting }), kind: 'primary' },
        ] as const;
        return (await ask({ title: t('leftOut.title'), text, answers: fitting === 0 ? answers.slice(0, 1) : answers })) === 'write';
      },
      openHelp: () => openDialog('keys'),
      openHistory: ({ staffId, dateKey }) => {
        if (canEdit) openDialog('history', staffId, dateKey);
      },
      takeTable: (table) => {
        const { staff } = backend.view.getState();
        if (!isTable(table, [...(staff?.members.values() ?? [])].map(({ name }) => name))) return false;
        handTable({ table });
        openDialog('import');
        return true;
      },
      openMenu,
      setLocked: (cells, locked) => source.setLocked(cells, locked),
    }),
    [t, source, backend, openMenu, canEdit],
  );
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '@/app/stores/ask';
import { useCanEdit } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import type { GridHost, Overlap } from '@/grid/controller';

import type { ScheduleSource } from './scheduleSource';

/** What the page does for the grid. */
export function useGridHost(source: ScheduleSource, openMenu: () => void): GridHost {
  const canEdit = useCanEdit();
  const { t } = useTranslation();
  return useMemo<GridHost>(
    () => ({
      notify: (notice) => {
        const count = 'count' in notice ? notice.count : 0;
        const name = 'name' in notice ? notice.name : '';
        toast(notice.kind === 'noProblems' ? 'good' : 'warning', t(`notice.${notice.kind}`, { count, name }));
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
      openHistory: ({ staffId, dateKey }) => {
        if (canEdit) openDialog('history', staffId, dateKey);
      },
      openMenu,
      setLocked: (cells, locked) => source.setLocked(cells, locked),
    }),
    [t, source, openMenu, canEdit],
  );
}

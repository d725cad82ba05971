import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { toast } from '@/app/stores/toasts';
import type { CellRef, Violation } from '@/grid/model';

import type { ScheduleSource } from './scheduleSource';

/** Opens the broken rule; for text that is not a shift type, asks what it means. */
export function useOpenRule(scheduleId: string) {
  const backend = useBackend();
  const canEdit = useCanEdit();
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ table, ruleId, text }: Violation) => {
      if (text === undefined || !canEdit) openDialog('settings', table ?? '', ruleId ?? '');
      else void import('./settleText').then(({ settleText }) => settleText(backend, scheduleId, text, i18n), () => toast('error', t('shell.missing')));
    },
    [backend, canEdit, i18n, scheduleId, t],
  );
}

/** The violations that nobody has accepted, and how one is; null where one may not. */
export function useAccepting(source: ScheduleSource, violations: readonly Violation[]) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const open = useMemo(() => violations.filter((each) => !source.isAccepted(each)), [violations, source]);
  const accept = useCallback(
    (cell: CellRef, { rule }: Violation) => source.accept(cell, t('grid.acceptedReason', { rule })),
    [source, t],
  );
  return { open, accept: canEdit ? accept : null };
}

import { useTranslation } from 'react-i18next';

import { useCanEdit } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';

import { chooseDay } from '../../day/shownDay';
import { Problems } from '../ProblemsPanel';
import { useAccepting, useOpenRule } from '../useRules';
import type { ScheduleDialogProps } from './props';

/** The list of problems where there is no room beside the month. What is chosen in it is shown below: the sheet goes. */
export default function ProblemsSheet({ grid, source, month, findings, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const { open } = useAccepting(source, findings.violations);
  const openRule = useOpenRule(source.scheduleId);
  const show = (dateKey: string | null) => {
    if (dateKey !== null) chooseDay(dateKey);
    onClose();
  };
  return (
    <Dialog title={t('problems.title')} onClose={onClose} size="lg">
      <div className="sp-problems-sheet">{canEdit && <Problems grid={grid} month={month} findings={findings} open={open} openRule={openRule} onShow={show} />}</div>
    </Dialog>
  );
}

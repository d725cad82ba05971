import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCanEdit } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';

import { Empty } from './Empty';
import type { Month } from './useSchedule';

interface Props {
  readonly month: Month;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** How many people the filter lets through. */
  readonly shown: number;
  readonly isBlank: boolean;
  readonly children: ReactNode;
}

/** The grid, or what to do where there is nothing to be seen in it. */
export function GridArea({ month, filter, onFilter, shown, isBlank, children }: Props) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  if (month.people.length === 0 && month.isOwnAlone === true) return <Empty text={t('schedule.notOn')} />;
  if (month.people.length === 0) {
    return (
      <Empty text={t('schedule.nobody')}>
        <Link label={t('staff.title')} run={() => openDialog('staff')} />
      </Empty>
    );
  }
  return (
    <>
      {isBlank && canEdit && (
        <p className="sp-start">
          {t('schedule.blank')}
          <Link label={t('generate.title')} run={() => openDialog('generate')} />
          <Link label={t('copy.previous')} run={() => openDialog('copy', 'previous')} />
        </p>
      )}
      <div className="sp-table">{children}</div>
      {shown === 0 && (
        <div className="sp-nobody">
          <Empty text={t('schedule.noMatch', { filter })}>
            <Link label={t('schedule.clearFilter')} run={() => onFilter('')} />
          </Empty>
        </div>
      )}
    </>
  );
}

function Link({ label, run }: { label: string; run: () => void }) {
  return (
    <button type="button" className="app-link" onClick={run}>
      {label}
    </button>
  );
}

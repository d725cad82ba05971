import { ActionIcon } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/app/Icon';
import type { Grid } from '@/grid/controller';
import { formatDay } from '@/grid/days';
import type { Violation } from '@/grid/model';

import type { Month } from './useSchedule';

interface Props {
  readonly grid: Grid;
  readonly month: Month;
  readonly violations: readonly Violation[];
  /** Those of them that nobody has accepted. */
  readonly open: readonly Violation[];
  readonly openRule: (violation: Violation) => void;
  readonly onClose: () => void;
}

const MOST = 200;

/** All that the schedule breaks, the worst first; a click goes to the cell. */
export function ProblemsPanel({ grid, month, violations, open, openRule, onClose }: Props) {
  const { t } = useTranslation();
  const sorted = useMemo(
    () => [...open].sort((a, b) => Number(b.isHard) - Number(a.isHard) || b.penalty - a.penalty || (a.dateKey ?? '').localeCompare(b.dateKey ?? '')),
    [open],
  );
  return (
    <aside className="sp-problems" aria-label={t('problems.title')}>
      <header>
        <h2>{t('problems.title')}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      {sorted.length === 0 && (
        <p className="app-dim">
          <Icon name="check" size={16} /> {t('problems.none')}
        </p>
      )}
      <ul>
        {sorted.slice(0, MOST).map((violation, index) => (
          <Problem key={index} violation={violation} grid={grid} month={month} openRule={openRule} />
        ))}
      </ul>
      {violations.length > open.length && <p className="app-dim">{t('problems.accepted', { count: violations.length - open.length })}</p>}
      {sorted.length > MOST && <p className="app-dim">{t('problems.more', { count: sorted.length - MOST })}</p>}
    </aside>
  );
}

function Problem({ violation, grid, month, openRule }: { violation: Violation } & Pick<Props, 'grid' | 'month' | 'openRule'>) {
  const { t, i18n } = useTranslation();
  const { staffId, dateKey, isHard, message } = violation;
  const person = month.people.find(({ id }) => id === staffId);
  const day = dateKey === null ? null : formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  const where = [day, person?.name].filter(Boolean).join(' ');
  const show = () => {
    const at = grid.resolved()?.head;
    const cell = { staffId: staffId ?? month.people[at?.row ?? 0]?.id ?? '', dateKey: dateKey ?? month.days[at?.col ?? 0]?.dateKey ?? '' };
    grid.selectRef(cell);
    document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
  };
  return (
    <li className={isHard ? 'sp-hard' : 'sp-soft'}>
      <button type="button" className="sp-problem" onClick={show}>
        <span className="sp-kind">{t(isHard ? 'grid.hard' : 'grid.soft')}</span>
        <b>{where}</b>
        <span>{message}</span>
      </button>
      {violation.table !== null && (
        <button type="button" className="app-link" onClick={() => openRule(violation)}>
          {t('grid.openRule')}
        </button>
      )}
    </li>
  );
}

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

/** What one person breaks of one rule on several days, said once. */
interface Group {
  readonly violation: Violation;
  readonly days: number;
}

function grouped(violations: readonly Violation[]): Group[] {
  const groups = new Map<string, Group>();
  violations.forEach((violation, index) => {
    const { rule, ruleId, staffId } = violation;
    const key = staffId === null ? String(index) : `${ruleId ?? rule} ${staffId}`;
    const known = groups.get(key);
    groups.set(key, known === undefined ? { violation, days: 1 } : { ...known, days: known.days + 1 });
  });
  return [...groups.values()];
}

/** All that the schedule breaks, the worst first; a click goes to the cell. */
export function ProblemsPanel({ grid, month, violations, open, openRule, onClose }: Props) {
  const { t } = useTranslation();
  const sorted = useMemo(
    () => grouped([...open].sort((a, b) => Number(b.isHard) - Number(a.isHard) || b.penalty - a.penalty || (a.dateKey ?? '').localeCompare(b.dateKey ?? ''))),
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
        {sorted.slice(0, MOST).map(({ violation, days }, index) => (
          <Problem key={index} violation={violation} days={days} grid={grid} month={month} openRule={openRule} />
        ))}
      </ul>
      {violations.length > open.length && <p className="app-dim">{t('problems.accepted', { count: violations.length - open.length })}</p>}
      {sorted.length > MOST && <p className="app-dim">{t('problems.more', { count: sorted.length - MOST })}</p>}
    </aside>
  );
}

function Problem({ violation, days, grid, month, openRule }: Group & Pick<Props, 'grid' | 'month' | 'openRule'>) {
  const { t, i18n } = useTranslation();
  const { staffId, dateKey, isHard, message } = violation;
  const person = month.people.find(({ id }) => id === staffId);
  const day = dateKey === null ? null : formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  const where = [day, person?.name].filter(Boolean).join(' ');
  const show = () => {
    const at = grid.resolved()?.cursor;
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
        {days > 1 && <span className="app-dim">{t('problems.again', { count: days - 1 })}</span>}
      </button>
      {violation.table !== null && (
        <button type="button" className="app-link" onClick={() => openRule(violation)}>
          {t('grid.openRule')}
        </button>
      )}
    </li>
  );
}

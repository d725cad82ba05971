import { ActionIcon } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/app/ui/Icon';
import type { Grid } from '@/grid/controller';
import { formatDay } from '@/grid/days';
import type { Violation } from '@/grid/model';

import { Remarks } from './Remarks';
import { type Findings, peopleOf } from './unplanned';
import type { Month } from './useSchedule';

interface Props {
  readonly grid: Grid;
  readonly month: Month;
  readonly findings: Findings;
  /** Those of them that nobody has accepted. */
  readonly open: readonly Violation[];
  readonly openRule: (violation: Violation) => void;
  readonly onClose: () => void;
}

type ListProps = Omit<Props, 'onClose'> & {
  /** Called with the day of what was chosen, once the cursor is there. */
  readonly onShow?: (dateKey: string | null) => void;
};

const MOST = 200;

/** One person's violations of one rule on several days, as one entry. */
interface Group {
  readonly violation: Violation;
  readonly days: number;
}

const worstFirst = (a: Violation, b: Violation) =>
  Number(b.isHard) - Number(a.isHard) || b.penalty - a.penalty || (a.dateKey ?? '').localeCompare(b.dateKey ?? '');

function grouped(violations: readonly Violation[]): Group[] {
  const groups = new Map<string, Group>();
  [...violations].sort(worstFirst).forEach((violation, index) => {
    const { rule, ruleId, staffId } = violation;
    const key = staffId === null ? String(index) : `${ruleId ?? rule} ${staffId}`;
    const known = groups.get(key);
    groups.set(key, known === undefined ? { violation, days: 1 } : { ...known, days: known.days + 1 });
  });
  return [...groups.values()];
}

/** All that the schedule breaks, the worst first; a click goes to the cell. Who is not planned yet stands apart, folded. */
export function ProblemsPanel({ onClose, ...list }: Props) {
  const { t } = useTranslation();
  return (
    <aside className="sp-problems" aria-label={t('problems.title')}>
      <header>
        <h2>{t('problems.title')}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </header>
      <Problems {...list} />
    </aside>
  );
}

/** The list itself. */
export function Problems({ findings, open, ...shared }: ListProps) {
  const { t } = useTranslation();
  const { violations, unplanned, remarks, state } = findings;
  const sorted = useMemo(() => grouped(open), [open]);
  const later = useMemo(() => grouped(unplanned), [unplanned]);
  return (
    <>
      {state !== 'checked' && (
        <p className="app-dim" role="status">
          {t(`problems.${state}`)}
        </p>
      )}
      {sorted.length === 0 && state === 'checked' && (
        <p className="app-dim">
          <Icon name="check" size={16} /> {t('problems.none')}
        </p>
      )}
      <Groups groups={sorted} {...shared} />
      {violations.length > open.length && <p className="app-dim">{t('problems.accepted', { count: violations.length - open.length })}</p>}
      {later.length > 0 && (
        <details className="sp-later">
          <summary>{t('problems.unplanned', { count: peopleOf(unplanned).size })}</summary>
          <p className="app-dim">{t('problems.later')}</p>
          <Groups groups={later} {...shared} />
        </details>
      )}
      <Remarks remarks={remarks} />
    </>
  );
}

type Shared = Omit<ListProps, 'findings' | 'open'>;

function Groups({ groups, ...shared }: { groups: readonly Group[] } & Shared) {
  const { t } = useTranslation();
  return (
    <>
      <ul>
        {groups.slice(0, MOST).map((group, index) => (
          <Problem key={index} {...group} {...shared} />
        ))}
      </ul>
      {groups.length > MOST && <p className="app-dim">{t('problems.more', { count: groups.length - MOST })}</p>}
    </>
  );
}

function Problem({ violation, days, grid, month, openRule, onShow }: Group & Shared) {
  const { t, i18n } = useTranslation();
  const { staffId, dateKey, isHard, message } = violation;
  const person = month.people.find(({ id }) => id === staffId);
  const day = dateKey === null ? null : formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  const where = [day, person?.name].filter(Boolean).join(' ');
  const show = () => {
    const at = grid.resolved()?.cursor;
    const cell = { staffId: staffId ?? month.people[at?.row ?? 0]?.id ?? '', dateKey: dateKey ?? month.days[at?.col ?? 0]?.dateKey ?? '' };
    grid.selectRef(cell);
    if (onShow === undefined) document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
    else onShow(dateKey);
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
          {t(violation.text === undefined ? 'grid.openRule' : 'text.settle')}
        </button>
      )}
    </li>
  );
}

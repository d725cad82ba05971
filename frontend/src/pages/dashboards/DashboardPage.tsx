import './dashboard.css';
import '@/i18n/dialogs';

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { Unknown } from '@/app/shell/Unknown';
import { useCanEdit, useFollow, useView } from '@/app/stores/backend';
import type { StaffGroup } from '@/realtime/protocol';
import type { Period } from '@/realtime/protocol';
import { scheduleKey } from '@/realtime/state/state';
import { symbolsOf } from '@/grid/totals';

import { type Month, useMonth } from '../schedule/useSchedule';
import { Empty } from '../schedule/Empty';
import { useNameOrKind } from '../settings/useRowName';
import { Changes } from './Changes';
import { CoverageChart } from './CoverageChart';
import { groupCoverage, type PersonMonth, shares, wishes } from './figures';
import { SharesChart } from './SharesChart';

/** How the month stands: coverage, fairness, wishes, and what was changed this week. */
export default function DashboardPage({ period, today }: { period: Period; today: string }) {
  const { t } = useTranslation('dialogs');
  const month = useMonth(period, today);
  const isKnown = useView(({ schedules }) => schedules.has(period.scheduleId ?? ''));
  useFollow(period.scheduleId === null ? null : scheduleKey(period.scheduleId));
  if (month === null) return <Empty text={t('dashboard.none')} />;
  // Without its cells everybody would count as at work.
  if (!isKnown && period.scheduleId !== null) return <Unknown />;
  return month.isOwnAlone === true ? <Empty text={t('dashboard.ownAlone')} /> : <Loaded month={month} />;
}

const NO_GROUPS: readonly StaffGroup[] = [];

function Loaded({ month }: { month: Month }) {
  const { t } = useTranslation('dialogs');
  const canEdit = useCanEdit();
  const rows = useRows(month);
  const symbols = useMemo(() => symbolsOf(month.symbols), [month.symbols]);
  const groups = useView(({ settings }) => settings?.staffGroups ?? NO_GROUPS);
  const rules = useView(({ settings }) => settings?.priorityRules);
  const found = useMemo(() => wishes(rules ?? [], rows, month.days, symbols), [rules, rows, month.days, symbols]);
  const nameOrKind = useNameOrKind();
  const share = useMemo(() => shares(rows, month.days, symbols), [rows, month.days, symbols]);
  return (
    <div className="db">
      <section className="db-card db-wide">
        <h2>{t('dashboard.coverage')}</h2>
        <p className="app-dim">{t('dashboard.coverageHelp')}</p>
        {groups.length === 0 && <p className="app-dim">{t('dashboard.none')}</p>}
        {groups.map((group) => (
          <CoverageChart key={group.id} group={group} days={groupCoverage(group, rows, month.days, symbols)} />
        ))}
      </section>
      <section className="db-card db-wide">
        <h2>{t('dashboard.fairness')}</h2>
        <p className="app-dim">{t('dashboard.fairnessHelp')}</p>
        <SharesChart shares={share} />
      </section>
      <section className="db-card">
        <h2>{t('dashboard.requests')}</h2>
        <p className="app-dim">{t('dashboard.requestsHelp')}</p>
        {found.length === 0 && <p className="app-dim">{t('dashboard.none')}</p>}
        <ul className="app-plain">
          {found.map(({ rule, kept, all }) => (
            <li key={rule.id} className="db-wish">
              <span>{nameOrKind(rule.name, 'priorityRules')}</span>
              <meter min={0} max={Math.max(1, all)} value={kept} aria-label={nameOrKind(rule.name, 'priorityRules')} />
              <b>{t('dashboard.fulfilled', { kept, all })}</b>
            </li>
          ))}
        </ul>
      </section>
      {canEdit && (
        <section className="db-card">
          <h2>{t('dashboard.changes')}</h2>
          <Changes month={month} />
        </section>
      )}
    </div>
  );
}

function useRows(month: Month): readonly PersonMonth[] {
  const rows = useView(({ schedules }) => schedules.get(month.period.scheduleId ?? '')?.rows);
  return useMemo(
    () => month.people.map((person) => ({ person, values: rows?.get(person.id)?.values ?? month.days.map(() => '') })),
    [month.people, month.days, rows],
  );
}

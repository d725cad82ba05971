import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { Icon } from '@/app/ui/Icon';
import { useMonthEdition } from '@/app/shell/useMonthEdition';
import { toast } from '@/app/stores/toasts';
import { useAnswer } from '@/app/ui/useAnswer';
import { Waiting } from '@/app/ui/Waiting';
import { dayOf, daysOf, formatDay } from '@/grid/days';
import { useGroupNames } from '@/pages/schedule/useSchedule';
import type { BackupCoverage, BackupSuggestions, Period } from '@/realtime/protocol';

/** Who stands in where, by group and day; what is uncovered and why; who else could. */
export default function CoveragePanel({ period }: { period: Period }) {
  const backend = useBackend();
  const scheduleId = period.scheduleId ?? '';
  const load = async () => {
    const [coverage, suggestions] = await Promise.all([backend.query('BACKUP_COVERAGE', { scheduleId }), backend.query('BACKUP_SUGGESTIONS', { scheduleId })]);
    return { coverage, suggestions };
  };
  const answer = useAnswer(`${scheduleId} ${useMonthEdition(scheduleId)}`, load, true);
  return (
    <Waiting answer={answer}>
      {({ coverage, suggestions }) => (
        <>
          <Totals coverage={coverage} scheduleId={scheduleId} onApplied={answer.again} />
          <Heat coverage={coverage} period={period} />
          <Backups backups={coverage.backups} />
          <Uncovered coverage={coverage} />
          <NotFree warnings={suggestions.warnings} />
          <Suggested suggestions={suggestions} />
        </>
      )}
    </Waiting>
  );
}

function Totals({ coverage: { totals }, scheduleId, onApplied }: { coverage: BackupCoverage; scheduleId: string; onApplied: () => void }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const canEdit = useCanEdit();
  const apply = async () => {
    const outcome = await backend.change({ type: 'BACKUP_APPLY', payload: { scheduleId } }).outcome;
    if (outcome.kind !== 'applied') return;
    toast('good', t('coverage.applied'));
    onApplied();
  };
  return (
    <Group justify="space-between" align="flex-start">
      <dl className="st-figures">
        {(['needed', 'covered', 'uncovered'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`coverage.${name}`)}</dt>
            <dd>{totals[name]}</dd>
          </div>
        ))}
      </dl>
      {canEdit && totals.covered > 0 && (
        <Button variant="light" onClick={() => void apply()}>
          {t('coverage.apply')}
        </Button>
      )}
    </Group>
  );
}

function Heat({ coverage, period }: { coverage: BackupCoverage; period: Period }) {
  const { t, i18n } = useTranslation('dialogs');
  const groups = useView(({ settings }) => settings?.staffGroups) ?? [];
  const nameOf = useNames();
  const found = new Map(coverage.days.map((day) => [`${day.groupId} ${day.dateKey}`, day]));
  const days = daysOf(period.startDate, period.endDate);
  return (
    <div className="st-scroll" tabIndex={0} role="region" aria-label={t('tabs.coverage')}>
      <table className="st-heat">
        <thead>
          <tr>
            <th scope="col">
              <span className="ss-sr">{t('fields.groupId')}</span>
            </th>
            {days.map((day) => (
              <th key={day} scope="col" title={formatDay(day, i18n.language, { dateStyle: 'full' })}>
                {dayOf(day)}
              </th>
            ))}
            <th scope="col">{t('coverage.ofNeeded')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {days.map((day) => {
                const cell = found.get(`${id} ${day}`);
                return (
                  <td key={day} title={cell?.coveredBy.map(({ staffId, shared }) => (shared ? t('coverage.shared', { name: nameOf(staffId) }) : nameOf(staffId))).join(', ')} className={cell === undefined ? undefined : cell.uncovered > 0 ? 'st-uncovered' : cell.needed > 0 ? 'st-covered' : undefined}>
                    {cell === undefined || cell.needed === 0 ? '' : cell.uncovered > 0 ? `−${cell.uncovered}` : '✓'}
                  </td>
                );
              })}
              <td>{share(coverage.groups.find(({ groupId }) => groupId === id))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const share = (group: BackupCoverage['groups'][number] | undefined) => (group === undefined || group.needed === 0 ? '' : `${group.covered}/${group.needed}`);

/** People by their id. */
function useNames(): (id: string | null) => string {
  const members = useView(({ staff }) => staff?.members);
  return (id) => (id === null ? '' : (members?.get(id)?.name ?? '?'));
}

/** How many days each backup stands in. */
function Backups({ backups }: Pick<BackupCoverage, 'backups'>) {
  const { t } = useTranslation('dialogs');
  const name = useNames();
  const busy = backups.filter(({ days }) => days > 0);
  if (busy.length === 0) return null;
  return (
    <p className="app-dim">
      {t('coverage.byBackup')} {busy.map(({ staffId, days }) => t('coverage.days', { name: name(staffId), count: days })).join(' · ')}
    </p>
  );
}

function Uncovered({ coverage }: { coverage: BackupCoverage }) {
  const { t, i18n } = useTranslation('dialogs');
  const groups = useView(({ settings }) => settings?.staffGroups) ?? [];
  const name = useNames();
  const days = coverage.days.filter(({ uncovered }) => uncovered > 0);
  return (
    <section>
      <h3 className="app-h3">{t('coverage.why')}</h3>
      {days.length === 0 && <p className="app-dim">{t('coverage.allCovered')}</p>}
      <ul className="app-plain">
        {days.map((day) => (
          <li key={`${day.groupId} ${day.dateKey}`}>
            <b>{formatDay(day.dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })}</b>{' '}
            {groups.find(({ id }) => id === day.groupId)?.name} — {t('coverage.off', { names: day.membersOff.map(name).join(', ') })}{' '}
            <span className="app-dim">
              {day.reasons.map((reason) => `${name(reason.staffId)} ${i18n.language === 'ja' ? reason.messageJa : reason.message}`).join(' / ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Warning = BackupSuggestions['warnings'][number];

/** The same warning on several days is one. */
function byReason(warnings: readonly Warning[]): Warning[][] {
  const found = new Map<string, Warning[]>();
  for (const warning of warnings) {
    const key = `${warning.reason} ${warning.staffId} ${warning.groupIds.join(' ')}`;
    found.set(key, [...(found.get(key) ?? []), warning]);
  }
  return [...found.values()];
}

/** Backups who could not come if they were called. */
function NotFree({ warnings }: { warnings: readonly Warning[] }) {
  const { t, i18n } = useTranslation('dialogs');
  const groups = useGroupNames();
  const name = useNames();
  if (warnings.length === 0) return null;
  const worded = (dateKey: string) => formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  return (
    <section aria-label={t('coverage.notFree')}>
      <h3 className="app-h3">{t('coverage.notFree')}</h3>
      <ul className="app-plain">
        {byReason(warnings).map((alike) => {
          const [{ staffId, groupIds, reason, message, messageJa }] = alike as [Warning];
          return (
            <li key={`${reason} ${staffId} ${groupIds.join(' ')}`}>
              <Icon name="alert" size={14} /> <b>{name(staffId)}</b> → {groupIds.map((id) => groups.get(id) ?? '?').join(', ')}{' '}
              <span>{i18n.language === 'ja' ? messageJa : message}</span>{' '}
              <span className="app-dim">{alike.flatMap(({ dateKey }) => (dateKey === null ? [] : [worded(dateKey)])).join(', ')}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Suggested({ suggestions: { suggestions } }: { suggestions: BackupSuggestions }) {
  const { t } = useTranslation('dialogs');
  const groups = useView(({ settings }) => settings?.staffGroups) ?? [];
  const members = useView(({ staff }) => staff?.members);
  const backend = useBackend();
  const canEdit = useCanEdit();
  const assign = (staffId: string, groupId: string) =>
    backend.change({ type: 'SETTINGS_CREATE_BACKUP_ASSIGNMENT', payload: { assignment: { staffId, groupId, priorityOrder: 1, assignmentType: 'regular' } } });
  return (
    <section>
      <h3 className="app-h3">{t('coverage.suggestions')}</h3>
      {suggestions.length === 0 && <p className="app-dim">{t('coverage.noSuggestions')}</p>}
      <ul className="app-plain">
        {suggestions.map(({ staffId, groupId, covers, samePosition }) => (
          <li key={`${staffId} ${groupId}`}>
            {t('coverage.could', { name: members?.get(staffId)?.name ?? '?', group: groups.find(({ id }) => id === groupId)?.name ?? '?', count: covers })}
            {samePosition && <> <span className="app-dim">{t('coverage.samePosition')}</span></>}
            {canEdit && (
              <Button size="compact-xs" variant="subtle" onClick={() => assign(staffId, groupId)}>
                {t('coverage.assign')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';
import type { Person } from '@/grid/model';

export interface Difference {
  readonly staffId: string;
  readonly dateKey: string;
  readonly from: string;
  readonly to: string;
}

const MOST = 300;

/** Changed cells by person. */
export function DiffTable({ differences, people }: { differences: readonly Difference[]; people: readonly Person[] }) {
  const { t, i18n } = useTranslation();
  const byPerson = new Map<string, Difference[]>();
  for (const each of differences.slice(0, MOST)) byPerson.set(each.staffId, [...(byPerson.get(each.staffId) ?? []), each]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const day = (dateKey: string) => formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' });
  return (
    <>
      <ul className="sp-diff" tabIndex={0}>
        {[...byPerson].map(([staffId, changes]) => (
          <li key={staffId}>
            <b>{names.get(staffId) ?? t('diff.gone')}</b>
            <span>
              {changes.map(({ dateKey, from, to }) => (
                <span key={dateKey} className="sp-change">
                  {day(dateKey)} <s>{from || t('history.blank')}</s> → <ins>{to || t('history.blank')}</ins>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {differences.length > MOST && <p className="app-dim">{t('problems.more', { count: differences.length - MOST })}</p>}
    </>
  );
}

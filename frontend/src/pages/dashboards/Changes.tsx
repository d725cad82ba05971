import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead } from '@/app/stores/rest';
import { useAnswer } from '@/app/ui/useAnswer';
import { useMonthEdition } from '@/app/shell/useMonthEdition';
import { Waiting } from '@/app/ui/Waiting';
import { formatDay } from '@/grid/days';

import type { Month } from '../schedule/useSchedule';
import { recentChanges } from './recent';

const MOST = 100;
const WEEK_MS = 7 * 86_400_000;

/** Cells that were changed in the last seven days, newest first. */
export function Changes({ month }: { month: Month }) {
  const { t, i18n } = useTranslation('dialogs');
  const { t: words } = useTranslation();
  const read = useRead();
  const scheduleId = month.period.scheduleId ?? '';
  const [since] = useState(() => new Date(Date.now() - WEEK_MS).toISOString());
  const answer = useAnswer(`${scheduleId} ${useMonthEdition(scheduleId)}`, () => recentChanges(read, scheduleId, since), true);
  const names = new Map(month.people.map(({ id, name }) => [id, name]));
  return (
    <Waiting answer={answer}>
      {(changes) =>
        changes.length === 0 ? (
          <p className="app-dim">{t('dashboard.changesNone')}</p>
        ) : (
          <div className="db-scroll" tabIndex={0} role="region" aria-label={t('dashboard.changes')}>
            <ul className="app-plain">
              {changes.slice(0, MOST).map((change, index) => (
                <li key={index}>
                  <b>{names.get(change.staffId)}</b> {formatDay(change.dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })} →{' '}
                  <b>{change.shiftValue || words('history.blank')}</b>{' '}
                  <span className="app-dim">
                    {change.changedBy} {new Date(change.timestamp).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' })}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )
      }
    </Waiting>
  );
}

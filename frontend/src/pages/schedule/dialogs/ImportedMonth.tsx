import '@/i18n/lists';
import './importedMonth.css';

import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';

import type { TablePreview } from '../tables';
import type { ScheduleDialogProps } from './props';

interface Props {
  readonly preview: TablePreview;
  readonly month: ScheduleDialogProps['month'];
  /** What somebody's cells hold now, by the days of the period. */
  readonly present: (staffId: string) => readonly string[];
}

const MOST_PEOPLE = 60;

const cellKey = ({ staffId, dateKey }: { readonly staffId: string; readonly dateKey: string }) => `${staffId} ${dateKey}`;

/** The month as it would be, in the grid's own form: a row for each person that the table is about, old and new where a cell changes. */
export function ImportedMonth({ preview, month, present }: Props) {
  const { t, i18n } = useTranslation('lists');
  const { t: words } = useTranslation();
  const changes = new Map(preview.changes.map((each) => [cellKey(each), each]));
  if (changes.size === 0) return null;
  const conflicts = new Set(preview.conflicts.map(cellKey));
  const changed = new Set(preview.changes.map(({ staffId }) => staffId));
  const rows = month.people.filter(({ id }) => changed.has(id));
  const shown = new Set(preview.days);
  const days = month.days.flatMap(({ dateKey }, col) => (shown.has(dateKey) ? [{ dateKey, col }] : []));
  return (
    <>
      <div className="im-month" role="region" aria-label={t('preview')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {days.map(({ dateKey }) => (
                <th key={dateKey} scope="col">
                  {formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric' })}
                  <small>{formatDay(dateKey, i18n.language, { weekday: 'short' })}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_PEOPLE).map(({ id, name }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {days.map(({ dateKey, col }) => {
                  const change = changes.get(`${id} ${dateKey}`);
                  if (change === undefined) return <td key={dateKey}>{present(id)[col]}</td>;
                  return (
                    <td key={dateKey} className={conflicts.has(cellKey(change)) ? 'im-changed im-conflict' : 'im-changed'}>
                      <del>{change.previousValue || words('history.blank')}</del> <span aria-hidden="true">→</span> <ins>{change.shiftValue || words('history.blank')}</ins>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MOST_PEOPLE && <p className="app-dim">{t('shown', { count: MOST_PEOPLE })}</p>}
    </>
  );
}

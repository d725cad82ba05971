import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';
import type { Person } from '@/grid/model';
import type { PublicationPreview } from '@/realtime/protocol';

import { spansOf } from './copying';
import { type Difference, DiffTable } from './DiffTable';
import { sectionsOf } from './usePublished';

type Changes = PublicationPreview['changes'];
type Entry = Changes['people'][number];
type Field = Entry['fields'][number];

/** What publishing would change, in words: people, terms, times, days first, then the cells. */
export function PublicationChanges({ preview, people }: { preview: PublicationPreview; people: readonly Person[] }) {
  const { t } = useTranslation('dialogs');
  const { changes, diff } = preview;
  const isAbout = new Set(changes.people.filter(({ change }) => change !== 'changed').map(({ id }) => id));
  const cells = diff.filter(({ staffId }) => !isAbout.has(staffId));
  return (
    <>
      {sectionsOf(changes).map(([name, entries]) => (
        <section key={name} aria-label={t(`publication.sections.${name as 'people'}`)}>
          <h4 className="app-h3">{t(`publication.sections.${name as 'people'}`)}</h4>
          <ul className="sp-diff">
            {entries.map((entry) => (
              <li key={`${entry.id} ${entry.fields[0]?.dateKeys[0] ?? ''}`}>
                <b>{name === 'days' ? <DayName dateKey={entry.id} /> : entry.name}</b>
                <EntryWords entry={entry} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {changes.heading.length > 0 && (
        <section aria-label={t('publication.sections.heading')}>
          <h4 className="app-h3">{t('publication.sections.heading')}</h4>
          <p>{changes.heading.map((field) => <FieldWords key={field.field} field={field} />)}</p>
        </section>
      )}
      {cells.length > 0 && (
        <>
          <h4 className="app-h3">{t('publication.cells')}</h4>
          <DiffTable differences={cells.map(asDifference)} people={people} />
        </>
      )}
    </>
  );
}

const asDifference = ({ staffId, dateKey, previousValue, shiftValue }: PublicationPreview['diff'][number]): Difference => ({
  staffId,
  dateKey,
  from: previousValue,
  to: shiftValue,
});

function DayName({ dateKey }: { dateKey: string }) {
  const { i18n } = useTranslation();
  return <>{formatDay(dateKey, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' })}</>;
}

const MOST_SPANS = 3;

/** The days themselves, as long as they are few spans; else how many they are. */
function Days({ dateKeys }: { dateKeys: readonly string[] }) {
  const { t } = useTranslation('dialogs');
  const spans = spansOf(dateKeys);
  if (spans.length > MOST_SPANS) return <>{t('publication.days', { count: dateKeys.length })}</>;
  return spans.map(([first, last], at) => (
    <span key={first}>
      {at > 0 && ', '}
      <DayName dateKey={first} />
      {last !== first && (
        <>
          {' – '}
          <DayName dateKey={last} />
        </>
      )}
    </span>
  ));
}

/** Somebody who is new or gone says all; of the others it is said what is different. */
function EntryWords({ entry: { change, fields } }: { entry: Entry }) {
  const { t } = useTranslation('dialogs');
  const isWhole = change !== 'changed' && !fields.some(({ field }) => field === 'group' || field === 'kind');
  return (
    <span>
      {change !== 'changed' && <span className="sp-change">{t(`publication.changes.${change}`)}</span>}
      {!isWhole && fields.map((field) => <FieldWords key={`${field.field} ${field.dateKeys[0] ?? ''}`} field={field} />)}
    </span>
  );
}

function FieldWords({ field: { field, before, after, dateKeys } }: { field: Field }) {
  const { t } = useTranslation('dialogs');
  const value = useValueInWords();
  return (
    <span className="sp-change">
      {t(`publication.fields.${field as 'name'}`, { defaultValue: field })} <s>{value(before)}</s> → <ins>{value(after)}</ins>
      {dateKeys.length > 0 && (
        <>
          {' '}
          (<Days dateKeys={dateKeys} />)
        </>
      )}
    </span>
  );
}

/** A day or month of employment, a list, a word that has a name, or the text itself. */
function useValueInWords(): (value: unknown) => string {
  const { t } = useTranslation('dialogs');
  return (value) => {
    if (value === null || value === undefined || value === '') return t('publication.empty');
    if (Array.isArray(value)) return value.length === 0 ? t('publication.empty') : value.join(' ');
    if (typeof value === 'object') {
      const { year, month, day } = value as { year?: number; month?: number; day?: number };
      return [year, month, day].filter((part) => part !== undefined).join('/');
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return t(`publication.values.${text as 'work'}`, { defaultValue: text });
  };
}

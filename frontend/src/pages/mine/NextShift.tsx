import { useTranslation } from 'react-i18next';

import { addDays, formatDay } from '@/grid/days';
import type { DateKey } from '@/grid/model';

import { DayDetails, Sign } from './DayDetails';
import type { MyDay } from './shifts';

/** When one works next, large. */
export function NextShift({ next, today }: { next: MyDay | undefined; today: DateKey }) {
  const { t, i18n } = useTranslation('people');
  if (next === undefined) return <p className="my-card">{t('mine.noNext')}</p>;
  const { dateKey } = next.day;
  const near = dateKey === today ? t('mine.today') : dateKey === addDays(today, 1) ? t('mine.tomorrow') : null;
  const day = formatDay(dateKey, i18n.language, { month: 'long', day: 'numeric', weekday: 'long' });
  return (
    <section className="my-card my-next" aria-labelledby="my-next">
      <h3 id="my-next">{t('mine.next')}</h3>
      <p className="my-when">
        {near !== null && <b>{near}</b>} {day}
      </p>
      <p className="my-shift">
        <Sign value={next.value} duty={next.duty} />
        <span>{next.label}</span>
        {next.hours !== null && (
          <b>
            {next.hours.start}–{next.hours.end}
          </b>
        )}
      </p>
      {next.covers !== '' && <p className="app-tight">{t('mine.covers', { group: next.covers })}</p>}
      <DayDetails day={next} />
    </section>
  );
}

import './mine.css';
import './wishes.css';
import '@/i18n/people';

import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Unknown } from '@/app/shell/Unknown';
import { useErrorWords } from '@/app/ui/errorWords';
import { formatPeriod } from '@/grid/days';
import type { DateKey, Period, ShiftType } from '@/realtime/protocol';

import { AvailabilityList } from '../availability/AvailabilityList';
import { useDayWords } from './DayDetails';
import { MineTabs } from './MineTabs';
import { Nobody } from './Nobody';
import { closedBy, isOver, standingOf } from './ownWishes';
import { periodsAhead, useOwnWishes } from './useOwnWishes';
import { AsOf } from './AsOf';
import { usePerson } from './usePerson';
import { WishDay } from './WishDay';
import { WishMonth } from './WishMonth';
import { TermsInWords } from './WishTerms';
import { useWishWords } from './wishWords';

const NO_SHIFTS: readonly ShiftType[] = [];

interface Props {
  readonly periods: readonly Period[];
  readonly today: DateKey;
}

/** What the one who looks wishes for the months that lie ahead, and what was said to it. */
export default function MyWishesPage({ periods, today }: Props) {
  const { t } = useTranslation('people');
  const words = useErrorWords();
  const { person, failure, again } = usePerson();
  const ahead = periodsAhead(periods, today);
  const next = ahead.find(({ startDate }) => startDate > today) ?? ahead[0];
  if (person === null) return failure === null ? <Unknown /> : <p className="app-failed">{words(failure)}</p>;
  const { staffId } = person;
  return (
    <div className="my">
      <MineTabs current="wishes" />
      <AsOf />
      {staffId === null ? (
        <Nobody again={again} />
      ) : (
        <>
          <h2 className="my-title">{t('wish.of', { name: person.name ?? '' })}</h2>
          <div className="my-card">
            <AvailabilityList staffId={staffId} isOwn />
          </div>
          {ahead.length === 0 && <p className="my-card">{t('wish.noPeriod')}</p>}
          {ahead.map((period) => (
            <PeriodWishes key={period.id} period={period} today={today} staffId={staffId} isFirst={period === next} />
          ))}
        </>
      )}
    </div>
  );
}

function PeriodWishes({ period, today, staffId, isFirst }: { period: Period; today: DateKey; staffId: string; isFirst: boolean }) {
  const { i18n } = useTranslation('people');
  const found = useOwnWishes(period, staffId, today);
  if (found === undefined) return <Unknown />;
  return (
    <details className="my-card my-wish-period" open={isFirst}>
      <summary>
        <h3>{formatPeriod(period.startDate, period.endDate, i18n.language)}</h3>
        <TermsInWords terms={found.terms} count={found.counted} today={today} />
      </summary>
      <Days {...found} staffId={staffId} today={today} />
    </details>
  );
}

type DaysProps = NonNullable<ReturnType<typeof useOwnWishes>> & { readonly staffId: string; readonly today: DateKey };

function Days({ schedule, staffId, wishes, terms, days, closed: closedDays, today }: DaysProps) {
  const { t } = useTranslation('people');
  const dayWords = useDayWords();
  const shifts = schedule.wishShifts ?? NO_SHIFTS;
  const { said } = useWishWords(shifts);
  const [day, setDay] = useState<DateKey | null>(null);
  const inOrder = [...wishes.values()].sort((a, b) => a.dateKey.localeCompare(b.dateKey));
  const wish = day === null ? undefined : wishes.get(day);
  const closed = day === null ? null : closedBy({ day, today, terms, wishes, closed: closedDays });
  const standing = wish === undefined ? null : standingOf(wish, schedule);
  return (
    <>
      {!isOver(terms, today) && <p className="app-tight app-dim">{t('wish.how')}</p>}
      <WishMonth schedule={schedule} days={days} wishes={wishes} today={today} said={said} onPick={setDay} />
      {inOrder.length > 0 && (
        <ul className="my-days" aria-label={t('wish.title')}>
          {inOrder.map((each) => {
            const stands = standingOf(each, schedule);
            return (
              <li key={each.id} className="my-day">
                <button type="button" className="my-wish-line" onClick={() => setDay(each.dateKey)}>
                  <span className="my-date">{dayWords(each.dateKey)}</span>
                  <span className="my-what">{said(each)}</span>
                  <small className={`my-stands my-stands-${stands}`}>{t(`wish.states.${stands}`)}</small>
                  {(each.answer !== '' || each.note !== '') && (
                    <small className="my-said">
                      {each.note} {each.answer !== '' && <q className="my-answer">{each.answer}</q>}
                    </small>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {day !== null && (
        <WishDay
          key={day}
          scheduleId={schedule.scheduleId}
          staffId={staffId}
          day={day}
          wish={wish}
          standing={standing}
          closed={closed === null ? null : t(`wish.closed.${closed}`)}
          shifts={shifts}
          isClosed={closedDays.has(day)}
          onClose={() => setDay(null)}
        />
      )}
    </>
  );
}

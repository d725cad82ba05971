import './mine.css';
import './wishes.css';
import '@/i18n/people';

import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Unknown } from '@/app/shell/Unknown';
import { useFollow, useView } from '@/app/stores/backend';
import { useErrorWords } from '@/app/ui/errorWords';
import { formatPeriod } from '@/grid/days';
import type { Day } from '@/grid/model';
import type { DateKey, Period, ShiftType } from '@/realtime/protocol';
import type { ScheduleState } from '@/realtime/state/state';

import { AvailabilityList } from '../availability/AvailabilityList';
import { daysFrom } from '../schedule/month';
import { useDayWords } from './DayDetails';
import { MineTabs } from './MineTabs';
import { Nobody } from './Nobody';
import { closedBy, isOver, type OwnWish, standingOf, type Terms } from './ownWishes';
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
  const found = useOwnWishes(period, staffId);
  if (found === undefined) return <Unknown />;
  const { schedule, wishes, terms } = found;
  return (
    <details className="my-card my-wish-period" open={isFirst}>
      <summary>
        <h3>{formatPeriod(period.startDate, period.endDate, i18n.language)}</h3>
        <TermsInWords terms={terms} count={wishes.size} today={today} />
      </summary>
      <Days schedule={schedule} staffId={staffId} wishes={wishes} terms={terms} today={today} />
    </details>
  );
}

/** What is special about each day: closed, a holiday. */
function useDays(schedule: ScheduleState, today: DateKey): readonly Day[] {
  const { language } = useTranslation().i18n;
  const calendar = useView((state) => state.calendar);
  useFollow('calendar');
  return useMemo(() => daysFrom(schedule.dates, calendar?.days, today, language, calendar?.holidays, calendar?.closingRules), [schedule.dates, calendar, today, language]);
}

interface DaysProps {
  readonly schedule: ScheduleState;
  readonly staffId: string;
  readonly wishes: ReadonlyMap<DateKey, OwnWish>;
  readonly terms: Terms;
  readonly today: DateKey;
}

function Days({ schedule, staffId, wishes, terms, today }: DaysProps) {
  const { t } = useTranslation('people');
  const dayWords = useDayWords();
  const shifts = schedule.wishShifts ?? NO_SHIFTS;
  const days = useDays(schedule, today);
  const { said } = useWishWords(shifts);
  const [day, setDay] = useState<DateKey | null>(null);
  const inOrder = [...wishes.values()].sort((a, b) => a.dateKey.localeCompare(b.dateKey));
  const wish = day === null ? undefined : wishes.get(day);
  const closed = day === null ? null : closedBy(day, today, terms, wishes.size, wish === undefined);
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
          isClosed={days.some(({ dateKey, closed: isClosed }) => dateKey === day && isClosed)}
          onClose={() => setDay(null)}
        />
      )}
    </>
  );
}

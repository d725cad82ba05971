import './mine.css';
import './wishes.css';
import '@/i18n/people';
import '@/i18n/swaps';

import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFollow, useView } from '@/app/stores/backend';
import { useNow } from '@/app/stores/today';
import { useErrorWords } from '@/app/ui/errorWords';
import type { DateKey } from '@/grid/model';
import type { Period } from '@/realtime/protocol';
import { scheduleKey } from '@/realtime/state/state';

import { Unknown } from '@/app/shell/Unknown';

import { currentPeriod } from '../schedule/month';
import { useIsUnpublished, useMonth } from '../schedule/useSchedule';
import { AsOf } from './AsOf';
import { CalendarLink } from './CalendarLink';
import { DayAction } from './DayDetails';
import { DayList } from './DayList';
import { MineTabs } from './MineTabs';
import { MonthTable } from './MonthTable';
import { NextShift } from './NextShift';
import { Nobody } from './Nobody';
import { daysOfPerson, minuteIn, type MyDay, nextOf, sumsOf } from './shifts';
import { usePerson } from './usePerson';

const MySwaps = lazy(() => import('./MySwaps'));
const WishesAhead = lazy(() => import('./WishesAhead'));
const SwapDialog = lazy(() => import('./SwapDialog'));

interface Props {
  readonly periods: readonly Period[];
  readonly period: Period;
  readonly today: DateKey;
}

/** The shifts of the one who looks, as they are published. */
export default function MyShiftsPage({ periods, period, today }: Props) {
  const { t } = useTranslation('people');
  const { person, failure, again } = usePerson();
  const words = useErrorWords();
  if (person === null) return failure === null ? <Unknown /> : <p className="app-failed">{words(failure)}</p>;
  return (
    <div className="my">
      <MineTabs current="mine" />
      <AsOf />
      {person.staffId === null ? (
        <Nobody again={again} />
      ) : (
        <>
          <h2 className="my-title">{t('mine.of', { name: person.name ?? '' })}</h2>
          <Next periods={periods} today={today} staffId={person.staffId} />
          <Suspense fallback={null}>
            <MySwaps periods={periods} today={today} staffId={person.staffId} />
            <WishesAhead periods={periods} today={today} staffId={person.staffId} />
          </Suspense>
          <ThisPeriod period={period} today={today} staffId={person.staffId} />
          <CalendarLink staffId={person.staffId} />
        </>
      )}
    </div>
  );
}

/** The days of one's own in a period; undefined until they are known, null where one is not on it. */
function useMyDays(period: Period, today: DateKey, staffId: string): readonly MyDay[] | null | undefined {
  const month = useMonth(period, today);
  const schedule = useView(({ schedules }) => schedules.get(period.scheduleId ?? ''));
  useFollow(period.scheduleId === null ? null : scheduleKey(period.scheduleId));
  return useMemo(() => (month === null || schedule === undefined ? undefined : daysOfPerson(month, schedule, staffId)), [month, schedule, staffId]);
}

function Next({ periods, today, staffId }: { periods: readonly Period[]; today: DateKey; staffId: string }) {
  const now = currentPeriod(periods, today);
  const after = periods.find(({ index }) => index === (now?.index ?? 0) + 1) ?? now;
  return now === undefined || after === undefined ? null : <NextOf now={now} after={after} today={today} staffId={staffId} />;
}

function NextOf({ now, after, today, staffId }: { now: Period; after: Period; today: DateKey; staffId: string }) {
  const these = useMyDays(now, today, staffId);
  const those = useMyDays(after, today, staffId);
  const pending = [useIsPending(now, these), useIsPending(after, those)];
  const clock = useNow();
  const minute = minuteIn(clock.zone, clock.now);
  const next = nextOf(these ?? [], today, minute) ?? nextOf(those ?? [], today, minute);
  return next === undefined && pending.includes(true) ? null : <NextShift next={next} today={today} />;
}

/** Whether a month is published and its days are not there yet. */
function useIsPending(period: Period, days: readonly MyDay[] | null | undefined): boolean {
  const isUnpublished = useIsUnpublished(period);
  return days === undefined && !isUnpublished;
}

function ThisPeriod({ period, today, staffId }: { period: Period; today: DateKey; staffId: string }) {
  const { t, i18n } = useTranslation('people');
  const days = useMyDays(period, today, staffId);
  const isUnpublished = useIsUnpublished(period);
  const publishedAt = useView(({ schedules }) => schedules.get(period.scheduleId ?? '')?.publication?.publishedAt ?? null);
  const [how, setHow] = useState<'list' | 'month'>('list');
  const action = useGivingAway();
  if (isUnpublished) return <p className="my-card">{t('mine.unpublished')}</p>;
  if (days === undefined) return <Unknown />;
  if (days === null) return <p className="my-card">{t('mine.notOn')}</p>;
  const { worked, off, hours } = sumsOf(days);
  const published = publishedAt === null ? '' : new Date(publishedAt).toLocaleString(i18n.language, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  return (
    <section className="my-card" aria-label={t('mine.title')}>
      <div className="my-head">
        <p className="my-sums">
          <b>{t('mine.worked', { count: worked })}</b>
          <span>{t('mine.off', { count: off })}</span>
          {hours !== null && <span>{t('mine.hours', { hours })}</span>}
        </p>
        <div className="my-how" role="group" aria-label={t('mine.how')}>
          {(['list', 'month'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={how === each} onClick={() => setHow(each)}>
              {t(`mine.${each}`)}
            </button>
          ))}
        </div>
      </div>
      <DayAction value={action.offered}>{how === 'list' ? <DayList days={days} /> : <MonthTable days={days} />}</DayAction>
      {action.day !== null && (
        <Suspense fallback={null}>
          <SwapDialog period={period} today={today} staffId={staffId} day={action.day} onClose={action.close} />
        </Suspense>
      )}
      <p className="app-dim my-small">{t('mine.published', { moment: published })}</p>
    </section>
  );
}

/** The day that is being given away, where the restaurant knows swaps. */
function useGivingAway() {
  const { t } = useTranslation('swaps');
  const isUsed = useView(({ calendar }) => (calendar?.restaurant?.swaps ?? 'none') !== 'none');
  const [day, setDay] = useState<MyDay | null>(null);
  const offered = useMemo(() => (isUsed ? { label: t('give'), run: setDay } : null), [isUsed, t]);
  return { day, offered, close: () => setDay(null) };
}

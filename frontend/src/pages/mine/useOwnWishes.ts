import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackendStore, useFollow, useView } from '@/app/stores/backend';
import type { Day } from '@/grid/model';
import type { DateKey, Period } from '@/realtime/protocol';
import { type ScheduleState, scheduleKey } from '@/realtime/state/state';

import { daysFrom } from '../schedule/month';
import { countedOf, type OwnWish, ownWishes, type Terms, termsOf } from './ownWishes';

/** More lie ahead of a restaurant that plans early than anybody has in mind. */
const MOST_PERIODS = 6;

/** The periods for which one may wish, as far as their terms let one. */
export const periodsAhead = (periods: readonly Period[], today: DateKey): readonly Period[] =>
  periods.filter(({ scheduleId, endDate }) => scheduleId !== null && endDate >= today).slice(0, MOST_PERIODS);

interface OwnWishes {
  readonly schedule: ScheduleState;
  readonly wishes: ReadonlyMap<DateKey, OwnWish>;
  readonly terms: Terms;
  /** What is special about each day: closed, a holiday. */
  readonly days: readonly Day[];
  readonly closed: ReadonlySet<DateKey>;
  /** How many of the wishes count against the number of the terms. */
  readonly counted: number;
}

/** What somebody wishes for a period, and on which terms; undefined until it is known. */
export function useOwnWishes({ scheduleId }: Period, staffId: string, today: DateKey): OwnWishes | undefined {
  const { language } = useTranslation().i18n;
  const id = scheduleId ?? '';
  useFollow(scheduleKey(id));
  useFollow('calendar');
  const schedule = useView(({ schedules }) => schedules.get(id));
  const calendar = useView((state) => state.calendar);
  const outbox = useBackendStore('outbox', (state) => state);
  return useMemo(() => {
    if (schedule === undefined) return undefined;
    const days = daysFrom(schedule.dates, calendar?.days, today, language, calendar?.holidays, calendar?.closingRules);
    const closed = new Set(days.flatMap((day) => (day.closed ? [day.dateKey] : [])));
    const wishes = ownWishes(schedule, staffId, outbox);
    return { schedule, wishes, terms: termsOf(schedule, calendar?.restaurant), days, closed, counted: countedOf(wishes, closed) };
  }, [schedule, staffId, outbox, calendar, today, language]);
}

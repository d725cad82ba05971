import { useMemo } from 'react';

import { useBackendStore, useFollow, useView } from '@/app/stores/backend';
import type { DateKey, Period } from '@/realtime/protocol';
import { type ScheduleState, scheduleKey } from '@/realtime/state/state';

import { type OwnWish, ownWishes, type Terms, termsOf } from './ownWishes';

/** More lie ahead of a restaurant that plans early than anybody has in mind. */
const MOST_PERIODS = 6;

/** The periods for which one may wish, as far as their terms let one. */
export const periodsAhead = (periods: readonly Period[], today: DateKey): readonly Period[] =>
  periods.filter(({ scheduleId, endDate }) => scheduleId !== null && endDate >= today).slice(0, MOST_PERIODS);

interface OwnWishes {
  readonly schedule: ScheduleState;
  readonly wishes: ReadonlyMap<DateKey, OwnWish>;
  readonly terms: Terms;
}

/** What somebody wishes for a period, and on which terms; undefined until it is known. */
export function useOwnWishes({ scheduleId }: Period, staffId: string): OwnWishes | undefined {
  const id = scheduleId ?? '';
  useFollow(scheduleKey(id));
  const schedule = useView(({ schedules }) => schedules.get(id));
  const restaurant = useView(({ calendar }) => calendar?.restaurant);
  const outbox = useBackendStore('outbox', (state) => state);
  return useMemo(
    () => (schedule === undefined ? undefined : { schedule, wishes: ownWishes(schedule, staffId, outbox), terms: termsOf(schedule, restaurant) }),
    [schedule, staffId, outbox, restaurant],
  );
}

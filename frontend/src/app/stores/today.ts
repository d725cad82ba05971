import { useEffect, useState } from 'react';

import { todayIn } from '@/grid/days';
import type { DateKey } from '@/grid/model';

import { useBackendStore } from './backend';
import { useRestaurants } from './page';

const MINUTE = 60_000;

/** The day that it is at the restaurant, by the server's clock; goes on at midnight. */
export function useToday(): DateKey {
  const { zone, now } = useNow();
  return todayIn(zone, now);
}

/** The same to the minute, and where it is that. */
export function useNow(): { readonly zone: string; readonly now: Date } {
  const timeZone = useRestaurants().current?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  // The device's clock may be wrong: the server's time gives the difference.
  const offset = useBackendStore('session', ({ clockOffset }) => clockOffset);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return { zone: timeZone, now: new Date(now + offset) };
}

import { useEffect, useState } from 'react';

import { formatRoute, type Route } from '@/app/stores/route';
import type { Period } from '@/realtime/protocol';

interface Held {
  readonly id: string;
  /** What the address says of it: where it was found, and where it has come to be. */
  readonly places: readonly number[];
}

/**
 * The period that the address names by its place. It stays the one it is where a colleague adds or removes one before it: then the
 * address follows, and nobody types into another month than the one that they have chosen.
 */
export function useHeldPeriod(periods: readonly Period[], route: Route): Period | undefined {
  const [held, setHeld] = useState<Held | null>(null);
  const kept = periods.find(({ id }) => id === held?.id);
  const isHeld = route.period !== null && (held?.places.includes(route.period) === true || kept?.index === route.period);
  // If a period is removed, the page does not jump to the one that takes over its index.
  const period = isHeld ? kept : periods.find(({ index }) => index === route.period);
  const hasFollowed = period?.index === route.period && held !== null && held.places.length > 1;
  const isNews = period !== undefined && (held?.id !== period.id || !held.places.includes(period.index) || hasFollowed);
  if (isNews) setHeld({ id: period.id, places: period.index === route.period ? [period.index] : [...(held?.places ?? []), period.index] });
  const to = period !== undefined && period.index !== route.period ? period.index : null;
  useEffect(() => {
    if (to !== null) window.location.replace(formatRoute({ ...route, period: to }));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each move
  }, [to]);
  return period;
}

import { useEffect, useState } from 'react';

import { OWN_FACTS } from '@/app/shell/keptPage';
import { useBackendStore } from '@/app/stores/backend';
import { askedRestaurant, readPage } from '@/app/stores/page';
import { useRead } from '@/app/stores/rest';
import { type Failure, failureOf } from '@/app/ui/errorWords';
import { safeStorage } from '@/realtime/transport/config';

/** Who on the schedule the user is. */
export interface Person {
  readonly staffId: string | null;
  readonly name: string | null;
}

const storage = safeStorage(() => localStorage);

/** A place in the browser for what concerns this user in this restaurant. */
const placeOf = (what: string) => {
  const { userId, restaurantId } = readPage();
  return `${OWN_FACTS}:${userId ?? ''}:${askedRestaurant() ?? restaurantId ?? ''}:${what}`;
};

function kept(): Person | null {
  try {
    return JSON.parse(storage?.getItem(placeOf('person')) ?? 'null') as Person | null;
  } catch {
    return null;
  }
}

/** Who the user is: as it was last known, until the server answers; asked again whenever the connection is back, when the server says that
 * what the user may see has changed, and by `again`. */
export function usePerson(): { readonly person: Person | null; readonly failure: Failure | null; readonly again: () => void } {
  const read = useRead();
  const isLive = useBackendStore('connection', ({ state }) => state === 'live');
  const session = useBackendStore('session', (state) => state);
  const [person, setPerson] = useState(kept);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    read('/api/me/person/').then(
      (found) => {
        if (!wanted) return;
        storage?.setItem(placeOf('person'), JSON.stringify(found));
        setPerson(found);
        setFailure(null);
      },
      (error: unknown) => wanted && setFailure(failureOf(error)),
    );
    return () => {
      wanted = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked anew with each connection, each greeting and each request for it, not with each render
  }, [isLive, session, round]);
  return { person, failure, again: () => setRound((count) => count + 1) };
}

const MINUTE = 60_000;

/** When what is shown was last known to be current; null while it is, or where that is not known. */
export function useAsOf(): { readonly isLive: boolean; readonly asOf: Date | null } {
  const isLive = useBackendStore('connection', ({ state }) => state === 'live');
  useEffect(() => {
    if (!isLive) return;
    const note = () => storage?.setItem(placeOf('seen'), new Date().toISOString());
    note();
    const timer = setInterval(note, MINUTE);
    return () => {
      clearInterval(timer);
      note();
    };
  }, [isLive]);
  const seen = storage?.getItem(placeOf('seen')) ?? null;
  return { isLive, asOf: isLive || seen === null ? null : new Date(seen) };
}

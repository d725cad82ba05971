/** Somebody's availability: as the server has it, with what was done here and has not arrived there yet. */

import { isPending, type OutboxState } from '@/realtime/outbox/outbox';
import type { Availability, ClientPayloads, DateKey } from '@/realtime/protocol';
import type { StaffState } from '@/realtime/state/state';

export interface Entry extends Availability {
  /** Whether the server does not know of it as it is shown. */
  readonly isWaiting: boolean;
}

type Fields = ClientPayloads['AVAILABILITY_UPDATE']['changes'];
const NEW = { availableFrom: null, availableUntil: null, validUntil: null, note: '', madeBy: null, isOwn: true, revision: 0 } as const;

/** In the order in which they hold; those that are over last. A request that was refused, or waits for its author, shows nothing. */
export function entriesOf(staff: StaffState | null, staffId: string, outbox: OutboxState, today: DateKey): readonly Entry[] {
  const theirs = [...(staff?.availability?.values() ?? [])].filter((entry) => entry.staffId === staffId);
  const byId = new Map<string, Entry>(theirs.map((entry) => [entry.id, { ...entry, isWaiting: false }]));
  for (const { request } of outbox.filter(isPending)) {
    if (request.type === 'AVAILABILITY_CREATE' && request.payload.staffId === staffId && request.payload.id !== undefined) {
      const { id, weekdays } = request.payload;
      byId.set(id, { ...NEW, validFrom: today, ...given(request.payload), id, staffId, weekdays, isWaiting: true });
    } else if (request.type === 'AVAILABILITY_UPDATE') {
      const entry = byId.get(request.payload.availabilityId);
      if (entry !== undefined) byId.set(entry.id, { ...entry, ...given(request.payload.changes), isWaiting: true });
    } else if (request.type === 'AVAILABILITY_DELETE') {
      byId.delete(request.payload.availabilityId);
    }
  }
  const order = (entry: Entry) => `${isOver(entry, today) ? 1 : 0} ${(firstWeekday(entry) + 6) % 7} ${entry.validFrom}`;
  return [...byId.values()].sort((a, b) => order(a).localeCompare(order(b)));
}

/** Whether all its days lie behind. */
export const isOver = ({ validUntil }: Availability, today: DateKey): boolean => validUntil !== null && validUntil < today;

const firstWeekday = ({ weekdays }: Availability): number => weekdays[0] ?? 0;

const NAMES = ['weekdays', 'availableFrom', 'availableUntil', 'validFrom', 'validUntil', 'note'] as const;

const given = (fields: Fields): Partial<Availability> => Object.fromEntries(NAMES.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));

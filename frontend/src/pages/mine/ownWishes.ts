/** One's own wishes for a month: as the server has them, with what was done here and has not arrived there yet. */

import type { DateKey, RestaurantFacts, Wish } from '@/realtime/protocol';
import { isPending, type OutboxState } from '@/realtime/outbox/outbox';
import { type ScheduleState, valueAt } from '@/realtime/state/state';

export interface OwnWish extends Wish {
  /** Whether the server does not know of it as it is shown. */
  readonly isWaiting: boolean;
}

/** `dropped`: it was taken, and what is published holds something else: that was changed since, or is not published yet. */
export type Standing = 'waiting' | 'dropped' | Wish['state'];

export interface Terms {
  readonly deadline: DateKey | null;
  readonly limit: number | null;
}

const OPEN = { state: 'open', answer: '', takenValue: '', isWaiting: true } as const;
const NEW = { ...OPEN, shiftValue: '', weight: 3, note: '', madeBy: null, isOwn: true, revision: 0 } as const;

/** By day. A request that was refused, or waits for its author, shows nothing. */
export function ownWishes({ scheduleId, wishes }: ScheduleState, staffId: string, outbox: OutboxState): ReadonlyMap<DateKey, OwnWish> {
  const mine = [...(wishes?.values() ?? [])].filter((wish) => wish.staffId === staffId);
  const byId = new Map<string, OwnWish>(mine.map((wish) => [wish.id, { ...wish, isWaiting: false }]));
  for (const { request } of outbox.filter(isPending)) {
    if (request.type === 'WISH_CREATE') {
      const { id, ...fields } = request.payload;
      if (id !== undefined && fields.scheduleId === scheduleId && fields.staffId === staffId) byId.set(id, { ...NEW, ...given(fields), scheduleId, staffId, dateKey: fields.dateKey, kind: fields.kind, id });
    } else if (request.type === 'WISH_UPDATE') {
      const wish = byId.get(request.payload.wishId);
      if (wish !== undefined) byId.set(wish.id, changed(wish, given(request.payload.changes)));
    } else if (request.type === 'WISH_DELETE') {
      byId.delete(request.payload.wishId);
    }
  }
  return new Map([...byId.values()].map((wish) => [wish.dateKey, wish]));
}

type Fields = Partial<Pick<Wish, 'kind' | 'shiftValue' | 'note'>>;

const given = ({ kind, shiftValue, note }: { [K in keyof Fields]?: Fields[K] | undefined }): Fields => ({
  ...(kind === undefined ? {} : { kind }),
  ...(shiftValue === undefined ? {} : { shiftValue }),
  ...(note === undefined ? {} : { note }),
});

/** Another wish is open again; another note is not another wish. */
function changed(wish: OwnWish, fields: Fields): OwnWish {
  const isAnother = fields.kind !== undefined || fields.shiftValue !== undefined;
  const after = { ...wish, ...fields, ...(isAnother ? OPEN : {}), isWaiting: true };
  return after.kind === 'prefer' || after.kind === 'avoid' ? after : { ...after, shiftValue: '' };
}

/** What became of it, as far as its author can know. */
export function standingOf(wish: OwnWish, schedule: ScheduleState): Standing {
  if (wish.isWaiting) return 'waiting';
  const isThere = schedule.publication === undefined || wish.takenValue === '' || valueAt(schedule, wish.staffId, wish.dateKey) === wish.takenValue || isFree(wish, schedule);
  return wish.state === 'taken' && !isThere ? 'dropped' : wish.state;
}

/** Whether it asks for a free day, and that is published, by whatever symbol. */
function isFree({ kind, staffId, dateKey }: OwnWish, schedule: ScheduleState): boolean {
  if (kind !== 'off' && kind !== 'cannot') return false;
  const value = valueAt(schedule, staffId, dateKey);
  const type = schedule.publication?.shiftTypes.find(({ symbol }) => symbol === value);
  return type?.kind === 'off' || type?.kind === 'designated_off';
}

/** The terms of a month: its own, else those of the restaurant. */
export const termsOf = (schedule: Pick<ScheduleState, 'wishTerms'> | undefined, restaurant: RestaurantFacts | undefined): Terms => ({
  deadline: schedule?.wishTerms?.deadline ?? null,
  limit: schedule?.wishTerms?.limit ?? restaurant?.wishLimit ?? null,
});

export const isOver = ({ deadline }: Terms, today: DateKey): boolean => deadline !== null && deadline < today;

/** How many count against the number of the terms: not those for closed days, which ask for nothing while the day is closed. */
export const countedOf = (wishes: ReadonlyMap<DateKey, OwnWish>, closed: ReadonlySet<DateKey>): number => [...wishes.keys()].filter((day) => !closed.has(day)).length;

interface Asked {
  readonly day: DateKey;
  readonly today: DateKey;
  readonly terms: Terms;
  readonly wishes: ReadonlyMap<DateKey, OwnWish>;
  /** The days on which the restaurant is closed. */
  readonly closed: ReadonlySet<DateKey>;
}

/** Why nothing can be done about a day; null: something can. */
export function closedBy({ day, today, terms, wishes, closed }: Asked): 'day' | 'deadline' | 'limit' | null {
  if (day < today) return 'day';
  if (isOver(terms, today)) return 'deadline';
  const counts = !wishes.has(day) && !closed.has(day) && terms.limit !== null;
  return counts && countedOf(wishes, closed) >= terms.limit ? 'limit' : null;
}

import { describe, expect, it } from 'vitest';

import type { OutboxEntry } from '@/realtime/outbox/outbox';
import type { ClientPayloads, DateKey, Wish } from '@/realtime/protocol';
import { blankSchedule, NOTHING, type ScheduleState } from '@/realtime/state/state';

import { closedBy, countedOf, type OwnWish, ownWishes, standingOf, termsOf } from './ownWishes';

const DAYS = ['2026-12-21', '2026-12-22', '2026-12-23'] as const;
const [DAY, OTHER] = DAYS;

const wish = (changes: Partial<Wish> = {}): Wish => ({
  id: 'w1', scheduleId: 's', staffId: 'me', dateKey: DAY, kind: 'off', shiftValue: '', weight: 3, note: '', state: 'open', answer: '', takenValue: '', madeBy: null, isOwn: true, revision: 1, ...changes,
});
const month = (...wishes: Wish[]): ScheduleState => ({ ...blankSchedule('s', DAYS), wishes: new Map(wishes.map((each) => [each.id, each])) });

type Asked = { [K in 'WISH_CREATE' | 'WISH_UPDATE' | 'WISH_DELETE']: { type: K; payload: ClientPayloads[K] } }[keyof Pick<ClientPayloads, 'WISH_CREATE' | 'WISH_UPDATE' | 'WISH_DELETE'>];
const entry = (request: Asked, kind: 'queued' | 'refused' = 'queued') => ({ request, progress: { kind } }) as OutboxEntry;
const own = (schedule: ScheduleState, ...entries: OutboxEntry[]) => [...ownWishes(schedule, 'me', entries).values()];

describe('one’s own wishes', () => {
  it('are those of nobody else', () => {
    expect(own(month(wish(), wish({ id: 'w2', staffId: 'other', dateKey: OTHER }))).map(({ id }) => id)).toEqual(['w1']);
  });

  it('are there at once, changed and withdrawn before they are sent', () => {
    const created = entry({ type: 'WISH_CREATE', payload: { id: 'n', scheduleId: 's', staffId: 'me', dateKey: OTHER, kind: 'prefer', shiftValue: '△', note: 'x' } });
    const changed = entry({ type: 'WISH_UPDATE', payload: { wishId: 'n', changes: { kind: 'cannot' } } });
    const withdrawn = entry({ type: 'WISH_DELETE', payload: { wishId: 'n' } });
    expect(own(month(), created)).toMatchObject([{ id: 'n', dateKey: OTHER, shiftValue: '△', note: 'x', isWaiting: true }]);
    expect(own(month(), created, changed)).toMatchObject([{ kind: 'cannot', shiftValue: '' }]);
    expect(own(month(), created, changed, withdrawn)).toEqual([]);
    expect(own(month(), { ...created, progress: { kind: 'refused' } } as OutboxEntry)).toEqual([]);
  });

  it('are open again as other wishes, and keep their answer with another note', () => {
    const declined = wish({ state: 'declined', answer: 'no' });
    const noted = entry({ type: 'WISH_UPDATE', payload: { wishId: 'w1', changes: { note: 'please' } } });
    const another = entry({ type: 'WISH_UPDATE', payload: { wishId: 'w1', changes: { kind: 'cannot', note: '' } } });
    expect(own(month(declined), noted)).toMatchObject([{ state: 'declined', answer: 'no', note: 'please' }]);
    expect(own(month(declined), another)).toMatchObject([{ state: 'open', answer: '' }]);
  });
});

it('says of a wish that was taken when what is published holds something else', () => {
  const taken: OwnWish = { ...wish({ state: 'taken', takenValue: '★' }), isWaiting: false };
  expect(standingOf(taken, month())).toBe('taken');
  expect(standingOf(taken, { ...month(), publication: { shiftTypes: [] } as unknown as NonNullable<ScheduleState['publication']> })).toBe('dropped');
  const shiftTypes = [{ symbol: '×', kind: 'off' }, { symbol: '△', kind: 'early' }];
  const holding = (value: string) => ({ ...month(), publication: { shiftTypes } as NonNullable<ScheduleState['publication']>, rows: new Map([['me', { values: [value, '', ''], waiting: NOTHING, locked: NOTHING }]]) });
  expect(standingOf(taken, holding('×')), 'free, by another symbol').toBe('taken');
  expect(standingOf(taken, holding('△'))).toBe('dropped');
  expect(standingOf({ ...taken, isWaiting: true }, month())).toBe('waiting');
});

it('takes the terms of the month, else those of the restaurant', () => {
  const restaurant = { wishLimit: 3 } as Parameters<typeof termsOf>[1];
  expect(termsOf(month(), restaurant)).toEqual({ deadline: null, limit: 3 });
  expect(termsOf({ ...month(), wishTerms: { deadline: DAY, limit: 0 } }, restaurant)).toEqual({ deadline: DAY, limit: 0 });
});

it('says why nothing can be done about a day', () => {
  const terms = { deadline: DAY, limit: 2 };
  const [day, today, closed] = [OTHER, DAY, new Set<DateKey>()];
  const of = (...days: DateKey[]) => new Map(days.map((each) => [each, { ...wish({ dateKey: each }), isWaiting: false }]));
  const full: ReturnType<typeof of> = of('2026-12-24', '2026-12-25');
  expect(closedBy({ day, today, terms, closed, wishes: of('2026-12-24') })).toBeNull();
  expect(closedBy({ day, today, terms, closed, wishes: full })).toBe('limit');
  expect(closedBy({ day, today, terms, closed, wishes: of(OTHER, '2026-12-24') })).toBeNull();
  expect(closedBy({ day, today: OTHER, terms, closed, wishes: of() })).toBe('deadline');
  expect(closedBy({ day: DAY, today: OTHER, terms: { deadline: null, limit: null }, closed, wishes: of() })).toBe('day');
  expect(closedBy({ day, today, terms, wishes: full, closed: new Set([OTHER]) })).toBeNull();
  expect(closedBy({ day, today, terms, wishes: full, closed: new Set(['2026-12-24']) })).toBeNull();
  expect(countedOf(full, new Set(['2026-12-24']))).toBe(1);
});

import { expect, it } from 'vitest';

import type { Change } from '../protocol';
import type { ChangeRequest } from '../state/predictions';
import { OwnRows } from './ownRows';

const change = (type: string, payload: object, clientId: string, version: number) => ({ type, payload, clientId, version }) as unknown as Change;

/** What is told when `mine` was asked for and came back as `stored`, and `theirs` comes then. */
function toldOf([mine, stored, theirs]: Meanwhile, nameOf = (): string | null => '田中') {
  const rows = new OwnRows();
  expect(rows.overwrittenBy([change(mine.type, stored, 'me', 1)], 'me', [mine as ChangeRequest], nameOf)).toEqual([]);
  return rows.overwrittenBy([change(theirs.type, theirs.payload, 'other', 2)], 'me', [], nameOf);
}

interface Message {
  readonly type: string;
  readonly payload: object;
}
type Meanwhile = readonly [Message, object, Message];

const limit = { id: 'l1', name: '上限', limitConfig: { maxCount: 3 }, isActive: true };
const rule = { id: 'r1', repeats: 'weekly', daysOfWeek: [2], note: '定休', isActive: true, revision: 4 };
const period = { index: 0, id: 'p1', startDate: '2026-11-01', endDate: '2026-11-30', scheduleId: 's', state: 'draft', periods: [] };

const OVERWRITTEN: readonly (readonly [...Meanwhile, object])[] = [
  [
    { type: 'PERIOD_UPDATE', payload: { periodId: 'p1', endDate: '2026-11-30', baseVersion: 3 } },
    period,
    { type: 'PERIOD_UPDATE', payload: { ...period, startDate: '2026-11-02', endDate: '2026-11-29' } },
    { items: [{ entity: 'period', field: 'endDate', yours: '2026-11-30', theirs: '2026-11-29' }], again: { type: 'PERIOD_UPDATE', payload: { periodId: 'p1', endDate: '2026-11-30' } } },
  ],
  [
    { type: 'CALENDAR_UPDATE', payload: { date: '2026-11-21', kind: 'closed', note: '貸切', strategy: 'user_choice' } },
    { id: 'd1', date: '2026-11-21', kind: 'closed', note: '貸切', revision: 1 },
    { type: 'CALENDAR_UPDATE', payload: { id: 'd1', date: '2026-11-21', kind: 'closed', note: '祭り', revision: 2 } },
    { items: [{ entity: 'calendar_day', entityId: '2026-11-21', field: 'note', yours: '貸切', theirs: '祭り' }], again: { type: 'CALENDAR_UPDATE', payload: { date: '2026-11-21', note: '貸切' } } },
  ],
  [
    { type: 'STAFF_UPDATE', payload: { staffId: 'm1', changes: { name: '山田' } } },
    { staffId: 'm1', id: 'm1', changes: { id: 'm1', name: '山田' } },
    { type: 'STAFF_DELETE', payload: { staffId: 'm1', id: 'm1', revision: 2 } },
    { isDeleted: true, name: '山田', again: { type: 'STAFF_RESTORE', payload: { staffId: 'm1' } } },
  ],
  [
    { type: 'CLOSING_RULE_UPDATE', payload: { ruleId: 'r1', changes: { note: '定休' } } },
    rule,
    { type: 'CLOSING_RULE_DELETE', payload: { ruleId: 'r1', revision: 5 } },
    { isDeleted: true, again: { type: 'CLOSING_RULE_RESTORE', payload: { ruleId: 'r1' } } },
  ],
  [
    { type: 'PERIOD_UPDATE', payload: { periodId: 'p1', endDate: '2026-11-30' } },
    period,
    { type: 'PERIOD_DELETE', payload: { periodId: 'p1', scheduleId: 's', periods: [] } },
    { isDeleted: true, again: { type: 'PERIOD_RESTORE', payload: { periodId: 'p1' } } },
  ],
  // The trail has the row.
  [
    { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'l1', changes: { limitConfig: { maxCount: 3 } } } },
    { limitId: 'l1', updatedLimit: limit },
    { type: 'SETTINGS_DELETE_DAILY_LIMIT', payload: { limitId: 'l1', deletedLimit: limit } },
    { isDeleted: true, name: '上限', again: null, items: [{ entity: 'daily_limits', entityId: 'l1' }] },
  ],
  [
    { type: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT', payload: { assignment: { id: 'a1', notes: 'x' } } },
    { assignmentId: 'a1', assignment: { id: 'a1', notes: 'x' } },
    { type: 'SETTINGS_DELETE_BACKUP_ASSIGNMENT', payload: { assignmentId: 'a1', assignment: { id: 'a1' } } },
    { isDeleted: true, again: null, items: [{ entity: 'staff_backup_assignments', entityId: 'a1' }] },
  ],
];

it.each(OVERWRITTEN)('row__%j_then_%j_then_%j__is_told_to_who_wrote_it_with_a_way_back', (mine, stored, theirs, told) => {
  const found = toldOf([mine, stored, theirs]);
  expect(found).toMatchObject([told]);
  expect(found[0]?.again ?? null).toEqual((told as { again: unknown }).again);
});

it.each(OVERWRITTEN)('row__%j_then_%j_then_%j_from_another_window_of_ones_own__is_not_told', (mine, stored, theirs) => {
  expect(toldOf([mine, stored, theirs], () => null)).toEqual([]);
});

it('day__written_over_in_what_was_not_written_here__is_not_told', () => {
  const mine = { type: 'CALENDAR_UPDATE', payload: { date: '2026-11-21', note: '貸切' } };
  const day = { id: 'd1', date: '2026-11-21', kind: null, note: '貸切', revision: 1 };
  expect(toldOf([mine, day, { type: 'CALENDAR_UPDATE', payload: { ...day, kind: 'closed' } }])).toEqual([]);
});

import { describe, expect, it } from 'vitest';

import type { ConflictItem } from '@/realtime/protocol';

import { isDivisible, withoutItems } from './conflictChoice';

const item = (entityId: string, field: string): ConflictItem => ({ entity: 'x', entityId, field, base: '', yours: '1', theirs: '2', theirAuthor: '田中', changedAt: null });
const bulk = { type: 'SHIFT_BULK_UPDATE', payload: { scheduleId: 's', scheduleData: { p1: { '2026-11-21': '×', '2026-11-22': '×' }, p2: { '2026-11-21': '△' } } } } as const;

describe('what the author leaves to the others', () => {
  it('goes out of a range of cells, and the rest is sent', () => {
    const left = withoutItems(bulk, [item('p1:2026-11-21', 'value'), item('p2:2026-11-21', 'value')]);
    expect(left?.payload).toEqual({ scheduleId: 's', scheduleData: { p1: { '2026-11-22': '×' } } });
  });

  it('leaves nothing to send when it was all of it', () => {
    const update = { type: 'SHIFT_UPDATE', payload: { scheduleId: 's', staffId: 'p1', dateKey: '2026-11-21', shiftValue: '×' } } as const;
    expect(withoutItems(update, [item('p1:2026-11-21', 'value')])).toBeNull();
    expect(isDivisible(update)).toBe(false);
  });

  it('goes out of a row by its field, also inside JSON', () => {
    const update = { type: 'SETTINGS_UPDATE_DAILY_LIMITS', payload: { limitId: 'd', changes: { name: 'a', limitConfig: { maxCount: 3, minCount: 1 } } } } as const;
    expect(withoutItems(update, [item('d', 'name'), item('d', 'limitConfig.maxCount')])?.payload).toEqual({ limitId: 'd', changes: { limitConfig: { minCount: 1 } } });
    expect(withoutItems(update, [item('d', 'name'), item('d', 'limitConfig')])).toBeNull();
  });

  it('is all sent where nothing is left to them', () => {
    expect(withoutItems(bulk, [])).toBe(bulk);
  });
});

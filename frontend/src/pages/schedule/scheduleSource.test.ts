import { beforeEach, describe, expect, it, vi } from 'vitest';

import { MemoryBackend } from '@/testing/app/memoryBackend';
import { restaurant } from '@/testing/app/restaurant';
import { daysOf } from '@/grid/days';
import { type CellRef, Mark } from '@/grid/model';
import type { OutboxEntry } from '@/realtime/outbox/outbox';
import type { ScheduleState } from '@/realtime/state/state';

import { ScheduleSource } from './scheduleSource';
import { unlessSame } from './useValidation';

const dates = daysOf('2026-11-21', '2026-12-20');
const cell = { staffId: 'p1', dateKey: '2026-11-21' };
let backend: MemoryBackend;
let source: ScheduleSource;
let flashed: CellRef[];

const schedule = () => backend.view.getState().schedules.get('schedule-1') as ScheduleState;

interface Writable {
  values: string[];
  waiting: Set<number>;
  locked: Set<number>;
}

/** As if the confirmed state of the client had changed. */
function arrive(change: (rows: Map<string, Writable>) => void): void {
  const rows = new Map<string, Writable>(
    [...schedule().rows].map(([id, row]) => [id, { values: [...row.values], waiting: new Set(row.waiting), locked: new Set(row.locked) }]),
  );
  const before = new Map(schedule().rows);
  change(rows);
  const next = new Map([...rows].map(([id, row]) => [id, JSON.stringify(row.values) === JSON.stringify(before.get(id)?.values) && row.waiting.size === 0 && row.locked.size === 0 ? before.get(id) : row] as const));
  const schedules = new Map(backend.view.getState().schedules).set('schedule-1', { ...schedule(), rows: next as ScheduleState['rows'] });
  backend.view.setState({ ...backend.view.getState(), schedules }, true);
}

beforeEach(() => {
  backend = new MemoryBackend(restaurant(4), () => undefined);
  source = new ScheduleSource(backend, 'schedule-1', dates);
  flashed = [];
  source.subscribeRemote((cells) => flashed.push(...cells));
  return source.connect();
});

describe('wishes', () => {
  const wish = { id: 'w', scheduleId: 'schedule-1', ...cell, kind: 'prefer', shiftValue: '△', weight: 3, note: '', state: 'open', answer: '', takenValue: '', madeBy: null, isOwn: false, revision: 1 } as const;
  const wished = (state: 'open' | 'declined') => {
    const schedules = new Map(backend.view.getState().schedules).set('schedule-1', { ...schedule(), wishes: new Map([['w', { ...wish, state }]]) });
    backend.view.setState({ ...backend.view.getState(), schedules }, true);
  };
  const marked = () => ((source.getRow('p1').marks[0] ?? 0) & Mark.wished) !== 0;

  it('mark their cell alone, tell its row alone, and flash nothing', () => {
    const told: string[] = [];
    source.subscribeRow('p1', () => told.push('p1'));
    source.subscribeRow('p2', () => told.push('p2'));
    const other = source.getRow('p2');
    expect(marked()).toBe(false);
    wished('open');
    expect(marked()).toBe(true);
    expect(source.wishAt(cell)).toEqual({ kind: 'prefer', value: '△' });
    expect(source.wishAt({ ...cell, staffId: 'p2' })).toBeNull();
    expect(source.getRow('p2')).toBe(other);
    expect(told).toEqual(['p1']);
    expect(flashed).toEqual([]);
    wished('declined');
    expect(marked()).toBe(false);
  });
});

describe('cells', () => {
  it('are sent as one cell or as many', () => {
    source.edit([{ ...cell, value: '×' }]);
    source.edit([
      { ...cell, value: '○' },
      { staffId: 'p2', dateKey: '2026-11-22', value: '○' },
    ]);
    expect(backend.requests).toEqual([
      { type: 'SHIFT_UPDATE', payload: { scheduleId: 'schedule-1', ...cell, shiftValue: '×' } },
      { type: 'SHIFT_BULK_UPDATE', payload: { scheduleId: 'schedule-1', scheduleData: { p1: { '2026-11-21': '○' }, p2: { '2026-11-22': '○' } } } },
    ]);
    expect(source.getRow('p1').values[0]).toBe('○');
  });

  it('tell only the row that has changed, and keep the objects of the others', () => {
    const [mine, other] = [vi.fn(), vi.fn()];
    source.subscribeRow('p1', mine);
    source.subscribeRow('p2', other);
    const before = source.getRow('p2');
    source.edit([{ ...cell, value: '●' }]);
    expect(mine).toHaveBeenCalledOnce();
    expect(other).not.toHaveBeenCalled();
    expect(source.getRow('p2')).toBe(before);
  });

  it('carry that they wait or are locked', () => {
    arrive((rows) => {
      rows.get('p1')?.waiting.add(3);
      rows.get('p1')?.locked.add(3);
    });
    expect(source.getRow('p1').marks[3]).toBe(Mark.waiting | Mark.locked);
  });
});

describe('what flashes', () => {
  it('is what others have changed', () => {
    arrive((rows) => {
      rows.get('p2')?.values.splice(4, 1, '本');
    });
    expect(flashed).toEqual([{ staffId: 'p2', dateKey: '2026-11-25' }]);
  });

  it('is not one’s own edit, neither when it is made nor when it is taken back', () => {
    arrive((rows) => {
      rows.get('p2')?.values.splice(4, 1, '本');
      rows.get('p2')?.waiting.add(4);
    });
    arrive((rows) => {
      rows.get('p2')?.values.splice(4, 1, '');
      rows.get('p2')?.waiting.clear();
    });
    expect(flashed).toEqual([]);
  });
});

describe('what one takes back oneself', () => {
  const entry = (type: string) => ({ requestId: 'r', request: { type, payload: { scheduleId: 'schedule-1' } } }) as unknown as OutboxEntry;
  const change = () =>
    arrive((rows) => {
      rows.get('p2')?.values.splice(4, 1, '本');
    });

  it('does not flash, whether it is confirmed first or arrives first', () => {
    backend.outbox.setState([entry('UNDO')], true);
    change();
    expect(flashed).toEqual([]);
  });

  it('does not flash when it arrives as it leaves the outbox; what comes later does', async () => {
    backend.outbox.setState([entry('UNDO')], true);
    backend.outbox.setState([], true);
    change();
    expect(flashed).toEqual([]);
    await Promise.resolve();
    arrive((rows) => {
      rows.get('p2')?.values.splice(5, 1, '本');
    });
    expect(flashed).toEqual([{ staffId: 'p2', dateKey: '2026-11-26' }]);
  });
});

describe('violations', () => {
  const violation = { rule: 'r', ruleId: 'd1', table: 'dailyLimits', isHard: true, penalty: 1, message: 'm', ...cell };

  it('mark their cells and tell their rows', () => {
    const told = vi.fn();
    source.subscribeRow('p1', told);
    source.setViolations([violation]);
    expect(source.getRow('p1').marks[0]).toBe(Mark.hard);
    expect(source.violationsAt(cell)).toEqual([violation]);
    source.setViolations([]);
    expect(source.getRow('p1').marks[0]).toBe(Mark.none);
    expect(told).toHaveBeenCalledTimes(2);
  });
});

describe('violations that are found again', () => {
  const violation = { rule: 'r', ruleId: 'd1', table: 'dailyLimits', isHard: true, penalty: 1, message: 'm', ...cell };

  it('tell nobody; a new one tells its own row only', () => {
    const [mine, other] = [vi.fn(), vi.fn()];
    source.setViolations([violation]);
    source.subscribeRow('p1', mine);
    source.subscribeRow('p2', other);
    const before = source.getRow('p1');
    source.setViolations([{ ...violation }]);
    expect(mine).not.toHaveBeenCalled();
    expect(source.getRow('p1')).toBe(before);
    source.setViolations([violation, { ...violation, staffId: 'p2' }]);
    expect(mine).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledOnce();
  });

  it('are the same list, so that nothing that shows them renders', () => {
    const list = [violation];
    expect(unlessSame(list, [{ ...violation }])).toBe(list);
    expect(unlessSame(list, [{ ...violation, message: 'n' }])).not.toBe(list);
    expect(unlessSame(list, [])).toEqual([]);
  });
});

describe('a violation that is accepted', () => {
  const violation = { rule: 'r', ruleId: 'd1', table: 'dailyLimits', isHard: true, penalty: 1, message: 'm', ...cell };

  it('locks its cell and notes why, no longer than the server takes', () => {
    source.accept(cell, 'w'.repeat(120));
    expect(backend.requests).toEqual([{ type: 'SHIFT_LOCK', payload: { scheduleId: 'schedule-1', cells: [cell], reason: 'w'.repeat(100) } }]);
  });

  it('is one whose cell is locked', () => {
    source.setViolations([violation]);
    expect(source.isAccepted(violation)).toBe(false);
    arrive((rows) => rows.get('p1')?.locked.add(0));
    expect(source.isAccepted(violation)).toBe(true);
    expect(source.getRow('p1').marks[0]).toBe(Mark.hard | Mark.locked | Mark.overridden);
    expect(source.isAccepted({ ...violation, staffId: null })).toBe(false);
  });
});

describe('who stands in', () => {
  const call = (value: string) => {
    const called = new Map([['p1', new Map([[0, { groupId: 'g1', value }]])]]);
    const schedules = new Map(backend.view.getState().schedules).set('schedule-1', { ...schedule(), called });
    backend.view.setState({ ...backend.view.getState(), schedules }, true);
  };

  it('is marked as long as the cell holds the shift that the person was called to', () => {
    arrive((rows) => rows.get('p1')?.values.splice(0, 1, '○'));
    const told = vi.fn();
    source.subscribeRow('p1', told);
    call('○');
    expect(told).toHaveBeenCalledOnce();
    expect(source.getRow('p1').marks[0]).toBe(Mark.covering);
    expect(source.coveredAt(cell)).toBe('g1');
    call('△');
    expect(source.getRow('p1').marks[0]).toBe(Mark.none);
  });
});

describe('the others', () => {
  const entry = { clientId: 'c', userId: 'u', name: 'Anna Berg', scheduleId: 'schedule-1', cell, state: 'editing' as const };

  it('are where they are, and idle after a minute', () => {
    vi.useFakeTimers();
    source = new ScheduleSource(backend, 'schedule-1', dates);
    const stop = source.connect();
    backend.roster.setState(new Map([['c', entry]]), true);
    expect(source.getPresence()).toMatchObject([{ initials: 'AB', state: 'editing', idle: false, cell }]);
    vi.advanceTimersByTime(70_000);
    expect(source.getPresence()).toMatchObject([{ idle: true }]);
    stop();
    vi.useRealTimers();
  });

  it('have no cursor here while they look at another month', () => {
    backend.roster.setState(new Map([['c', { ...entry, scheduleId: 'schedule-2' }]]), true);
    expect(source.getPresence()).toMatchObject([{ cell: null }]);
  });
});

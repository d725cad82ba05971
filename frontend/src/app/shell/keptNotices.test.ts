// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import type { Notice } from '@/realtime/outbox/notices';
import { safeStorage } from '@/realtime/transport/config';

import { toast, toasts } from '../stores/toasts';
import { KeptNotices } from './keptNotices';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 30);

const notice = (name: string) => ({ kind: 'overwrittenRow', id: '1', name, items: [], again: null, isDeleted: true }) as Notice;
const kept = (name: string, at = NOW) => ({ notice: notice(name), version: 7, at });
const of = (owner: string) => new KeptNotices(owner, safeStorage(() => localStorage));
const names = (notices: KeptNotices, now = NOW) => notices.untold(now).map(([, { notice: each }]) => (each as { name: string }).name);

beforeEach(() => {
  localStorage.clear();
  toasts.setState([], true);
});

describe('notices with a way back', () => {
  it('outlast the page, in their order, with what was seen when they were told', () => {
    const before = of('u:r');
    before.keep(kept('second', NOW + 5));
    before.keep(kept('first', NOW - 5));
    expect(names(of('u:r'))).toEqual(['first', 'second']);
    expect(of('u:r').untold(NOW)[0]?.[1].version).toBe(7);
  });

  it('are nobody else’s, in no other restaurant', () => {
    of('u:r').keep(kept('mine'));
    expect(names(of('other:r'))).toEqual([]);
    expect(names(of('u:other'))).toEqual([]);
    expect(names(of('u:'))).toEqual([]);
  });

  it('end when they are used or dismissed, in other tabs too', () => {
    const [one, other] = [of('u:r'), of('u:r')];
    const key = one.keep(kept('mine'));
    other.show(key, toast('info', 'told there', { sticky: true }));
    one.end(key);
    other.hear(key);
    expect(toasts.getState()).toEqual([]);
    expect(names(of('u:r'))).toEqual([]);
  });

  it('are told once by a page', () => {
    const notices = of('u:r');
    notices.show(notices.keep(kept('mine')), 1);
    expect(names(notices)).toEqual([]);
    expect(names(of('u:r'))).toEqual(['mine']);
  });

  it('are bounded in number, size and age', () => {
    const notices = of('u:r');
    for (let index = 0; index < 40; index += 1) notices.keep(kept(`${index}`, NOW + index));
    expect(names(of('u:r'))).toEqual(Array.from({ length: 30 }, (_, index) => `${index + 10}`));
    notices.keep(kept('x'.repeat(200_000), NOW + 100));
    expect(names(of('u:r'))).toHaveLength(30);
    expect(names(of('u:r'), NOW + 8 * DAY_MS)).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it('that are damaged are dropped', () => {
    localStorage.setItem('shiftsync-notice:u:r:1.1', '{"notice":');
    localStorage.setItem('shiftsync-notice:u:r:2.1', JSON.stringify({ notice: { kind: 'error' }, version: 1, at: NOW }));
    expect(names(of('u:r'))).toEqual([]);
    expect(localStorage.length).toBe(0);
  });
});

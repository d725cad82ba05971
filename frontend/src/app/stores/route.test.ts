import { describe, expect, it } from 'vitest';

import { formatRoute, parseRoute } from './route';

describe('addresses', () => {
  it.each([
    ['', { page: 'schedule', period: null, dialog: [] }],
    ['#/schedule/2', { page: 'schedule', period: 2, dialog: [] }],
    ['#/dashboard', { page: 'dashboard', period: null, dialog: [] }],
    ['#/schedule/0?dialog=settings/dailyLimits/abc', { page: 'schedule', period: 0, dialog: ['settings', 'dailyLimits', 'abc'] }],
    ['#/nonsense/x', { page: 'schedule', period: null, dialog: [] }],
  ])('%s says where one is', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it('come back as they went', () => {
    const route = { page: 'schedule', period: 3, dialog: ['history', 'staff-1', '2026-11-21'] } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });
});

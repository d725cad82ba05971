import { describe, expect, it } from 'vitest';

import { addDays, daysBetween, daysOf, formatDay, formatPeriod, isKnownZone, todayIn, weekdayOf } from './days';

describe('days', () => {
  it('crosses months, years and the 29th of February', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('lists a period with both its ends', () => {
    const days = daysOf('2026-11-21', '2026-12-20');
    expect(days).toHaveLength(30);
    expect([days[0], days.at(-1)]).toEqual(['2026-11-21', '2026-12-20']);
    expect(daysOf('2026-11-21', '2026-11-20')).toEqual([]);
  });

  it('counts days and knows the weekday', () => {
    expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365);
    expect(weekdayOf('2026-11-22')).toBe(0);
  });

  it('asks the restaurant’s clock what day it is', () => {
    const now = new Date('2026-11-20T20:00:00Z');
    expect(todayIn('Asia/Tokyo', now)).toBe('2026-11-21');
    expect(todayIn('UTC', now)).toBe('2026-11-20');
  });

  it('speaks Japanese and English', () => {
    expect(formatDay('2026-11-21', 'ja', { month: 'long', day: 'numeric', weekday: 'short' })).toBe('11月21日(土)');
    expect(formatDay('2026-11-21', 'en', { weekday: 'short' })).toBe('Sat');
    expect(formatPeriod('2026-11-21', '2026-12-20', 'ja')).toBe('2026年11月21日～12月20日');
    expect(formatPeriod('2026-12-21', '2027-01-20', 'ja')).toBe('2026年12月21日～2027年1月20日');
  });
});

describe('a zone', () => {
  const moment = new Date('2026-12-15T07:30:00Z');

  it('is the restaurant’s own where the browser knows it', () => {
    expect(todayIn('Asia/Tokyo', moment)).toBe('2026-12-15');
    expect(todayIn('Pacific/Pago_Pago', moment)).toBe('2026-12-14');
  });

  it.each(['localtime', 'posix/Asia/Tokyo', 'Factory', 'Mars/Base', ''])('%s, which it does not know, takes nothing down', (zone) => {
    expect(isKnownZone(zone)).toBe(false);
    expect(todayIn(zone, moment)).toBe('2026-12-15');
  });
});

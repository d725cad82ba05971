import { formatDay } from '@/grid/days';

/** The 4th of January 2026 was a Sunday. */
export const weekdayName = (weekday: number, language: string, style: 'short' | 'long' = 'long') =>
  formatDay(`2026-01-${String(4 + weekday).padStart(2, '0')}`, language, { weekday: style });

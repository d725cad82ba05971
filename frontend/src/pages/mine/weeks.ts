import { useTranslation } from 'react-i18next';

import { formatDay, weekdayOf } from '@/grid/days';
import type { DateKey } from '@/realtime/protocol';

/** 4 January 1970 was a Sunday. */
const WEEK = ['1970-01-04', '1970-01-05', '1970-01-06', '1970-01-07', '1970-01-08', '1970-01-09', '1970-01-10'];

/** The names of the days, from Sunday. */
export function useWeek(): readonly string[] {
  const { i18n } = useTranslation();
  return WEEK.map((day) => formatDay(day, i18n.language, { weekday: 'short' }));
}

/** Days in a row, by weeks from Sunday; null where the month has no day. */
export function weeksOf<Day>(days: readonly Day[], keyOf: (day: Day) => DateKey): (Day | null)[][] {
  const first = days[0];
  const all: (Day | null)[] = [...Array<null>(first === undefined ? 0 : weekdayOf(keyOf(first))).fill(null), ...days];
  while (all.length % 7 !== 0) all.push(null);
  return Array.from({ length: all.length / 7 }, (_, week) => all.slice(week * 7, week * 7 + 7));
}

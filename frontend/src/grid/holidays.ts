import { addDays, dayOf, makeDay, monthOf, weekdayOf, yearOf } from './days';
import type { DateKey } from './model';

/** The public holidays of Japan by the law in force since 2020, without the moved days of 2020 and 2021. */

export interface Holiday {
  readonly ja: string;
  readonly en: string;
}

const SUBSTITUTE: Holiday = { ja: '振替休日', en: 'Substitute holiday' };
const BETWEEN: Holiday = { ja: '国民の休日', en: 'Citizens’ holiday' };

const FIXED: Readonly<Record<string, Holiday>> = {
  '1-1': { ja: '元日', en: 'New Year’s Day' },
  '2-11': { ja: '建国記念の日', en: 'National Foundation Day' },
  '2-23': { ja: '天皇誕生日', en: 'Emperor’s Birthday' },
  '4-29': { ja: '昭和の日', en: 'Showa Day' },
  '5-3': { ja: '憲法記念日', en: 'Constitution Day' },
  '5-4': { ja: 'みどりの日', en: 'Greenery Day' },
  '5-5': { ja: 'こどもの日', en: 'Children’s Day' },
  '8-11': { ja: '山の日', en: 'Mountain Day' },
  '11-3': { ja: '文化の日', en: 'Culture Day' },
  '11-23': { ja: '勤労感謝の日', en: 'Labour Thanksgiving Day' },
};

/** By month: which Monday. */
const MONDAYS: Readonly<Record<number, readonly [number, Holiday]>> = {
  1: [2, { ja: '成人の日', en: 'Coming of Age Day' }],
  7: [3, { ja: '海の日', en: 'Marine Day' }],
  9: [3, { ja: '敬老の日', en: 'Respect for the Aged Day' }],
  10: [2, { ja: 'スポーツの日', en: 'Sports Day' }],
};

const VERNAL: Holiday = { ja: '春分の日', en: 'Vernal Equinox Day' };
const AUTUMNAL: Holiday = { ja: '秋分の日', en: 'Autumnal Equinox Day' };

/** The day of the equinox (formula of the National Astronomical Observatory, good for 1980 to 2099). */
const equinox = (year: number, base: number) =>
  Math.floor(base + 0.242194 * (year - 1980) - Math.floor((year - 1980) / 4));

/** The holidays of a year as the law names them, before substitutes. */
function named(year: number): Map<DateKey, Holiday> {
  const days = new Map<DateKey, Holiday>();
  for (const [key, holiday] of Object.entries(FIXED)) {
    const [month = 1, day = 1] = key.split('-').map(Number);
    days.set(makeDay(year, month, day), holiday);
  }
  for (const [month, [nth, holiday]] of Object.entries(MONDAYS)) {
    const first = weekdayOf(makeDay(year, Number(month), 1));
    days.set(makeDay(year, Number(month), 1 + ((8 - first) % 7) + 7 * (nth - 1)), holiday);
  }
  days.set(makeDay(year, 3, equinox(year, 20.8431)), VERNAL);
  days.set(makeDay(year, 9, equinox(year, 23.2488)), AUTUMNAL);
  return days;
}

function withSubstitutes(days: Map<DateKey, Holiday>): Map<DateKey, Holiday> {
  const all = new Map(days);
  for (const day of days.keys()) {
    if (weekdayOf(day) === 0) {
      let next = addDays(day, 1);
      while (all.has(next)) next = addDays(next, 1);
      all.set(next, SUBSTITUTE);
    }
    const between = addDays(day, 1);
    if (days.has(addDays(day, 2)) && !all.has(between) && weekdayOf(between) !== 0) all.set(between, BETWEEN);
  }
  return all;
}

const years = new Map<number, Map<DateKey, Holiday>>();

/** The holiday on `dateKey`, or null. */
export function holidayOn(dateKey: DateKey): Holiday | null {
  const year = yearOf(dateKey);
  if (!Number.isFinite(monthOf(dateKey) + dayOf(dateKey))) return null;
  let days = years.get(year);
  if (days === undefined) {
    days = withSubstitutes(named(year));
    years.set(year, days);
  }
  return days.get(dateKey) ?? null;
}

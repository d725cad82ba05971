import type { DateKey } from './model';

/** Everything that is computed with days: they are `YYYY-MM-DD` strings, and no time zone can move them. */

const DAY = 86_400_000;

const toUtc = (dateKey: DateKey) => Date.UTC(yearOf(dateKey), monthOf(dateKey) - 1, dayOf(dateKey));
const fromUtc = (time: number): DateKey => new Date(time).toISOString().slice(0, 10);

export const yearOf = (dateKey: DateKey) => Number(dateKey.slice(0, 4));
/** 1 is January. */
export const monthOf = (dateKey: DateKey) => Number(dateKey.slice(5, 7));
export const dayOf = (dateKey: DateKey) => Number(dateKey.slice(8, 10));
/** 0 is Sunday. */
export const weekdayOf = (dateKey: DateKey) => new Date(toUtc(dateKey)).getUTCDay();

export const makeDay = (year: number, month: number, day: number): DateKey => fromUtc(Date.UTC(year, month - 1, day));
export const addDays = (dateKey: DateKey, days: number): DateKey => fromUtc(toUtc(dateKey) + days * DAY);
export const daysBetween = (from: DateKey, to: DateKey) => Math.round((toUtc(to) - toUtc(from)) / DAY);

/** Every day from `start` to `end`, both included. */
export function daysOf(start: DateKey, end: DateKey): DateKey[] {
  const count = Math.max(0, daysBetween(start, end) + 1);
  return Array.from({ length: count }, (_, index) => addDays(start, index));
}

/** What days are counted by where a restaurant's own zone is unknown: the same as the server's. */
export const FALLBACK_ZONE = 'Asia/Tokyo';

/** Whether this browser knows the zone. */
export function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-CA', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** The day that it is now at `timeZone`; at the fallback's where this browser does not know it. */
export function todayIn(timeZone: string, now: Date): DateKey {
  const zone = isKnownZone(timeZone) ? timeZone : FALLBACK_ZONE;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}


const formatters = new Map<string, Intl.DateTimeFormat>();

/** `dateKey` in the words of `language`. */
export function formatDay(dateKey: DateKey, language: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${language}|${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    formatters.set(key, formatter);
  }
  return formatter.format(toUtc(dateKey));
}

/** "21 Nov 2026 – 20 Dec", "2026年11月21日～12月20日": the year again only where it differs. */
export function formatPeriod(start: DateKey, end: DateKey, language: string): string {
  const short = { month: language === 'ja' ? 'long' : 'short', day: 'numeric' } as const;
  const sameYear = yearOf(start) === yearOf(end);
  const last = formatDay(end, language, sameYear ? short : { ...short, year: 'numeric' });
  return `${formatDay(start, language, { ...short, year: 'numeric' })}${dash(language)}${last}`;
}

/** "21 Nov – 20 Dec", without the year, for narrow places. */
export function formatPeriodShortly(start: DateKey, end: DateKey, language: string): string {
  const short = language === 'ja' ? ({ month: 'numeric', day: 'numeric' } as const) : ({ month: 'short', day: 'numeric' } as const);
  return `${formatDay(start, language, short)}${dash(language)}${formatDay(end, language, short)}`;
}

const dash = (language: string) => (language === 'ja' ? '～' : ' – ');

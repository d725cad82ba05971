import type { PeriodPoint } from '@/realtime/protocol';

/** A month, or a day in it, as people type it: `2026-04`, `2026/4/15`, `2026年4月`. */

const isPartial = (value: unknown): value is PeriodPoint => typeof value === 'object' && value !== null && 'year' in value && 'month' in value;
const two = (value: number) => String(value).padStart(2, '0');

export function formatPartial(value: unknown): string {
  if (!isPartial(value)) return '';
  const month = `${value.year}-${two(value.month)}`;
  return value.day == null ? month : `${month}-${two(value.day)}`;
}

/** Null if it is neither a month nor a day. */
export function parsePartial(text: string): PeriodPoint | null {
  const found = /^(\d{4})[-/年.](\d{1,2})(?:[-/月.](\d{1,2})日?|月)?$/u.exec(text.normalize('NFKC').trim());
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), found[3] === undefined ? null : Number(found[3])];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || (day !== null && (day < 1 || day > last))) return null;
  return day === null ? { year, month } : { year, month, day };
}

/** Tables that come from a spreadsheet: handed from the grid to the dialog that shows what they would change. */

import { useEffect, useState } from 'react';

import type { ResultOf } from '@/api/writes';
import type { Clip } from '@/grid/paste';

export type TablePreview = ResultOf<'/api/schedules/{id}/import/preview/', 'post'>;
export type Remark = TablePreview['remarks'][number];

/** A workbook in Base64, or the rows that were copied. */
export type Table = { readonly file: string } | { readonly table: string[][] };

let handed: Table | null = null;

/** Keeps a table for the dialog that is about to open. */
export function handTable(table: Table): void {
  handed = table;
}

/**
 * That table, for the dialog that is there now. It is forgotten once the dialog stands, not while it renders: React begins anew where a part of
 * the page is still being loaded, and would find nothing the second time.
 */
export function useHandedTable(): Table | null {
  const [table] = useState(() => handed);
  useEffect(() => {
    handed = null;
  }, []);
  return table;
}

/** Bare numbers may be something else; a day with its month, above a name that is known, is not. */
const FEWEST_DAYS = 3;
const LABELS = 4;
const DAY = /^\D{0,6}\d{1,4}(?:[-/.年月日\s]|$)/;
const DATE = /^\D{0,6}(\d{4}[-/.年] ?)?(0?[1-9]|1[0-2])[-/.月] ?\d\d?(?!\d)/;

/** Names are compared as the server does: one width, no spaces. */
const nameKey = (name: string) => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/**
 * Whether what was copied is a whole table: somebody's name at the beginning of a row, below a row of days. One whose days run down and whose
 * people stand across is a table as well: the server turns it.
 */
export const isTable = (clip: Clip, names: readonly string[]): boolean => {
  const known = new Set(names.map(nameKey));
  return isUpright(clip, known) || isUpright(turned(clip), known);
};

function isUpright(clip: Clip, known: ReadonlySet<string>): boolean {
  const first = clip.findIndex((row) => row.slice(0, LABELS).some((value) => value !== '' && known.has(nameKey(value))));
  const count = (row: readonly string[], form: RegExp) => row.filter((value) => form.test(value.normalize('NFKC'))).length;
  return first > 0 && clip.slice(0, first).some((row) => count(row, DATE) > 0 || count(row, DAY) >= FEWEST_DAYS);
}

/** Of a period with what stands above and beside it; a column of a hundred thousand lines is no table of days. */
const LONGEST = 200;

/** The beginning of it, its columns as rows. */
function turned(clip: Clip): string[][] {
  const rows = clip.slice(0, LONGEST);
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: width }, (_, col) => rows.map((row) => row[col] ?? ''));
}

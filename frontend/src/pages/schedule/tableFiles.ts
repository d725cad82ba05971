/** What the dialogs about tables send to the server, and how they read its answers. */

import { RestError } from '@/app/stores/rest';
import { parseTsv } from '@/grid/tsv';

import type { Remark, Table } from './tables';

/** What the server finds a table in. */
export const READABLE = '.xlsx,.csv,.tsv,.txt,.xls,.html,.htm';

/** The table in text that was pasted: tab separated rows are read here, all else (CSV, the source of a web page) by the server. */
export const tableOfText = (text: string): Table => (text.includes('\t') ? { table: parseTsv(text) } : { file: fileOf(text) });

/** A table on the clipboard that is no text: from a web page, or a spreadsheet that puts no tabs on it. */
export function tableOfClipboard(data: Pick<DataTransfer, 'getData'>): Table | null {
  const html = data.getData('text/html');
  return data.getData('text/plain').includes('\t') || !/<table/i.test(html) ? null : { file: fileOf(html) };
}

/** The mark says how it is encoded, whatever the text itself says of that. */
const fileOf = (text: string) => base64Of(new TextEncoder().encode(`\uFEFF${text}`).buffer);

/** Whom each name means: nobody where the choice is blank. */
export const choicesOf = (chosen: ReadonlyMap<string, string>): Record<string, string | null> =>
  Object.fromEntries([...chosen].map(([name, staffId]) => [name, staffId === '' ? null : staffId]));

/** Why a table cannot be read, where the server says it by its parts. */
export function refusalOf(error: unknown): Remark | null {
  const remark = error instanceof RestError ? error.details['remark'] : undefined;
  return typeof remark === 'object' && remark !== null ? (remark as Remark) : null;
}

const CHUNK = 0x8000;

/** Base64 of a file; in parts, since a call takes only so many arguments. */
export function base64Of(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

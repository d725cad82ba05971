/** Tab separated text as spreadsheets put it on the clipboard. */

const needsQuotes = /["\t\r\n]/;

const quote = (value: string) => (needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export const formatTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(quote).join('\t')).join('\r\n');

/** The rows of `text`, made equally long. A line break after the last row does not add an empty one. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at <= text.length) {
    const [value, next] = readValue(text, at);
    rows.at(-1)?.push(value.trim());
    if (next >= text.length) break;
    const end = lineEnd(text, next);
    if (end > next) {
      if (end >= text.length) break;
      rows.push([]);
    }
    at = Math.max(end, next + 1);
  }
  // Not by spreading them: a call takes only so many arguments, and a clipboard may hold a whole sheet.
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return rows.map((row) => [...row, ...Array<string>(columns - row.length).fill('')]);
}

/** Looked for where it would begin: to cut the text off there would copy the rest of it for each value. */
const QUOTED = /"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)/y;

/** The value that starts at `at`, and the index of what ends it. */
function readValue(text: string, at: number): [value: string, next: number] {
  if (text[at] === '"') {
    QUOTED.lastIndex = at;
    const quoted = QUOTED.exec(text);
    if (quoted?.[1] !== undefined) return [quoted[1].replaceAll('""', '"'), at + quoted[0].length];
  }
  let next = at;
  while (next < text.length && !'\t\r\n'.includes(text.charAt(next))) next += 1;
  return [text.slice(at, next), next];
}

function lineEnd(text: string, at: number): number {
  if (text.startsWith('\r\n', at)) return at + 2;
  return text[at] === '\n' || text[at] === '\r' ? at + 1 : at;
}

import { parseTsv } from '@/grid/tsv';
import { keyOfName } from './names';

/** A list of people as somebody pasted it: a column of names, or a table from a spreadsheet or a CSV file. */

export type Column = 'name' | 'position' | 'department' | 'status';

export interface ListedPerson {
  readonly name: string;
  readonly position: string;
  readonly department: string;
  readonly status: string;
  /**
   * `same`: somebody of that name works here, or stands above; `doubtful`: somebody of a name like that; `tooLong`: it cannot be stored.
   */
  readonly state: 'new' | 'same' | 'doubtful' | 'tooLong';
  /** Whom it may be. */
  readonly like: string;
}

type Head = Column | 'family' | 'given';

const HEADS: Readonly<Record<Head, readonly string[]>> = {
  name: ['name', 'staff', 'employee', 'fullname', '名前', '氏名', 'スタッフ', 'スタッフ名', '従業員', '従業員名', '社員名', 'お名前'],
  family: ['lastname', 'familyname', 'surname', '姓', '苗字', '名字'],
  given: ['firstname', 'givenname', 'forename', '名'],
  position: ['position', 'job', 'jobtitle', 'title', 'role', '役職', '職位', '肩書', '肩書き', 'ポジション', '職種', '担当'],
  department: ['department', '部署', '部門'],
  status: ['status', 'type', 'contract', '雇用形態', '雇用', '区分', '契約'],
};
const USUAL_ORDER: readonly Column[] = ['name', 'position', 'department', 'status'];
const LONGEST: Readonly<Record<Column, number>> = { name: 100, position: 100, department: 100, status: 50 };

/** A list may have a title and a line of who made it before its headings. */
const HEAD_ROWS = 5;

/**
 * The people in `text`, in its order. A row of known headings says which column is what; else names come first, after numbers if there are
 * any. `settled`: which of those whom a colleague's name resembles are people of their own.
 */
export function readPeople(text: string, known: Iterable<string>, settled: ReadonlySet<string> = new Set()): readonly ListedPerson[] {
  const { heading, rows } = tableIn(text);
  const columns = heading?.map(headOf) ?? usualColumns(rows);
  const names = new Map(Array.from(known, (name) => [keyOfName(name), name]));
  const seen = new Set(names.keys());
  return rows.flatMap((row) => {
    const fields = fieldsOf(row, columns);
    if (fields.name === '') return [];
    const key = bareKey(fields.name);
    const isTooLong = USUAL_ORDER.some((column) => fields[column].length > LONGEST[column]);
    const like = seen.has(key) || settled.has(fields.name) ? '' : (similar(key, names) ?? '');
    const state = isTooLong ? 'tooLong' : seen.has(key) ? 'same' : like === '' ? 'new' : 'doubtful';
    if (state !== 'doubtful') seen.add(key);
    return [{ ...fields, state, like }];
  });
}

/** The headings of columns that are none of a person's here: what stands below them is not read. */
export function unreadColumns(text: string): readonly string[] {
  const heading = tableIn(text).heading ?? [];
  return [...new Set(heading.map((each) => each.trim()).filter((each) => each !== '' && headOf(each) === null))];
}

function tableIn(text: string): { readonly heading: readonly string[] | undefined; readonly rows: readonly (readonly string[])[] } {
  const all = parseTsv(text.includes('\t') ? text : asTsv(text)).filter((row) => row.some((value) => value !== ''));
  const place = all.slice(0, HEAD_ROWS).findIndex((row) => isHeading(row.map(headOf)));
  return { heading: all[place], rows: all.slice(place + 1) };
}

const isHeading = (heads: readonly (Head | null)[]) => heads.includes('name') || (heads.includes('family') && heads.includes('given'));

/** Without headings: names, position, department, status, beside a column of numbers that some lists begin with. */
function usualColumns(rows: readonly (readonly string[])[]): readonly (Head | null)[] {
  const isNumbered = rows.length > 0 && rows.every(([first = '', second = '']) => /^\d+$/.test(first.normalize('NFKC').trim()) && second !== '');
  return isNumbered ? [null, ...USUAL_ORDER] : USUAL_ORDER;
}

function fieldsOf(row: readonly string[], columns: readonly (Head | null)[]): Record<Column, string> {
  const fields = { name: '', position: '', department: '', status: '', family: '', given: '' };
  row.forEach((value, index) => {
    const column = columns[index];
    if (column != null && fields[column] === '') fields[column] = value.replace(/[\r\n\t ]+/g, ' ').trim();
  });
  const { family, given, ...others } = fields;
  if (others.name !== '') return others;
  const isWestern = /^[\p{Script=Latin}\s'’.-]*$/u.test(family + given);
  return { ...others, name: (isWestern ? [given, family] : [family, given]).filter((part) => part !== '').join(' ') };
}

const HONORIFIC = /(?:さん|様|君|くん|ちゃん|氏)$/;
const bareKey = (name: string) => keyOfName(name).replace(HONORIFIC, '') || keyOfName(name);

/** Whose name begins so, or begins that: a family name alone, or a whole name where the family name was entered. */
function similar(key: string, names: ReadonlyMap<string, string>): string | undefined {
  for (const [other, name] of names) if (other !== '' && (other.startsWith(key) || key.startsWith(other))) return name;
  return undefined;
}

const headOf = (head: string): Head | null => {
  const wanted = keyOfName(head);
  return (Object.keys(HEADS) as Head[]).find((column) => HEADS[column].some((each) => keyOfName(each) === wanted)) ?? null;
};

/** Commas, full-width ones too, and semicolons separate as tabs do; in quotes they do not. */
const asTsv = (text: string): string => text.replace(/"(?:[^"]|"")*"|[,，、;；]/g, (found) => (found.startsWith('"') ? found : '\t'));

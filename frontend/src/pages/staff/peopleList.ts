import { parseTsv } from '@/grid/tsv';
import { keyOfName } from './names';

/** A list of people as somebody pasted it: a column of names, or a table from a spreadsheet or a CSV file. */

export type Column = 'name' | 'position' | 'department' | 'status';

export interface ListedPerson {
  readonly name: string;
  readonly position: string;
  readonly department: string;
  readonly status: string;
  /** `same`: somebody of that name works here, or stands above; `tooLong`: it cannot be stored. */
  readonly state: 'new' | 'same' | 'tooLong';
}

const HEADS: Readonly<Record<Column, readonly string[]>> = {
  name: ['name', 'staff', 'employee', '名前', '氏名', 'スタッフ', 'スタッフ名', '従業員'],
  position: ['position', 'job', 'title', '役職', 'ポジション', '職種', '担当'],
  department: ['department', '部署', '部門'],
  status: ['status', 'type', 'contract', '雇用形態', '雇用', '区分', '契約'],
};
const USUAL_ORDER: readonly Column[] = ['name', 'position', 'department', 'status'];
const LONGEST: Readonly<Record<Column, number>> = { name: 100, position: 100, department: 100, status: 50 };

/** The people in `text`, in its order. A first row of known headings says which column is what; else names come first. */
export function readPeople(text: string, known: Iterable<string>): readonly ListedPerson[] {
  const rows = parseTsv(text.includes('\t') ? text : asTsv(text)).filter((row) => row.some((value) => value !== ''));
  const heads = rows[0]?.map(columnOf) ?? [];
  const hasHeads = heads.includes('name');
  const columns = hasHeads ? heads : USUAL_ORDER;
  const seen = new Set(Array.from(known, keyOfName));
  return (hasHeads ? rows.slice(1) : rows).flatMap((row) => {
    const fields = { name: '', position: '', department: '', status: '' };
    row.forEach((value, index) => {
      const column = columns[index];
      if (column != null && fields[column] === '') fields[column] = value.trim();
    });
    if (fields.name === '') return [];
    const key = keyOfName(fields.name);
    const isTooLong = USUAL_ORDER.some((column) => fields[column].length > LONGEST[column]);
    const state = isTooLong ? 'tooLong' : seen.has(key) ? 'same' : 'new';
    seen.add(key);
    return [{ ...fields, state }];
  });
}

const columnOf = (head: string): Column | null => {
  const wanted = keyOfName(head);
  return USUAL_ORDER.find((column) => HEADS[column].some((each) => keyOfName(each) === wanted)) ?? null;
};

/** Commas, full-width ones too, separate as tabs do; in quotes they do not. */
const asTsv = (text: string): string => text.replace(/"(?:[^"]|"")*"|[,，、]/g, (found) => (found.startsWith('"') ? found : '\t'));

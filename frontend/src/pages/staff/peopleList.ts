import { parseTsv } from '@/grid/tsv';
import { compared, type Compared, isPartOf, mayBeOne } from './alike';
import { divided, type EndColumn, endWords, type EndWord, keyOfWord, type KnownWords } from './endWords';
import { keyOfName } from './names';

/** A list of people as somebody pasted it: a column of names, or a table from a spreadsheet or a CSV file. */

export type Column = 'name' | 'position' | 'department' | 'status';

/** What is read of somebody who works here. */
export type Colleague = Readonly<Record<'name', string>> & Partial<Readonly<Record<'position' | 'department' | 'status', string>>>;

/** What the author of a list has said about it. */
export interface Answers {
  /** Who of those who may be somebody else is a person of their own, by `id`. */
  readonly others?: readonly string[];
  /** What words at the ends of lines are (`keyOfWord`). */
  readonly ends?: Readonly<Record<string, EndColumn>>;
}

export interface ListedPerson {
  /** Tells those of the same name apart: the name, and after the first of it which one it is. */
  readonly id: string;
  readonly name: string;
  readonly position: string;
  readonly department: string;
  readonly status: string;
  /** `same`: somebody of that name works here; `doubtful`: they may be a colleague, or another one in the list; `tooLong`: it cannot be stored. */
  readonly state: 'new' | 'same' | 'doubtful' | 'tooLong';
  /** Whom it may be, also where that was answered; blank where nobody is like them. */
  readonly like: string;
  /** Whether that stands in the list under the very same name. */
  readonly isRepeated: boolean;
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
 * any. Who may be a colleague, or another one in the list, is `doubtful` until `answers` says that they are not.
 */
export function readPeople(text: string, colleagues: readonly Colleague[], answers: Answers = {}): readonly ListedPerson[] {
  const { heading, rows } = tableIn(text, colleagues, answers);
  const columns = heading?.map(headOf) ?? usualColumns(rows);
  const listed = rows.map((row) => fieldsOf(row, columns)).filter(({ name }) => name !== '');
  const ids = idsOf(listed.map(({ name }) => name));
  const here = colleagues.map(({ name }) => ({ name, ...compared(name) }));
  const keys = new Set(here.map(({ key }) => key));
  const all = listed.map((fields) => ({ ...fields, ...compared(fields.name), isTooLong: USUAL_ORDER.some((column) => fields[column].length > LONGEST[column]) }));
  const kept = all.filter(({ isTooLong }) => !isTooLong);
  return all.map((person, index) => {
    const { key, parts: _, isTooLong, ...fields } = person;
    const id = ids[index] ?? fields.name;
    const isHere = keys.has(key);
    const like = isHere || isTooLong ? undefined : (here.find((other) => mayBeOne(person, other)) ?? likeInList(person, kept));
    const isSettled = answers.others?.includes(id) === true;
    const state = isTooLong ? 'tooLong' : isHere ? 'same' : like === undefined || isSettled ? 'new' : 'doubtful';
    return { ...fields, id, state, like: like?.name ?? '', isRepeated: like !== undefined && like.key === key };
  });
}

type Named = Compared & { readonly name: string };

/** Of two in a list who may be one, the one with less of a name is asked about, and of two with as much the later one. */
function likeInList(person: Named, listed: readonly Named[]): Named | undefined {
  const place = listed.indexOf(person);
  return listed.find((other, index) => index !== place && isPartOf(person, other) && (index < place || !isPartOf(other, person)));
}

function idsOf(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}\t${count}`;
  });
}

/** The words at the ends of lines of which nobody knows whether they belong to the name. */
export function askedEnds(text: string, colleagues: readonly Colleague[], answers: Answers = {}): readonly EndWord[] {
  return isDivided(text) ? [] : endWords(linesOf(text), knownWords(colleagues), answers.ends ?? {}).filter(({ isAsked }) => isAsked);
}

/** The headings of columns that are none of a person's here: what stands below them is not read. */
export function unreadColumns(text: string): readonly string[] {
  const heading = tableIn(text, [], {}).heading ?? [];
  return [...new Set(heading.map((each) => each.trim()).filter((each) => each !== '' && headOf(each) === null))];
}

interface Rows {
  readonly heading: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

function tableIn(text: string, colleagues: readonly Colleague[], answers: Answers): Rows {
  const all = parseTsv(asTsv(text, colleagues, answers)).filter((row) => row.some((value) => value !== ''));
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

const headOf = (head: string): Head | null => {
  const wanted = keyOfName(head);
  return (Object.keys(HEADS) as Head[]).find((column) => HEADS[column].some((each) => keyOfName(each) === wanted)) ?? null;
};

const SEPARATOR = /"(?:[^"]|"")*"|[,，、;；]/g;
const isDivided = (text: string) => text.includes('\t') || (text.match(SEPARATOR) ?? []).some((found) => !found.startsWith('"'));

/**
 * Commas, full-width ones too, and semicolons separate as tabs do; in quotes they do not. Where there is none of them a full-width space may
 * separate, or belong to a name.
 */
function asTsv(text: string, colleagues: readonly Colleague[], answers: Answers): string {
  if (text.includes('\t')) return text;
  if (isDivided(text)) return text.replace(SEPARATOR, (found) => (found.startsWith('"') ? found : '\t'));
  const lines = linesOf(text);
  const words = endWords(lines, knownWords(colleagues), answers.ends ?? {});
  return lines.map((line) => divided(line, words)).join('\n');
}

/** The lines without headings: names that are divided by nothing but spaces need none to be read. */
const linesOf = (text: string) => text.split(/\r?\n|\r/).filter((line, index) => index >= HEAD_ROWS || !isSpacedHeading(line));

const isSpacedHeading = (line: string) => {
  const heads = line.trim().split(/\u3000+/).map(headOf);
  return heads.length > 1 && heads[0] === 'name' && heads.every((head) => head !== null);
};

function knownWords(colleagues: readonly Colleague[]): KnownWords {
  const columns = ['status', 'department', 'position'] as const;
  const words = columns.flatMap((column) => colleagues.map((each) => [keyOfWord(each[column] ?? ''), column] as const));
  return new Map(words.filter(([word]) => word !== ''));
}

/** Lists in which nothing but a full-width space stands between a name and a position, as it does between the parts of a name. */

/** What the word at the end of a line is: a column of its own, or a part of the name. */
export type EndColumn = 'name' | 'position' | 'department' | 'status';

export interface EndWord {
  readonly word: string;
  readonly column: EndColumn;
  /** Whether it is a guess that its author has to confirm. */
  readonly isAsked: boolean;
}

/** What those who are here have, by what it is: words that a line may end with. */
export type KnownWords = ReadonlyMap<string, EndColumn>;

const USUAL: Readonly<Record<string, EndColumn>> = Object.fromEntries([
  ...['ホール', 'キッチン', '厨房', '調理', '調理補助', '調理師', '洗い場', 'レジ', '接客', '仕込み', '配膳', '仲居', '板前', 'ソムリエ', 'バリスタ', 'バーテンダー', 'デリバリー', '店長', '副店長', '料理長', '副料理長', 'マネージャー', 'リーダー', 'チーフ', 'シェフ'].map((word) => [word, 'position'] as const),
  ...['社員', '正社員', '契約社員', '派遣', 'パート', 'アルバイト', 'バイト'].map((word) => [word, 'status'] as const),
]);

const SPACE = /\u3000+/;
/** A family name has three characters at most, but for a few: a longer first part is a whole name. */
const LONGEST_FAMILY = 3;

export const keyOfWord = (word: string): string => word.normalize('NFKC').trim().toLowerCase();

const endOf = (line: string): readonly [before: string, word: string] | null => {
  const parts = line.trim().split(SPACE);
  return parts.length < 2 ? null : [parts.slice(0, -1).join('\u3000'), parts.at(-1) ?? ''];
};

/** The words at the ends of `lines`, each once: those that are known or repeated are columns, and what is a guess is asked. */
export function endWords(lines: readonly string[], known: KnownWords, answers: Readonly<Record<string, EndColumn>>): readonly EndWord[] {
  const ends = lines.flatMap((line) => [endOf(line)].filter((end) => end !== null));
  const counts = new Map<string, number>();
  // A line that stands there twice says no more than once.
  for (const word of new Map(ends.map(([before, word]) => [`${before}\u3000${word}`, word])).values()) counts.set(keyOfWord(word), (counts.get(keyOfWord(word)) ?? 0) + 1);
  const isRepeated = (word: string) => (counts.get(keyOfWord(word)) ?? 0) > 1;
  // Given names repeat here and there, positions all over the list.
  const isColumn = ends.filter(([, word]) => isRepeated(word)).length * 2 > ends.length;
  const found = new Map<string, EndWord>();
  for (const [before, word] of ends) {
    const column = known.get(keyOfWord(word)) ?? USUAL[keyOfWord(word)];
    const isAsked = column === undefined && (isRepeated(word) || isWhole(before));
    const guess = column ?? (isRepeated(word) && isColumn ? 'position' : 'name');
    const was = found.get(keyOfWord(word));
    found.set(keyOfWord(word), { word, column: answers[keyOfWord(word)] ?? guess, isAsked: isAsked || was?.isAsked === true });
  }
  return [...found.values()];
}

const isWhole = (before: string) => SPACE.test(before) || /\S\s+\S/.test(before) || (before.length > LONGEST_FAMILY && !/\p{Script=Latin}/u.test(before));

/** `line` as fields of `name`, `position`, `department` and `status`, divided by tabs. */
export function divided(line: string, words: readonly EndWord[]): string {
  const end = endOf(line);
  const column = end === null ? 'name' : (words.find(({ word }) => keyOfWord(word) === keyOfWord(end[1]))?.column ?? 'name');
  if (end === null || column === 'name') return line;
  const [before, word] = end;
  return [before, ...(['position', 'department', 'status'] as const).map((each) => (each === column ? word : ''))].join('\t');
}

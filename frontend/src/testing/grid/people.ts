import { daysOf, weekdayOf } from '@/grid/days';
import type { CellChange, Day, Person, ShiftSymbol } from '@/grid/model';

const NAMES = '田中 佐藤 鈴木 高橋 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村'.split(' ');
const GIVEN = '太郎 花子 健 美咲 翔 葵 大輔 陽菜 拓也 結衣 誠 さくら'.split(' ');
const POSITIONS = ['料理長', '調理', '調理', '調理', 'ホール', 'ホール', '洗い場'];

export const symbols: readonly ShiftSymbol[] = [
  { symbol: '○', kind: 'normal', label: '通常', offEquivalent: 0 },
  { symbol: '△', kind: 'early', label: '早番', offEquivalent: 0 },
  { symbol: '◇', kind: 'late', label: '遅番', offEquivalent: 0 },
  { symbol: '×', kind: 'off', label: '休み', offEquivalent: 1 },
  { symbol: '★', kind: 'designated_off', label: '指定休', offEquivalent: 1 },
  { symbol: '●', kind: 'special', label: '特別', offEquivalent: 0 },
];

export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const part = index % 6 === 5;
    const family = NAMES[index % NAMES.length] ?? '';
    return {
      id: `p${index}`,
      name: count <= NAMES.length ? family : `${family} ${GIVEN[Math.floor(index / NAMES.length) % GIVEN.length] ?? ''}`,
      position: POSITIONS[index % POSITIONS.length] ?? '',
      status: part ? 'パート' : index % 7 === 3 ? '派遣' : '社員',
      blankMeans: part ? ('free' as const) : ('work' as const),
      groupIds: [`g${index % 3}`],
      limits: part ? [] : [{ counts: 'off' as const, min: 6, max: 8, isHard: false, days: { from: 0, to: 366 } }],
    };
  });
}

export function days(start: string, end: string, today: string, language: 'ja' | 'en' = 'ja'): Day[] {
  return daysOf(start, end).map((dateKey, index) => ({
    dateKey,
    weekday: weekdayOf(dateKey),
    holiday: dateKey === '2026-11-23' ? { ja: '勤労感謝の日', en: 'Labour Thanksgiving Day' }[language] : null,
    closed: index === 11,
    allWork: false,
    note: '',
    isToday: dateKey === today,
  }));
}

/** The same month each time: a regular pattern with some noise. */
export function cells(everyone: readonly Person[], dates: readonly Day[]): CellChange[] {
  return everyone.flatMap((person, row) =>
    dates.flatMap(({ dateKey }, col) => {
      const value = pick(person, row, col);
      return value === '' ? [] : [{ staffId: person.id, dateKey, value }];
    }),
  );
}

function pick(person: Person, row: number, col: number): string {
  const noise = (row * 7919 + col * 104729 + row * col * 31) % 97;
  if (person.blankMeans === 'free') return noise % 3 === 0 ? '○' : '';
  if ((col + row * 2) % 5 === 0) return noise % 11 === 0 ? '★' : '×';
  if (noise < 12) return '△';
  if (noise < 24) return '◇';
  return noise === 30 ? '●' : noise === 31 ? '本店' : '';
}

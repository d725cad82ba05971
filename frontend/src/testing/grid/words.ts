import { dayOf, formatDay, monthOf } from '@/grid/days';
import type { GridWords } from '@/grid/words';

/** Japanese only: the real words come from the page. */
export const words: GridWords = {
  table: 'シフト表',
  people: (count) => `${count}名`,
  sums: { off: '休', work: '出', offLong: '休日数', workLong: '出勤日数' },
  totals: { working: '出勤', early: '早番', late: '遅番', off: '休み' },
  below: (min) => `${min}以上必要`,
  above: (max) => `${max}まで`,
  duty: (duty) => ({ normal: '通常勤務', free: '予定なし', absent: '在籍期間外' })[duty as 'normal' | 'free' | 'absent'],
  marks: {
    locked: 'ロック中',
    waiting: '送信待ち',
    soft: '注意あり',
    hard: '違反あり',
    changed: '変更あり',
    overridden: '承認済み',
  },
  closed: '休',
  holidayShort: '祝',
  today: '今日',
  openRule: 'ルールを開く',
  settleText: '意味を決める',
  hard: '違反',
  soft: '注意',
  accept: 'このままにする',
  accepted: '承認済み',
  available: ({ from, until }) => `出勤 ${from ?? ''}–${until ?? ''}`,
  wish: ({ kind, value }) => `希望 ${kind} ${value}`.trimEnd(),
  covers: (group) => `${group}の代わり`,
  notEntered: 'まだ入力されていません',
  edit: (name) => `${name} 入力中`,
  selected: (count) => `${count}セルを選択`,
  dayShort: (day, first) =>
    first || dayOf(day.dateKey) === 1 ? `${monthOf(day.dateKey)}/${dayOf(day.dateKey)}` : String(dayOf(day.dateKey)),
  weekday: (day) => formatDay(day.dateKey, 'ja', { weekday: 'short' }),
  dayLong: (day) => formatDay(day.dateKey, 'ja', { month: 'long', day: 'numeric', weekday: 'short' }),
};

import '@/i18n/people';

import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';

import { setLanguage, startLanguage } from '@/i18n';
import { blankSchedule } from '@/realtime/state/state';

import { daysFrom } from '../schedule/month';
import type { OwnWish } from './ownWishes';
import { WishMonth } from './WishMonth';

const DAYS = ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24'] as const;
const CLOSED = new Map([DAYS[1], DAYS[2]].map((date) => [date, { id: date, date, kind: 'closed' as const, note: '', revision: 1 }]));
const WISH: OwnWish = { id: 'w', scheduleId: 's', staffId: 'me', dateKey: DAYS[2], kind: 'off', shiftValue: '', weight: 3, note: '', state: 'open', answer: '', takenValue: '', madeBy: null, isOwn: true, revision: 1, isWaiting: false };

beforeAll(() => startLanguage('ja'));
afterEach(cleanup);

it.each([
  ['ja', '休', /休業.*: 希望なし$/, /休業.*: 休み希望, 未回答$/],
  ['en', '–', /closed: no wish$/, /closed: Day off, not answered yet$/],
] as const)('marks closed days where wishes are entered, also below a wish: %s', async (language, sign, free, wished) => {
  await setLanguage(language);
  const days = daysFrom(DAYS, CLOSED, DAYS[0], language);
  render(<WishMonth schedule={blankSchedule('s', DAYS)} days={days} wishes={new Map([[WISH.dateKey, WISH]])} today={DAYS[0]} said={() => (language === 'ja' ? '休み希望' : 'Day off')} onPick={() => undefined} />);
  const cells = screen.getAllByRole('button');
  expect(cells.map((cell) => cell.querySelector('.my-sign')?.textContent)).toEqual(['', sign, '☆', '']);
  expect(cells[1]?.getAttribute('aria-label')).toMatch(free);
  expect(cells[2]?.getAttribute('aria-label')).toMatch(wished);
  expect(cells.filter((cell) => /休業|closed/.test(cell.getAttribute('aria-label') ?? ''))).toHaveLength(2);
});

import '@/i18n/people';

import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';

import { startLanguage } from '@/i18n';
import type { Period, Swap } from '@/realtime/protocol';
import type { ReplicaState, ScheduleState } from '@/realtime/state/state';
import { published, restaurant } from '@/testing/app/restaurant';
import { showPage } from '@/testing/app/showPage';

import MySwaps from './MySwaps';
import { WishDay } from './WishDay';

/** What people write to each other from their phones, and what they read of it. */

const SCHEDULE = 'schedule-1';
const STATE = published(restaurant(6), SCHEDULE);
const PERIOD = STATE.calendar?.periods.find(({ scheduleId }) => scheduleId === SCHEDULE) as Period;
const ASKED: Swap = { id: 's', scheduleId: SCHEDULE, staffId: 'p1', dateKey: '2026-11-25', shiftValue: '', otherId: 'p0', otherDateKey: null, isOffer: false, note: '', state: 'open', answer: '', ended: null, cells: [], revision: 1 };

const withSwap = (state: ReplicaState): ReplicaState => {
  const schedule = state.schedules.get(SCHEDULE) as ScheduleState;
  return { ...state, schedules: new Map(state.schedules).set(SCHEDULE, { ...schedule, swaps: new Map([['s', ASKED]]) }) };
};

beforeAll(() => startLanguage('ja'));
afterEach(cleanup);

it('a colleague who is asked reads which shift it is, and not that they are asked', async () => {
  showPage(withSwap(STATE), 'staff', <MySwaps periods={[PERIOD]} today="2026-11-24" staffId="p0" />);
  const line = await screen.findByRole('listitem');
  expect(within(line).getByText('佐藤：11月25日(水) 通常')).toBeTruthy();
  expect(line.textContent).not.toContain('相手 田中');
});

it('a note that was typed before anything was chosen is there when the day is opened again', () => {
  const day = <WishDay scheduleId={SCHEDULE} staffId="p0" day="2026-12-01" wish={undefined} standing={null} closed={null} shifts={[]} isClosed={false} onClose={() => undefined} />;
  showPage(STATE, 'staff', day);
  fireEvent.change(screen.getByLabelText('マネージャーへのメモ'), { target: { value: '通院' } });
  cleanup();
  showPage(STATE, 'staff', day);
  expect(screen.getByLabelText<HTMLInputElement>('マネージャーへのメモ').value).toBe('通院');
});

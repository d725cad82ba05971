import '@/i18n/day';

import { cleanup, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';

import { setLanguage, startLanguage } from '@/i18n';
import type { Period, PublicationFacts } from '@/realtime/protocol';
import type { ReplicaState, ScheduleState } from '@/realtime/state/state';
import { published, restaurant } from '@/testing/app/restaurant';
import { showPage } from '@/testing/app/showPage';
import DashboardPage from '../dashboards/DashboardPage';
import { DaysOfPeriod } from '../day/DaysOfPeriod';
import PrintPage from '../print/PrintPage';
import { GridArea } from './GridArea';
import { useMonth } from './useSchedule';

const SCHEDULE = 'schedule-1';
const TODAY = '2026-11-25';
const STATE = published(restaurant(6), SCHEDULE);
const PERIOD = periodOf(STATE);

function periodOf({ calendar }: ReplicaState): Period {
  const found = calendar?.periods.find(({ scheduleId }) => scheduleId === SCHEDULE);
  if (found === undefined) throw new Error('There is no such period.');
  return found;
}

/** The month as the server sends it to somebody who sees their own shifts alone; nobody's, where they are not on it. */
function narrowed(state: ReplicaState, only: string | null): ReplicaState {
  const whole = state.schedules.get(SCHEDULE) as ScheduleState;
  const facts = whole.publication as PublicationFacts;
  const own = ({ id }: { id: string }) => id === only;
  const colleagues = facts.people.filter((each) => !own(each)).map(({ id, name }) => ({ id, name }));
  const schedule = { ...whole, rows: new Map([...whole.rows].filter(([id]) => own({ id }))), publication: { ...facts, people: facts.people.filter(own), colleagues } };
  return { ...state, schedules: new Map(state.schedules).set(SCHEDULE, schedule) };
}

const EVERYBODY = STATE;
const OWN = narrowed(STATE, 'p0');
const NOBODY = narrowed(STATE, null);

/** A page as somebody of the staff sees it. */
const show = (state: ReplicaState, page: ReactNode): HTMLElement => showPage(state, 'staff', page);

const day = <DaysOfPeriod period={PERIOD} dates={[TODAY]} today={TODAY} isFirst />;
const print = <PrintPage period={PERIOD} today={TODAY} restaurant="小料理" />;

function Area() {
  const month = useMonth(PERIOD, TODAY);
  return month === null ? null : (
    <GridArea month={month} filter="" onFilter={() => undefined} shown={month.people.length} isBlank={false}>
      grid
    </GridArea>
  );
}

beforeAll(() => startLanguage('en'));
afterEach(async () => {
  cleanup();
  await setLanguage('en');
});

it('a_day__of_everybody__is_summed_up', () => {
  const page = show(EVERYBODY, day);
  expect(page.querySelectorAll('.dv-people > li')).toHaveLength(6);
  expect(page.querySelector('.dv-totals')?.textContent).toMatch(/^\d at work/);
  expect(page.querySelector('.dv-section span')).not.toBeNull();
  expect(screen.queryByText('You see only your own shifts.')).toBeNull();
});

it.each([
  ['en', 'You see only your own shifts.'],
  ['ja', '自分のシフトだけを表示しています。'],
] as const)('a_day__of_ones_own__has_no_sums_and_says_so (%s)', async (language, words) => {
  await setLanguage(language);
  const page = show(OWN, day);
  expect(page.querySelectorAll('.dv-people > li')).toHaveLength(1);
  expect(screen.getByText(words)).toBeTruthy();
  expect(page.querySelector('.dv-totals')).toBeNull();
  expect(page.querySelector('.dv-section span')).toBeNull();
});

it('a_day__whose_reader_is_not_on_the_month__does_not_say_that_nobody_works', () => {
  show(NOBODY, day);
  expect(screen.getByText('You see only your own shifts.')).toBeTruthy();
  expect(screen.queryByText('Nobody works on this day.')).toBeNull();
});

it.each([
  [EVERYBODY, 6, 4],
  [OWN, 1, 0],
] as const)('a_print__has_sums_of_days_only_for_everybody (%#)', (state, people, sums) => {
  const page = show(state, print);
  expect(page.querySelectorAll('tbody tr')).toHaveLength(people);
  expect(page.querySelectorAll('tfoot tr')).toHaveLength(sums);
});

it('a_dashboard__of_ones_own__says_where_ones_sums_are', () => {
  const page = show(OWN, <DashboardPage period={PERIOD} today={TODAY} />);
  expect(page.textContent).toContain('Your own totals are in “My shifts”.');
  expect(page.querySelector('.db')).toBeNull();
});

it('a_month__whose_reader_is_not_on_it__does_not_say_that_nobody_is_employed', () => {
  expect(show(NOBODY, <Area />).textContent).toBe('You are not on the schedule of this period.');
  cleanup();
  expect(show(OWN, <Area />).textContent).toContain('grid');
});

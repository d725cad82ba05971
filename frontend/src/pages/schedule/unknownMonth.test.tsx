import '@/i18n/day';

import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';

import { startLanguage } from '@/i18n';
import type { Period } from '@/realtime/protocol';
import type { ReplicaState } from '@/realtime/state/state';
import { restaurant } from '@/testing/app/restaurant';
import { showPage } from '@/testing/app/showPage';
import DashboardPage from '../dashboards/DashboardPage';
import { DaysOfPeriod } from '../day/DaysOfPeriod';
import PrintPage from '../print/PrintPage';

const TODAY = '2026-11-25';
/** People, calendar and settings are here; the cells are on their way, or cannot be read. */
const STATE: ReplicaState = { ...restaurant(6), schedules: new Map() };
const PERIOD = STATE.calendar?.periods.find(({ scheduleId }) => scheduleId === 'schedule-1') as Period;

const print = <PrintPage period={PERIOD} today={TODAY} restaurant="小料理" />;

beforeAll(() => startLanguage('en'));
afterEach(cleanup);

it.each([
  ['a_print', print],
  ['a_dashboard', <DashboardPage key="dashboard" period={PERIOD} today={TODAY} />],
  ['a_day', <DaysOfPeriod key="day" period={PERIOD} dates={[TODAY]} today={TODAY} isFirst />],
])('%s__without_the_cells__says_that_they_are_read_and_shows_nobody_at_work', (_, page) => {
  const shown = showPage(STATE, 'manager', page);
  expect(screen.getByText('Loading…')).toBeTruthy();
  expect(shown.querySelector('table, svg.recharts-surface, .dv-people')).toBeNull();
});

it('a_print__without_the_cells__cannot_be_sent_to_the_printer', () => {
  showPage(STATE, 'manager', print);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Print' }).disabled).toBe(true);
});

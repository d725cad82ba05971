import { expect, type Page } from '@playwright/test';

import { api } from './pages';

/** A period as the server has it: what tests put in place behind the page's back, and what they read of it. */

export interface Plan {
  readonly period: number;
  readonly scheduleId: string;
  /** Every day, first to last. */
  readonly days: readonly string[];
  /** In the order of the grid's rows. */
  readonly staff: readonly { readonly id: string; readonly name: string }[];
}

interface Period {
  readonly index: number;
  readonly scheduleId: string;
  readonly startDate: string;
  readonly endDate: string;
}

export async function planOf(page: Page, period: number): Promise<Plan> {
  const periods = await api<Period[]>(page, 'GET', 'periods/');
  const found = periods.find(({ index }) => index === period);
  if (found === undefined) throw new Error(`There is no period ${period}.`);
  const staff = await api<Plan['staff']>(page, 'GET', `staff/?period=${period}`);
  return { period, scheduleId: found.scheduleId, days: daysFrom(found), staff };
}

function daysFrom({ startDate, endDate }: Period): string[] {
  const days: string[] = [];
  for (let day = Date.parse(startDate); day <= Date.parse(endDate); day += 86_400_000) days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}

export type Values = readonly (readonly string[])[];

/** Writes a block of values from a row and a day on, as somebody else would, and waits until the page shows it. */
export async function put(page: Page, plan: Plan, row: number, day: number, values: Values): Promise<void> {
  const scheduleData = Object.fromEntries(
    values.map((line, down) => [
      plan.staff[row + down]?.id ?? '',
      Object.fromEntries(line.map((value, right) => [plan.days[day + right] ?? '', value])),
    ]),
  );
  await api(page, 'PATCH', `schedules/${plan.scheduleId}/cells/`, { scheduleData });
  await shows(page, row, day, values);
}

/** Breaks a rule of the sample: somebody in the middle of the month works on every day of it. */
export async function overwork(page: Page, period: number): Promise<void> {
  const plan = await planOf(page, period);
  const somebody = plan.staff[6]?.id ?? '';
  await api(page, 'PATCH', `schedules/${plan.scheduleId}/cells/`, {
    scheduleData: { [somebody]: Object.fromEntries(plan.days.map((day) => [day, '○'])) },
  });
}

/** The page shows this block of values. */
export async function shows(page: Page, row: number, day: number, values: Values): Promise<void> {
  const height = values.length;
  const width = values[0]?.length ?? 0;
  await expect.poll(() => read(page, row, day, height, width)).toEqual(values);
}

/** A block of values as the page shows it. */
function read(page: Page, row: number, day: number, height: number, width: number): Promise<string[][]> {
  return page.evaluate(
    ([top, left, rows, columns]) =>
      Array.from({ length: rows }, (_, down) =>
        Array.from({ length: columns }, (__, right) => {
          const cell = document.querySelector(`.ss-row[aria-rowindex="${top + down + 2}"] [role=gridcell][aria-colindex="${left + right + 2}"]`);
          return cell?.textContent ?? 'not there';
        }),
      ),
    [row, day, height, width] as const,
  );
}

/** A block of one value. */
export const block = (value: string, height: number, width: number): string[][] =>
  Array.from({ length: height }, () => Array<string>(width).fill(value));

import { expect, type Page } from '@playwright/test';

import { api, arrive, pick, test } from './pages';
import { Line } from './line';
import { block, planOf, put } from './plan';

const PERIOD = 4;

/** By the limits that the sample restaurant starts with: at most five off on a day, at least seven days off in a period. */
const offs = (page: Page, day: number) => page.locator('.ss-foot-row').nth(3).locator(`[aria-colindex="${day + 2}"]`);
const working = (page: Page, day: number) => page.locator('.ss-foot-row').nth(0).locator(`[aria-colindex="${day + 2}"]`);
const daysOff = (page: Page, row: number) => page.locator(`.ss-row[aria-rowindex="${row + 2}"] .ss-sum-off`);

test('the totals of a day are counted while one edits, against its limits', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 3, block('', plan.staff.length > 12 ? 12 : plan.staff.length, 1));
  await put(page, plan, 0, 3, block('×', 5, 1));
  await expect(offs(page, 3)).toHaveText('5');
  const before = Number(await working(page, 3).innerText());
  // No server is needed to count.
  await line.cut();
  await pick(page, 5, 3);
  await page.keyboard.press('x');
  await expect(offs(page, 3)).toHaveText('6▲');
  await expect(offs(page, 3)).toHaveAccessibleName('6, at most 5');
  await expect(working(page, 3)).toHaveText(String(before - 1));
  await pick(page, 5, 3);
  await page.keyboard.press('Delete');
  await expect(offs(page, 3)).toHaveText('5');
  for (const [key, name] of [['t', 'early'], ['d', 'late']] as const) {
    const total = page.locator('.ss-foot-row').nth(name === 'early' ? 1 : 2).locator('[aria-colindex="5"]');
    const count = Number(await total.innerText());
    await pick(page, 5, 3);
    await page.keyboard.press(key);
    await expect(total).toHaveText(String(count + 1));
  }
  await line.mend();
});

test('the days off of a person are counted against the month’s limits', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 6, 0, [Array.from({ length: plan.days.length }, (_, day) => (day >= 10 && day < 16 ? '×' : ''))]);
  await expect(daysOff(page, 6)).toContainText('6 at least 7 needed');
  await pick(page, 6, 16);
  await page.keyboard.press('*');
  await expect(daysOff(page, 6)).toHaveText('7');
});

test('somebody called by shift rests on the days without one', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const staff = await api<{ id: string; blankMeans: string }[]>(page, 'GET', `staff/?period=${PERIOD}`);
  const row = staff.findIndex(({ blankMeans }) => blankMeans === 'free');
  await put(page, plan, row, 0, [plan.days.map((_, day) => (day < 20 ? '○' : ''))]);
  await expect(daysOff(page, row)).toHaveText('0');
});

test('a closed day has no limits', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 7, block('×', 6, 1));
  await expect(offs(page, 7)).toHaveText('6▲');
  await api(page, 'PATCH', `calendar/days/${plan.days[7] ?? ''}/`, { kind: 'closed' });
  await expect(offs(page, 7)).toHaveText('6');
  await expect(page.locator('.ss-day').nth(7)).toHaveAccessibleName(/closed/);
});

test('a part of the people is counted by itself, and not against limits about everybody', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 9, block('×', 6, 1));
  await expect(offs(page, 9)).toHaveText('6▲');
  await page.getByRole('combobox', { name: 'Name, position or group' }).fill(plan.staff[0]?.name ?? '?');
  await expect(offs(page, 9)).toHaveText('1');
});

import { expect, type Page } from '@playwright/test';

import { api, arrive, publish, test } from './pages';
import { planOf } from './plan';

const PERIODS = [0, 1, 2, 3, 4, 5];

/** The public holidays that the server knows of, their English names by date. */
async function holidaysOf(page: Page): Promise<ReadonlyMap<string, string>> {
  const { holidays } = await api<{ holidays: { date: string; nameEn: string }[] }>(page, 'GET', 'calendar/');
  return new Map(holidays.map(({ date, nameEn }) => [date, nameEn]));
}

/** Whether `selector` is what one sees in its own middle. */
const isSeen = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });

test('names and dates stay in view, wherever one scrolls', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: 1, viewport: { width: 720, height: 520 } });
  const { days, staff } = await planOf(page, 1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  const lastRow = `.ss-row[aria-rowindex="${staff.length + 1}"]`;
  await expect.poll(() => isSeen(page, `${lastRow} .ss-name`)).toBe(true);
  expect(await isSeen(page, `.ss-day[aria-colindex="${days.length + 1}"]`)).toBe(true);
  expect(await isSeen(page, `${lastRow} .ss-sum`)).toBe(true);
  expect(await isSeen(page, `.ss-total:is(.ss-foot-row:first-child > *)[aria-colindex="${days.length + 1}"]`)).toBe(true);
  expect(await page.getByRole('grid').evaluate(({ scrollLeft, scrollTop }) => scrollLeft > 0 && scrollTop > 0)).toBe(true);
});

test('weekends, today and holidays are marked and said', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: 0 });
  const { days } = await planOf(page, 0);
  const holidays = await holidaysOf(page);
  for (const [weekday, name] of [
    [6, 'saturday'],
    [0, 'sunday'],
  ] as const) {
    const first = days.findIndex((day) => new Date(`${day}T00:00Z`).getUTCDay() === weekday && !holidays.has(day));
    await expect(page.locator('.ss-day').nth(first)).toHaveClass(new RegExp(`ss-${name}`));
  }
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' }).format(new Date());
  const column = page.locator('.ss-day').nth(days.indexOf(today));
  await expect(column).toHaveClass(/ss-today/);
  await expect(column).toHaveAccessibleName(/today/);
});

test('the holidays of Japan have their names', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: 0 });
  const holidays = await holidaysOf(page);
  for (const period of PERIODS) {
    const { days } = await planOf(page, period);
    const at = days.findIndex((day) => holidays.has(day));
    if (at < 0) continue;
    await publish(period);
    await page.goto(`/#/schedule/${period}`);
    const column = page.locator('.ss-day').nth(at);
    await expect(column).toHaveAccessibleName(new RegExp(holidays.get(days[at] ?? '') ?? '?'));
    await expect(column).toHaveClass(/ss-holiday/);
    return;
  }
  throw new Error('No holiday in half a year.');
});

test('a closed day is marked and said', async ({ browser }) => {
  // The sample restaurant closes once in its first month.
  const page = await arrive(browser, 'viewer', { period: 0 });
  const closed = page.getByRole('columnheader', { name: /closed/ });
  await expect(closed.first()).toBeVisible();
  await expect(page.locator('.ss-stripe.ss-closed')).toHaveCount(await closed.count());
});

test('an address of a period that does not exist says so, and the whole page is there', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 99 });
  const note = page.getByText('The period in this link does not exist.');
  await expect(note).toBeVisible();
  await expect(page.locator('.sp-status')).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Next period' }).click();
  await expect(note).toHaveCount(0);
});

test('on paper, public holidays have their sign, not their shade alone', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0, locale: 'ja-JP' });
  const holidays = await holidaysOf(page);
  const plans = await Promise.all(PERIODS.map((period) => planOf(page, period)));
  const period = plans.findIndex(({ days }) => days.some((day) => holidays.has(day)));
  const at = plans[period]?.days.findIndex((day) => holidays.has(day)) ?? -1;
  await page.goto(`/#/print/${period}`);
  await expect(page.locator('.pr-table thead th').nth(at)).toContainText('祝');
});

test('on a phone, the buttons of a month with problems and changes fit the screen', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 5, viewport: { width: 390, height: 844 } });
  const { scheduleId, staff, days } = await planOf(page, 5);
  await api(page, 'POST', `schedules/${scheduleId}/publish/`, {});
  const row = Object.fromEntries(days.map((day) => [day, '○']));
  await api(page, 'PATCH', `schedules/${scheduleId}/cells/`, { scheduleData: { [staff[0]?.id ?? '']: row } });
  await expect(page.getByRole('toolbar').getByRole('button', { name: /^Publish \d+ changes/ })).toBeVisible();
  const wider = await page.locator('.sp-toolbar').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(wider).toBe(0);
});

import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, cursor, pick, saved, selectRange, test } from './pages';
import { block, planOf, put, shows } from './plan';

const PERIOD = 1;
const selected = (page: Page) => page.locator('body > .ss-sr[role=status]');
const count = (cells: number) => `${cells} cells selected`;

test('Shift with arrows or a click extends the selection', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD });
  await pick(page, 2, 2);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selected(page)).toHaveText(count(6));
  await expect(page.getByText(/^Then: /), 'where the cursor goes after typing is no matter of who only looks').toHaveCount(0);
  await page.keyboard.press('Shift+ArrowUp');
  await expect(selected(page)).toHaveText(count(4));
  await selectRange(page, [2, 2], [4, 6]);
  await expect(selected(page)).toHaveText(count(15));
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveText('');
});

test('a drag selects, and scrolls on at the edge', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD, viewport: { width: 800, height: 600 } });
  const [from, to] = [await cellAt(page, 1, 1).boundingBox(), await cellAt(page, 3, 3).boundingBox()];
  const view = await page.getByRole('grid').boundingBox();
  if (from === null || to === null || view === null) throw new Error('The cells are not in view.');
  await page.mouse.move(from.x + 9, from.y + 9);
  await page.mouse.down();
  await page.mouse.move(to.x + 9, to.y + 9);
  await expect(selected(page)).toHaveText(count(9));
  // Held before the totals of the people, it goes on to the last day.
  await page.mouse.move(view.x + view.width - 90, to.y + 9);
  const { days } = await planOf(page, PERIOD);
  await expect(selected(page)).toHaveText(count(3 * (days.length - 1)));
  await page.mouse.up();
});

test('the heads select rows, columns and everything', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD });
  const { days, staff } = await planOf(page, PERIOD);
  const name = (row: number) => page.getByRole('rowheader', { name: staff[row]?.name ?? '?' }).first();
  await name(1).click();
  await expect(selected(page)).toHaveText(count(days.length));
  await name(3).click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveText(count(3 * days.length));
  await page.locator('.ss-day').nth(2).click();
  await expect(selected(page)).toHaveText(count(staff.length));
  await page.locator('.ss-day').nth(3).click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveText(count(2 * staff.length));
  await page.locator('.ss-corner').click();
  await expect(selected(page)).toHaveText(count(days.length * staff.length));
  await pick(page, 2, 2);
  await page.keyboard.press('Shift+Space');
  await expect(selected(page)).toHaveText(count(days.length));
  await page.keyboard.press('Control+Space');
  await expect(selected(page)).toHaveText(count(days.length * staff.length));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await expect(selected(page)).toHaveText(count(days.length * staff.length));
});

test('Tab and Enter go around inside a range, which stays; text lands in the cell, a symbol in all of it', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 5, 2, block('', 2, 2));
  await selectRange(page, [5, 2], [6, 3]);
  const said = (row: number, day: number) => cellAt(page, row, day).getAttribute('aria-label');
  for (const [key, row, day] of [
    ['Tab', 5, 3],
    ['Tab', 6, 2],
    ['Tab', 6, 3],
    ['Tab', 5, 2],
    ['Shift+Tab', 6, 3],
    ['Enter', 5, 2],
    ['Enter', 6, 2],
    ['Shift+Enter', 5, 2],
  ] as const) {
    await page.keyboard.press(key);
    expect(await cursor(page), key).toBe(await said(row, day));
    await expect(selected(page)).toHaveText(count(4));
  }
  await page.keyboard.press('Tab');
  await page.keyboard.type('Hall');
  await page.keyboard.press('Tab');
  await shows(page, 5, 2, [
    ['', 'Hall'],
    ['', ''],
  ]);
  expect(await cursor(page)).toBe(await said(6, 2));
  await page.keyboard.press('x');
  await shows(page, 5, 2, block('×', 2, 2));
  await expect(selected(page)).toHaveText(count(4));
  await saved(page);
});

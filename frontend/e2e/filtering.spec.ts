import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, cursor, message, pick, test } from './pages';
import { planOf, put } from './plan';

const PERIOD = 1;
const filter = (page: Page) => page.getByRole('combobox', { name: 'Name, position or group' });
const names = (page: Page) => page.locator('.ss-name-text');

test('people are found by name, position, type and group', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  for (const [typed, shown] of [
    ['与儀', ['与儀']],
    ['板場', ['小池', '岸']],
    ['派遣', ['野口', 'カマル', '鈴木']],
    ['店長・主任', ['中田', '田中']],
    ['ホール パート', ['高橋', '伊藤', '渡辺']],
  ] as const) {
    await filter(page).fill(typed);
    await expect(names(page)).toHaveText(shown);
  }
  await filter(page).fill('nobody is called this');
  await expect(page.getByText('Nobody matches “nobody is called this”.')).toBeVisible();
  await page.getByRole('button', { name: 'Show everyone' }).click();
  await expect(names(page).first()).toBeVisible();
});

test('the selection stays with its people, and nothing is entered where one cannot look', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 8, 20, [['']]);
  await put(page, plan, 0, 20, [['']]);
  await pick(page, 8, 20);
  const selected = await cursor(page);
  await filter(page).fill(plan.staff[0]?.name ?? '?');
  await expect(names(page)).toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('x');
  await expect(message(page, 'no row in view is selected')).toBeVisible();
  await expect(cellAt(page, 0, 20)).toHaveText('');
  await filter(page).press('Escape');
  await expect(names(page).nth(1)).toBeVisible();
  expect(await cursor(page)).toBe(selected);
  await expect(cellAt(page, 8, 20)).toHaveText('');
});

test('people are put together by group, position or type, around the selection', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await pick(page, 4, 6);
  const selected = await cursor(page);
  for (const [by, label] of [
    ['By position', '板場'],
    ['By employment', '社員'],
    ['By group', '板場'],
  ] as const) {
    await page.getByRole('button', { name: /^(No grouping|By )/ }).click();
    await page.getByRole('menuitemradio', { name: by }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(page.getByRole('button', { name: by })).toBeFocused();
    await expect(page.locator('.ss-group-name', { hasText: label })).toHaveCount(1);
    expect(await cursor(page)).toBe(selected);
  }
  // A range goes over the heads of groups.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.locator('body > .ss-sr[role=status]')).toHaveText('2 cells selected');
});

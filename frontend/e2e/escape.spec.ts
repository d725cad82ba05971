import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, hasTheKeys, pick, saved, selectRange, test } from './pages';
import { block, planOf, put } from './plan';

/** Escape closes what was opened last, and nothing below it; and gives the keys back. */

const PERIOD = 4;

const dialogs = (page: Page) => page.getByRole('dialog');

test('every menu and panel is closed by Escape, wherever the focus is', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  for (const name of ['Menu', 'More', /no grouping|Group|not grouped/i] as const) {
    const button = page.getByRole('button', { name }).first();
    await button.click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  const state = page.locator('button.app-state');
  await state.click();
  await expect(page.locator('.mantine-Popover-dropdown')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.mantine-Popover-dropdown')).toHaveCount(0);
  await expect(state).toBeFocused();
  await pick(page, 1, 1);
  await page.keyboard.press(' ');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await hasTheKeys(page);
});

const NAMED = ['palette', 'keys', 'conflicts', 'staff', 'settings', 'settings/versions', 'settings/calendar', 'settings/migration', 'generate', 'generate/repair', 'publish', 'publications', 'ics', 'copy/previous', 'copy/template'];

test('every dialog is closed by Escape, and the page below it stays as it was', async ({ browser }) => {
  test.slow();
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await selectRange(page, [1, 1], [2, 2]);
  for (const name of NAMED) {
    await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD}?dialog=${name}`);
    await expect(dialogs(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialogs(page), name).toHaveCount(0);
    await expect(page, name).toHaveURL(new RegExp(`#/schedule/${PERIOD}$`));
  }
  await expect(page.locator('.ss-range')).toBeVisible();
});

test('a question over a form is closed alone, and means the careful answer', async ({ browser }) => {
  const page = await arrive(browser, 'owner', { period: PERIOD });
  const rows = await api<unknown[]>(page, 'GET', 'weekly-limits/');
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/weeklyLimits`);
  await dialogs(page).getByRole('button', { name: 'Delete', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Delete this?' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(dialogs(page)).toHaveCount(1);
  expect(await api<unknown[]>(page, 'GET', 'weekly-limits/')).toHaveLength(rows.length);
  await page.keyboard.press('Escape');
  await expect(dialogs(page)).toHaveCount(0);
});

test('a paste that is asked about is dropped by Escape, and the selection stays', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, permissions: ['clipboard-read', 'clipboard-write'] });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 2, 5, block('△', 2, 2));
  await page.evaluate(() => navigator.clipboard.writeText('×\t×\n×\t×'));
  await selectRange(page, [2, 5], [3, 6]);
  await page.keyboard.press('Control+v');
  await expect(dialogs(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialogs(page)).toHaveCount(0);
  await saved(page);
  await expect(cellAt(page, 2, 5)).toHaveText('△');
  await expect(page.locator('.ss-range')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.ss-range')).toHaveCount(0);
});

test('the reasons that a cell is marked for are closed by Escape while the pointer rests on it', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  // An early shift on the day after a late one.
  await put(page, plan, 4, 9, [['◇', '△']]);
  const marked = cellAt(page, 4, 10);
  await expect(marked).toHaveClass(/ss-is-(soft|hard)/);
  await pick(page, 7, 9);
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.ss-range')).toBeVisible();
  await marked.hover();
  const reasons = page.locator('.ss-reasons');
  await expect(reasons).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(reasons).toHaveCount(0);
  // They were on top, and nothing else is closed by the same key.
  await expect(page.locator('.ss-range')).toBeVisible();
  // The pointer has not moved, so it stays so; elsewhere and back it is there again.
  await cellAt(page, 8, 3).hover();
  await marked.hover();
  await expect(reasons).toBeVisible();
});

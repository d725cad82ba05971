import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, message, saved, test } from './pages';
import { planOf, put, shows } from './plan';

const PERIOD = 5;
const dialog = (page: Page) => page.getByRole('dialog');

async function open(page: Page, item: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await expect(dialog(page)).toBeVisible();
}

test('the previous period is copied, keeping or overwriting what is there', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const [before, plan] = [await planOf(page, PERIOD - 1), await planOf(page, PERIOD)];
  await page.goto(`/#/schedule/${PERIOD - 1}`);
  await expect(cellAt(page, 0, 0)).toBeVisible();
  await put(page, before, 10, 0, [['△', '◇']]);
  await page.goto(`/#/schedule/${PERIOD}`);
  await put(page, plan, 10, 0, [['×', '']]);
  await open(page, 'Copy the previous period');
  await dialog(page).getByRole('radio', { name: 'by day of the month' }).click();
  await expect(dialog(page).getByRole('status')).toContainText('(0 overwritten)');
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await shows(page, 10, 0, [['×', '']]);

  await open(page, 'Copy the previous period');
  await dialog(page).getByRole('radio', { name: 'by day of the month' }).click();
  await dialog(page).getByRole('button', { name: 'Copy' }).click();
  await shows(page, 10, 0, [['×', '◇']]);
  await saved(page);
  // All of it is one step.
  await message(page, / cells? copied/).getByRole('button', { name: 'Undo' }).click();
  await shows(page, 10, 0, [['×', '']]);

  await open(page, 'Copy the previous period');
  await dialog(page).getByRole('radio', { name: 'by day of the month' }).click();
  await dialog(page).getByRole('radio', { name: 'Overwrite' }).click();
  await expect(dialog(page).getByRole('status')).toContainText(/\([1-9]\d* overwritten\)/);
  await dialog(page).getByRole('button', { name: 'Copy' }).click();
  await shows(page, 10, 0, [['△', '◇']]);
  await saved(page);
  await page.keyboard.press('Control+z');
  await shows(page, 10, 0, [['×', '']]);
});

test('a week is a template for the others', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const monday = plan.days.findIndex((day) => new Date(`${day}T00:00Z`).getUTCDay() === 1);
  await put(page, plan, 9, monday, [['◇', '△', '', '', '', '', '', '', '', '']]);
  await open(page, 'Repeat one week');
  await dialog(page).getByRole('button', { name: 'Copy' }).click();
  await shows(page, 9, monday + 7, [['◇', '△', '']]);
  await saved(page);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+z');
  await shows(page, 9, monday + 7, [['', '', '']]);
});

import { expect } from '@playwright/test';

import { arrive, cellAt, pick, saved, test } from './pages';

test('a cell tells who set it, when, from what to what, and goes back', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await pick(page, 12, 20);
  for (const key of ['d', 's']) {
    await pick(page, 12, 20);
    await page.keyboard.press(key);
    await saved(page);
  }
  await pick(page, 12, 20);
  await page.keyboard.press('Alt+h');
  const newest = page.getByRole('dialog', { name: /History/ }).getByRole('row').nth(1);
  await expect(newest).toContainText('◇ → ●');
  await expect(newest).toContainText(/manager/i);
  await expect(newest).toContainText(/\d{1,2}:\d{2}/);
  await newest.getByRole('button', { name: 'Restore “◇”' }).click();
  await expect(cellAt(page, 12, 20)).toHaveText('◇');
  await expect(page.getByRole('dialog').getByRole('row').nth(1)).toContainText('● → ◇');
});

test('a setting tells the same, and goes back', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.goto('/#/schedule?dialog=settings/weeklyLimits');
  const dialog = page.getByRole('dialog');
  const weight = dialog.getByRole('spinbutton', { name: 'Weight' });
  const before = await weight.inputValue();
  await weight.fill('7.5');
  await expect(dialog.getByRole('status').getByText('Saved')).toBeVisible();
  await dialog.getByText('Audit trail', { exact: true }).last().click();
  const entry = dialog.locator('.st-history li').first();
  await expect(entry).toContainText(new RegExp(`Weight: ${before} → 7.5`));
  await expect(entry).toContainText(/manager/i);
  await entry.getByRole('button', { name: 'Undo this change' }).click();
  await expect(weight).toHaveValue(before);
});

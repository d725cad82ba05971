import { expect } from '@playwright/test';

import { arrive, test } from './pages';

test('coverage is told by group and day, with the reasons for what is uncovered and suggestions', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  await page.goto('/#/schedule/0?dialog=settings/coverage');
  const panel = page.getByRole('dialog').getByRole('tabpanel');
  await expect(panel.getByText('Needed')).toBeVisible();
  const table = panel.getByRole('table');
  const groups = await table.getByRole('rowheader').count();
  expect(groups).toBeGreaterThan(3);
  await expect(table.getByRole('columnheader')).toHaveCount(32);
  // What is covered or not is a sign, not only a colour.
  await expect(table.getByRole('cell').filter({ hasText: /✓|−\d/ }).first()).toBeVisible();
  await expect(panel.getByText(/Days as a backup: \S+ \d+/)).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Days without a backup' })).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Suggestions' })).toBeVisible();
});

test('who backs whom up is added with an order and dates, changed, and removed', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.goto('/#/schedule?dialog=settings/backupAssignments');
  const dialog = page.getByRole('dialog', { name: /Settings/ });
  const rows = dialog.locator('.st-row');
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('combobox', { name: 'Person' }).selectOption('渡辺');
  await dialog.getByRole('combobox', { name: 'Group' }).selectOption('洗い場');
  await dialog.getByRole('spinbutton', { name: 'Order' }).fill('4');
  await dialog.getByLabel('From').fill('2026-12-10');
  await dialog.getByLabel('Until').fill('2026-12-01');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('The end lies before the start')).toBeVisible();
  await dialog.getByLabel('Until').fill('2026-12-20');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('button', { name: '渡辺 → 洗い場 (4)' })).toBeVisible();
  await dialog.getByRole('spinbutton', { name: 'Order' }).fill('5');
  await expect(dialog.getByRole('button', { name: '渡辺 → 洗い場 (5)' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(rows).toHaveCount(before);
});

import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, pick, saved, test } from './pages';

const openGenerator = async (page: Page, seconds: number) => {
  await page.getByRole('toolbar').getByRole('button', { name: /Generate|Generating|proposal/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate' });
  const again = dialog.getByRole('button', { name: 'Other options' });
  const start = dialog.getByRole('button', { name: 'Start' });
  await expect(again.or(start)).toBeVisible();
  if (await again.isVisible()) await again.click();
  await dialog.getByRole('spinbutton', { name: /Time limit/ }).fill(String(seconds));
  return dialog;
};

test('a month is proposed, looked at, applied and taken back in one step', async ({ browser }) => {
  test.slow();
  const page = await arrive(browser, 'manager', { period: 3 });
  const filled = () => page.locator('.ss-row [role=gridcell]').filter({ hasText: /[△◇×]/ }).count();
  const before = await filled();
  const dialog = await openGenerator(page, 4);
  await dialog.getByRole('radio', { name: 'What is filled' }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText('Best penalty so far')).toBeVisible();
  await expect(dialog.getByText('Lower bound')).toBeVisible();
  await expect(dialog.getByText(/\d+ cells? changes?\. Violations: \d+, warnings: \d+/)).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText(/Penalty \d+ → \d+/)).toBeVisible();
  expect(await filled()).toBeGreaterThanOrEqual(before);
  await dialog.getByRole('tab', { name: 'List of changes' }).click();
  await expect(dialog.locator('.sp-change').first()).toBeVisible();
  await dialog.getByRole('tab', { name: /problems/ }).click();
  await expect(dialog.getByRole('tabpanel')).not.toBeEmpty();
  await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(filled).toBeGreaterThan(before + 20);
  await saved(page);
  await page.getByRole('toolbar').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(filled).toBe(before);
});

test('a running job and its waiting proposal are there after a reload; cancelling keeps the best so far', async ({ browser }) => {
  test.slow();
  const page = await arrive(browser, 'manager', { period: 4 });
  const dialog = await openGenerator(page, 120);
  await dialog.getByRole('button', { name: 'Start' }).click();
  // A month of this size may have ended, one way or another, before one has seen its progress or could cancel it.
  const ended = dialog.getByText(/\d+ cells? changes?\b/);
  await expect(dialog.getByText(/[1-9]\d* proposals so far/).or(ended)).toBeVisible({ timeout: 60_000 });
  await page.reload();
  // The address says that it is open.
  await expect(dialog).toBeVisible();
  // Taken away by the job's end while one reaches for it, it need not be clicked.
  const cancel = dialog.getByRole('button', { name: 'Cancel' });
  await expect(cancel.or(ended)).toBeVisible();
  if (await cancel.isVisible()) await cancel.click({ timeout: 15_000 }).catch(() => undefined);
  await expect(ended).toBeVisible({ timeout: 150_000 });
  await page.goto('/#/schedule/4');
  await page.reload();
  await page.getByRole('button', { name: 'A proposal is ready' }).click();
  await expect(dialog.getByText(/\d+ cells? changes?\b/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Do not apply' }).click();
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Generate', exact: true })).toBeVisible();
});

test('the way of a job is drawn while it is at work, and after a reload', async ({ browser }) => {
  test.slow();
  const page = await arrive(browser, 'manager', { period: 4 });
  const dialog = await openGenerator(page, 20);
  await dialog.getByRole('radio', { name: 'Start over' }).check();
  await dialog.getByRole('button', { name: 'Start' }).click();
  const ended = dialog.getByText(/\d+ cells? changes?\b/);
  await expect(ended).toBeVisible({ timeout: 60_000 });
  for (const again of [false, true]) {
    if (again) await page.reload();
    await expect(ended).toBeVisible();
    await dialog.getByRole('tab', { name: /problems/ }).click();
    const chart = dialog.getByRole('img', { name: 'How the proposal improved' });
    await expect(chart).toBeVisible();
    await expect(chart).toHaveAccessibleDescription(/In [\d.]+ s from [\d,]+ to [\d,]+; the lower bound is [\d,]+\. (No better proposal is possible|At most|How close)/);
  }
  await dialog.getByRole('button', { name: 'Do not apply' }).click();
});

test('a repair after an edit changes few cells and keeps the edit', async ({ browser }) => {
  test.slow();
  const page = await arrive(browser, 'manager', { period: 0 });
  await pick(page, 1, 25);
  await page.keyboard.press('x');
  await saved(page);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Repair with few changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Repair with few changes' });
  await dialog.getByRole('spinbutton', { name: /Time limit/ }).fill('5');
  await dialog.getByRole('button', { name: 'Start' }).click();
  const summary = dialog.getByText(/\d+ cells? changes?\. Violations: \d+/);
  await expect(summary).toBeVisible({ timeout: 60_000 });
  const count = Number(/(\d+) cell/.exec(await summary.innerText())?.[1]);
  expect(count).toBeLessThan(80);
  await dialog.getByRole('button', { name: 'Do not apply' }).click();
  await expect(cellAt(page, 1, 25)).toHaveText('×');
});

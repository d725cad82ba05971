import { expect } from '@playwright/test';

import { arrive, cellAt, pick, saved, test } from './pages';

test('the overview tells coverage by group, shares by person, wishes, and what changed this week', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  const name = await page.locator('.ss-row[aria-rowindex="15"] .ss-name').first().innerText();
  const symbol = (await cellAt(page, 13, 27).innerText()) === '△' ? ['d', '◇'] : ['t', '△'];
  await pick(page, 13, 27);
  await page.keyboard.press(symbol[0] ?? '');
  await saved(page);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Overview' }).click();
  const section = (heading: string) => page.locator('section').filter({ has: page.getByRole('heading', { name: heading, exact: true }) });
  await expect(section('At work, by group').getByRole('figure')).toHaveCount(9);
  await expect(section('At work, by group').locator('svg.recharts-surface').first()).toBeVisible();
  await expect(section('Work by person').getByRole('row')).toHaveCount(19);
  await expect(section('Changed this week').getByRole('listitem').first()).toContainText(name.split('\n')[0] ?? '');
  await expect(section('Changed this week').getByRole('listitem').first()).toContainText(symbol[1] ?? '');
  await expect(section('Changed this week').getByRole('listitem').first()).toContainText(/manager/i);
});

test('a wish shows how often it comes true', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  await page.goto('/#/schedule/0?dialog=settings/priorityRules');
  const dialog = page.getByRole('dialog', { name: /Settings/ });
  await dialog.getByRole('button', { name: 'Add', exact: true }).first().click();
  const wish = `Early on Sundays ${Date.now() % 10000}`;
  await dialog.getByRole('textbox', { name: 'Name' }).fill(wish);
  await dialog.getByText('Sun', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('button', { name: wish })).toBeVisible();
  await page.goto('/#/dashboard/0');
  await expect(page.getByRole('listitem').filter({ hasText: wish })).toContainText(/\d+ of \d+/);
  await page.goto('/#/schedule/0?dialog=settings/priorityRules');
  await dialog.getByRole('button', { name: wish }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(dialog.getByRole('button', { name: wish })).toHaveCount(0);
});

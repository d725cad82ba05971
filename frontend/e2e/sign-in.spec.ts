import { type Browser, expect } from '@playwright/test';

import { test } from './pages';

const visit = async (browser: Browser) => (await browser.newContext({ locale: 'en-GB' })).newPage();

test('a wrong password is told, the right one opens the schedule, and signing out closes it', async ({ browser }) => {
  const page = await visit(browser);
  await page.goto('/#/dashboard');
  await page.locator('input[name=username]').fill('manager');
  await page.locator('input[name=password]').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.locator('input[name=password]').fill('shiftsync');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner')).toBeVisible();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: /Sign out/ }).click();
  await expect(page.locator('input[name=password]')).toBeVisible();
  await page.goto('/');
  await expect(page.locator('input[name=password]')).toBeVisible();
});

test('the sign-in page speaks both languages', async ({ browser }) => {
  const page = await visit(browser);
  await page.goto('/');
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.getByRole('button', { name: 'サインイン' })).toBeVisible();
});

test('the old settings of a browser are offered where the server has none, until one declines', async ({ browser }) => {
  const page = await visit(browser);
  await page.goto('/');
  await page.evaluate(() => localStorage.setItem('shift-schedule-settings', JSON.stringify({ dailyLimits: { maxOffPerDay: 3 } })));
  // Of the other sample restaurant, which has no staff groups.
  await page.locator('input[name=username]').fill('aurora');
  await page.locator('input[name=password]').fill('shiftsync');
  await page.keyboard.press('Enter');
  const offer = page.getByRole('region', { name: /settings from an earlier version/ });
  await offer.getByRole('button', { name: 'Review and import' }).click();
  await expect(page.getByRole('tab', { name: 'Data migration', selected: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toBeHidden();
  await page.reload();
  await expect(page.getByRole('banner')).toBeVisible();
  await expect(page.locator('button.app-state-saved')).toBeVisible();
  await expect(offer).toHaveCount(0);
});

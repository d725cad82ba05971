import { expect, type Page } from '@playwright/test';

import { arrive, cookiesOf, test } from './pages';

/** A calendar link goes to a phone: copied, or read by its camera. */

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test('one’s own calendar link is shown to be copied and to be read by a camera', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: 'en-GB',
    storageState: await cookiesOf('staff'),
  });
  const page = await context.newPage();
  await page.goto('/#/mine');
  const card = page.getByRole('region', { name: 'In your calendar' });
  await card.getByRole('button', { name: /link/i }).click();
  await expect(card.getByLabel('Link to your calendar', { exact: true })).toHaveValue(/\/feeds?\//);
  const code = card.getByRole('img', { name: /QR code/ });
  await expect(code).toBeVisible();
  await expect(code.locator('path')).toHaveAttribute('d', /^M\d+ \d+h7v1h-7z/);
  await expect(card.getByRole('button', { name: 'Copy' })).toBeVisible();
  expect(await fits(page)).toBe(true);
});

test('a manager hands somebody’s calendar link over as a QR code', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.goto('/#/schedule/0?dialog=ics');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /: New link/ }).first().click();
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
});

import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';

import { cookiesOf, publish, test, type User } from './pages';

/** The README's pictures, made by `scripts/pictures`: each in light and in dark, of the sample restaurant, in Japanese. */

const LARGEST = 150_000;
const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } as const;
const SCHEMES = ['light', 'dark'] as const;

async function open(browser: Browser, user: User, device: BrowserContextOptions, address: string): Promise<Page> {
  const context = await browser.newContext({ ...device, locale: 'ja-JP', reducedMotion: 'reduce', storageState: await cookiesOf(user) });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const path = fileURLToPath(new URL(`../../docs/images/${name}-ja${colorScheme === 'dark' ? '-dark' : ''}.png`, import.meta.url));
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    expect((await stat(path)).size, path).toBeLessThan(LARGEST);
  }
}

test('the grid', async ({ browser }) => {
  const page = await open(browser, 'manager', LAPTOP, '/#/schedule/0');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expect(page.locator('button.app-state-saved')).toBeVisible();
  await take(page, 'schedule');
});

test('my shifts on a phone', async ({ browser }) => {
  await publish();
  const page = await open(browser, 'staff', PHONE, '/#/mine');
  await expect(page.locator('.my-next')).toBeVisible();
  await take(page, 'mine');
});

test('what the generator proposes', async ({ browser }) => {
  test.slow();
  const page = await open(browser, 'manager', LAPTOP, '/#/schedule/3?dialog=generate');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '開始' }).click();
  await expect(dialog.getByRole('tab').first()).toBeVisible({ timeout: 120_000 });
  await take(page, 'proposal');
});

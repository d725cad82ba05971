import { expect } from '@playwright/test';

import { test } from './pages';

for (const [locale, link, words] of [
  ['en-GB', 'Forgotten your password?', 'Ask an owner of your restaurant'],
  ['ja-JP', 'パスワードをお忘れですか?', '店舗のオーナーに頼んでください'],
] as const) {
  test(`who forgot a password is told whom to ask where no mail is sent (${locale})`, async ({ browser }) => {
    const page = await (await browser.newContext({ locale, viewport: { width: 390, height: 844 } })).newPage();
    await page.goto('/sign-in/');
    await page.getByRole('link', { name: link }).click();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.locator('input')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

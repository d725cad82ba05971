import { expect, type Page } from '@playwright/test';

import { hasTheKeys, test } from './pages';

/** Goes on by Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    const found = await page.evaluate(() => {
      const at = document.activeElement;
      return at === null ? '' : `${at.getAttribute('aria-label') ?? ''} ${at.textContent} ${(at as HTMLInputElement).labels?.[0]?.textContent ?? ''}`;
    });
    if (name.test(found)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${String(name)}.`);
}

const command = async (page: Page, words: string) => {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
};

test('a manager’s day, from sign-in to a published month, without a mouse', async ({ browser }) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto('/#/schedule/5');
  // The page puts the cursor there itself; what is typed before that goes nowhere.
  await expect(page.getByLabel('User name')).toBeFocused();
  await page.keyboard.type('manager');
  await page.keyboard.press('Tab');
  await page.keyboard.type('shiftsync');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell').first()).toBeVisible();

  // To the next month and back, by the buttons of the header.
  await tabTo(page, /Previous period/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/schedule\/4/);
  await tabTo(page, /Next period/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/schedule\/5/);
  await tabTo(page, /^Schedule /);
  await hasTheKeys(page);

  // A few days by hand: symbols, a range, a text, one taken back.
  await page.keyboard.press('Control+Home');
  for (const key of ['x', 'x', 't', 'd']) await page.keyboard.press(key);
  const first = page.locator('.ss-row[aria-rowindex="2"] [role=gridcell]');
  await expect(first.nth(0)).toHaveText('×');
  await expect(first.nth(3)).toHaveText('◇');
  await page.keyboard.press('Control+z');
  await expect(first.nth(3)).not.toHaveText('◇');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('*');
  await expect(page.locator('.ss-row[aria-rowindex="3"] [role=gridcell]').nth(1)).toHaveText('★');

  // A limit is loosened in the settings.
  await command(page, 'settings');
  const settings = page.getByRole('dialog', { name: /Settings/ });
  await expect(settings).toBeVisible();
  await tabTo(page, /Staff groups/);
  // Past the skills and the staffing needs, of which there are none yet.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(settings.getByRole('tab', { name: 'Daily limits' })).toHaveAttribute('aria-selected', 'true');
  const weight = Number(await settings.getByRole('spinbutton', { name: 'Weight' }).inputValue());
  await tabTo(page, /Weight/);
  await page.keyboard.press('ArrowUp');
  await expect(settings.getByRole('status').getByText('Saved')).toBeVisible();
  expect(Number(await settings.getByRole('spinbutton', { name: 'Weight' }).inputValue())).toBeGreaterThan(weight);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();

  // The rest of the month is generated and applied.
  await command(page, 'generate');
  const generator = page.getByRole('dialog', { name: 'Generate' });
  await expect(generator).toBeVisible();
  await tabTo(page, /Time limit/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(generator.getByText(/\d+ cells? changes?\b/)).toBeVisible({ timeout: 90_000 });
  await tabTo(page, /^ ?Apply/);
  await page.keyboard.press('Enter');
  await expect(generator).toBeHidden();
  await expect(page.locator('button.app-state-saved')).toBeVisible();

  // Published: those who can only look see it.
  await command(page, 'publish');
  const publishing = page.getByRole('dialog', { name: 'Publish' });
  await expect(publishing.getByText(/cells\)/)).toBeVisible();
  await tabTo(page, /^ ?Publish/);
  await page.keyboard.press('Enter');
  await expect(publishing).toBeHidden();
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Published' })).toBeVisible();
});

import { type Browser, expect, type Locator, type Page } from '@playwright/test';

/** The sample restaurant as its people see it. What is found here by name is in English. */

export type User = 'owner' | 'manager' | 'viewer';
const PASSWORD = 'shiftsync';

/** A browser of its own, signed in, in front of the grid. */
export async function arrive(browser: Browser, user: User): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('input[name=username]').fill(user);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('input[name=password]').press('Enter');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expect(page.locator('.app-state-saved')).toBeVisible();
  return page;
}

/** The cell of a person, both counted from 0. */
export const cellAt = (page: Page, row: number, day: number): Locator =>
  page.locator(`.ss-row[aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${day + 2}"]`);

/** Puts the cursor there. */
export async function pick(page: Page, row: number, day: number): Promise<void> {
  await cellAt(page, row, day).click();
}

/** Everything that was entered has arrived on the server. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('.app-state-saved')).toBeVisible();
}

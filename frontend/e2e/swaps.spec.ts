import { type Browser, expect, type Page } from '@playwright/test';

import { broken } from './axe';
import { api, arrive, cellAt, cookiesOf, test, type User } from './pages';
import { planOf, put } from './plan';

/** Two of the staff swap on their phones, and a manager decides on a laptop. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' } as const;
const PERIOD = 3;

/** Nothing is wider than the window. */
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

async function accessible(page: Page): Promise<void> {
  expect(await broken(page)).toEqual([]);
}

async function phone(browser: Browser, user: User): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf(user) });
  const page = await context.newPage();
  await page.goto(`/#/mine/${PERIOD}`);
  await expect(page.locator('.my-day').first()).toBeVisible();
  return page;
}

const dayOf = (page: Page, day: number) => page.locator('.my-days').last().locator('> .my-day').nth(day);
const swaps = (page: Page) => page.getByRole('region', { name: 'Swaps' });

async function giveAway(page: Page, day: number) {
  await dayOf(page, day).locator('summary').click();
  await dayOf(page, day).getByRole('button', { name: 'Give away or swap…' }).click();
  return page.getByRole('dialog', { name: /^Give away/ });
}

async function inbox(manager: Page) {
  await manager.getByRole('button', { name: 'More' }).click();
  await manager.getByRole('menuitem', { name: 'Swaps (1)' }).click();
  return manager.getByRole('dialog', { name: 'Swaps' });
}

test('a swap of two days is asked for and agreed to on phones, approved, and published; an offer is taken and declined with a word', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(manager, PERIOD);
  const [first, second] = plan.staff;
  await put(manager, plan, 0, 8, [
    ['×', '△', '×', '', '×'],
    ['×', '×', '×', '', '◇'],
  ]);
  await api(manager, 'POST', `schedules/${plan.scheduleId}/publish/`, {});
  const members = await api<readonly { id: string; username: string }[]>(manager, 'GET', 'memberships/');
  const viewer = members.find(({ username }) => username === 'viewer');
  await api(manager, 'PATCH', `memberships/${viewer?.id ?? ''}/`, { staffId: second?.id });
  const asking = await phone(browser, 'staff');
  const asked = await phone(browser, 'viewer');

  const dialog = await giveAway(asking, 9);
  await dialog.getByLabel('To').selectOption({ label: second?.name ?? '' });
  await dialog.getByLabel('In return I work').selectOption({ index: 1 });
  await dialog.getByLabel('Message').fill('wedding');
  expect(await fits(asking)).toBe(true);
  await accessible(asking);
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(swaps(asking)).toContainText('waiting for an answer');

  await expect(swaps(asked)).toContainText('wedding');
  expect(await fits(asked)).toBe(true);
  await accessible(asked);
  await swaps(asked).getByRole('button', { name: 'Agree' }).click();
  await expect(swaps(asking)).toContainText('waiting for the manager');

  let list = await inbox(manager);
  await expect(list).toContainText('1 to decide');
  await accessible(manager);
  await expect(list).toContainText(`${first?.name ?? ''}, `);
  await list.getByRole('button', { name: /^Approve/ }).click();
  await expect(list).toContainText('0 to decide');
  await manager.keyboard.press('Escape');
  await expect(cellAt(manager, 0, 9)).toHaveText('×');
  await expect(cellAt(manager, 1, 9)).toHaveText('△');
  await expect(cellAt(manager, 0, 12)).toHaveText('◇');
  for (const [page, works] of [[asking, 12], [asked, 9]] as const) {
    await expect(dayOf(page, works)).toHaveClass(/my-work/);
    await expect(dayOf(page, works === 9 ? 12 : 9)).not.toHaveClass(/my-work/);
  }

  // Offered to all: whoever could take it sees it, and what the manager says.
  const offer = await giveAway(asked, 9);
  await offer.getByRole('button', { name: 'Send' }).click();
  await expect(offer).toHaveCount(0);
  await expect(swaps(asking)).toContainText('Shifts you could take');
  await swaps(asking).getByRole('button', { name: 'Take' }).click();
  list = await inbox(manager);
  await expect(list).toContainText('1 to decide');
  await list.getByLabel('Message to both').fill('stay as it is');
  await list.getByRole('button', { name: 'Decline' }).click();
  await expect(list).toContainText('0 to decide');
  for (const page of [asking, asked]) {
    await swaps(page).getByText('Settled swaps').click();
    await expect(swaps(page)).toContainText('stay as it is');
  }
  await manager.keyboard.press('Escape');
  await api(manager, 'PATCH', `memberships/${viewer?.id ?? ''}/`, { staffId: null });
  await api(manager, 'POST', `schedules/${plan.scheduleId}/unpublish/`, {});
});

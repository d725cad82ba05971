import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, cookiesOf, message, saved, test } from './pages';
import { planOf, put } from './plan';

/** Somebody of the staff wishes on a phone, a manager sees it at once on a laptop, plans by it, and publishes. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' } as const;
const PERIOD = 4;

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Nothing is wider than the window. */
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test('a wish of one’s own is typed once: seen by the manager, kept by the generator, published, and answered', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(manager, PERIOD);
  await put(manager, plan, 0, 9, [['', '', '', '', '', '', '', '']]);
  await api(manager, 'PATCH', `schedules/${plan.scheduleId}/wish-terms/`, { deadline: inDays(5), limit: 2 });

  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf('staff') });
  const staff = await context.newPage();
  await staff.goto('/#/mine');
  const ahead = staff.getByRole('region', { name: 'My wishes' }).getByRole('link').filter({ hasText: '0 of 2 wishes, 2 left' });
  await expect(ahead).toContainText(/Until .* · [45] days left/);
  expect(await fits(staff)).toBe(true);
  await manager.goto('/#/schedule?dialog=settings/calendar');
  const set = manager.getByRole('listitem').filter({ hasText: /Until .* · [45] days left/ });
  await set.getByRole('link', { name: 'What staff may enter' }).click();
  await expect(manager.getByRole('dialog', { name: 'Wishes' })).toContainText(/Until .* · [45] days left/);
  await manager.goto(`/#/schedule/${PERIOD}`);
  await ahead.click();
  const month = staff.locator('.my-wish-period').filter({ hasText: '0 of 2 wishes, 2 left' });
  await expect(month).toContainText(/Until .* · [45] days left/);
  await month.locator('summary').click();
  expect(await fits(staff)).toBe(true);
  const day = (at: number) => staff.locator('.my-wish-period').nth(PERIOD).locator('.my-month button').nth(at);
  const dialog = staff.getByRole('dialog');

  await day(9).click();
  await dialog.getByLabel('Note to the manager').fill('school festival');
  await dialog.getByRole('button', { name: 'Day off' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(day(9)).toHaveAccessibleName(/Day off, not answered yet/);
  await expect(cellAt(manager, 0, 9)).toHaveAttribute('data-wish', '☆');
  await staff.goto('/#/mine');
  await expect(staff.getByRole('region', { name: 'My wishes' }).getByText('1 has no answer yet')).toBeVisible();
  await staff.goto('/#/wishes');
  await staff.locator('.my-wish-period').nth(PERIOD).locator('summary').click();
  await day(12).click();
  await dialog.getByRole('button', { name: /^Would like Early/ }).click();
  await expect(cellAt(manager, 0, 12)).toHaveAttribute('data-wish', '△?');

  // The number is used up.
  await day(16).click();
  await expect(dialog).toContainText('You have no more wishes for this period');
  await expect(dialog.getByRole('button', { name: 'Day off' })).toHaveCount(0);
  await staff.keyboard.press('Escape');

  // Another wish instead, and its withdrawal, without a network: kept here, sent when it is back.
  await context.setOffline(true);
  await day(12).click();
  await dialog.getByRole('button', { name: 'Cannot work' }).click();
  await expect(day(12)).toHaveAccessibleName(/Cannot work, waiting to be sent/);
  await context.setOffline(false);
  await expect(day(12)).toHaveAccessibleName(/Cannot work, not answered yet/, { timeout: 40_000 });
  await expect(cellAt(manager, 0, 12)).toHaveAttribute('data-wish', '✕');

  // Declined with a word.
  await cellAt(manager, 0, 12).click({ button: 'right' });
  await manager.getByRole('menuitem', { name: 'Wish…' }).click();
  const one = manager.getByRole('dialog', { name: /Wishes/ });
  await expect(one).toContainText('entered by the person');
  await one.getByLabel('Message to the person').fill('banquet that day');
  await one.getByRole('button', { name: 'Decline' }).click();
  await manager.keyboard.press('Escape');
  await expect(day(12)).toHaveAccessibleName(/Cannot work, declined/);
  await expect(staff.locator('.my-wish-line').nth(1)).toContainText('banquet that day');

  // Who has wishes and who has not stands with the manager.
  await manager.getByRole('button', { name: 'More' }).click();
  await manager.getByRole('menuitem', { name: 'Wishes' }).click();
  const list = manager.getByRole('dialog', { name: 'Wishes' });
  await list.getByText(/1 of \d+ people have wishes/).click();
  await expect(list.getByText(/^Not yet:/)).not.toContainText(plan.staff[0]?.name ?? '-');
  await manager.keyboard.press('Escape');

  await manager.getByRole('toolbar').getByRole('button', { name: 'Generate', exact: true }).click();
  const generator = manager.getByRole('dialog', { name: 'Generate' });
  await generator.getByRole('spinbutton', { name: /Time limit/ }).fill('5');
  await generator.getByRole('button', { name: 'Start' }).click();
  await expect(generator.getByText(/\d+ cells? changes?\b/)).toBeVisible({ timeout: 120_000 });
  await generator.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(generator).toBeHidden();
  await expect(cellAt(manager, 0, 9)).toHaveText(/[×★]/);
  await saved(manager);
  await api(manager, 'POST', `schedules/${plan.scheduleId}/wishes/answer/`, { state: 'taken' });
  await expect(day(9)).toHaveAccessibleName(/Day off, granted/);
  await api(manager, 'POST', `schedules/${plan.scheduleId}/publish/`, {});
  await staff.goto(`/#/mine/${PERIOD}`);
  await expect(staff.locator('.my-day').nth(9)).toContainText(/Off|off/);

  // The deadline is over: refused, and said.
  await api(manager, 'PATCH', `schedules/${plan.scheduleId}/wish-terms/`, { deadline: inDays(-2) });
  await staff.goto('/#/wishes');
  const closed = staff.locator('.my-wish-period').filter({ hasText: 'Closed. The deadline was' });
  await expect(closed).toBeVisible();
  await api(manager, 'PATCH', `schedules/${plan.scheduleId}/wish-terms/`, { deadline: null, limit: null });
  await api(manager, 'POST', `schedules/${plan.scheduleId}/unpublish/`, {});
});

test('a wish that waited until the deadline was over is told to its author as refused', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: 5 });
  const plan = await planOf(manager, 5);
  await api(manager, 'PATCH', `schedules/${plan.scheduleId}/wish-terms/`, { deadline: inDays(5), limit: 9 });
  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf('staff') });
  const staff = await context.newPage();
  await staff.goto('/#/wishes');
  const month = staff.locator('.my-wish-period').filter({ hasText: 'of 9 wishes' });
  await month.locator('summary').click();
  const day = month.locator('.my-month button').nth(20);
  await expect(day).toHaveAccessibleName(/no wish/);
  await context.setOffline(true);
  await day.click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Day off' }).click();
  await expect(day).toHaveAccessibleName(/waiting to be sent/);
  await api(manager, 'PATCH', `schedules/${plan.scheduleId}/wish-terms/`, { deadline: inDays(-2) });
  await context.setOffline(false);
  await expect(message(staff, /could be entered until/)).toBeVisible({ timeout: 40_000 });
  await expect(staff.locator('.my-wish-period').filter({ hasText: 'Closed. The deadline was' }).locator('.my-month button').nth(20)).toHaveAccessibleName(/no wish/);
  await api(manager, 'PATCH', `schedules/${plan.scheduleId}/wish-terms/`, { deadline: null, limit: null });
});

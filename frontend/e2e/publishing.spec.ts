import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, cookiesOf, message, pick, saved, test } from './pages';
import { planOf, put } from './plan';

const PERIOD = 3;
const publish = (page: Page) => page.getByRole('dialog', { name: 'Publish' });

test('publishing shows what it changes, and viewers see what is published', async ({ browser }) => {
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const viewer = await (await browser.newContext({ locale: 'en-GB', storageState: await cookiesOf('viewer') })).newPage();
  await viewer.goto(`/#/schedule/${PERIOD}`);
  const notYet = viewer.getByText('The shifts of this month are not published yet.');
  await expect(notYet).toBeVisible();
  await expect(viewer.getByRole('gridcell')).toHaveCount(0);
  const plan = await planOf(manager, PERIOD);
  const name = plan.staff[9]?.name ?? '?';
  await put(manager, plan, 9, 20, [['△', '']]);
  await manager.getByRole('toolbar').getByRole('button', { name: /^Publish/ }).click();
  await expect(publish(manager)).toContainText(name);
  await publish(manager).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(message(manager, 'Published.')).toBeVisible();
  await expect(cellAt(viewer, 9, 20)).toHaveText('△');

  // What is edited from now on is a draft: the manager is told that it differs, the viewer does not see it.
  await pick(manager, 9, 20);
  await manager.keyboard.press('x');
  await saved(manager);
  await manager.getByRole('toolbar').getByRole('button', { name: 'Publish 1 change' }).click();
  await expect(publish(manager)).toContainText('Changes since it was published: 1');
  await expect(publish(manager).locator('.sp-change')).toHaveText(/△ → ×/);
  await expect(cellAt(viewer, 9, 20)).toHaveText('△');
  await manager.keyboard.press('Escape');
  // On paper as well, each page says so, and not before it has been found out.
  await manager.evaluate(() => (window.print = () => (document.title = document.querySelector('.pr-head')?.textContent ?? '')));
  await manager.getByRole('grid').focus();
  await manager.keyboard.press('Control+p');
  await expect(manager).toHaveTitle(/1 change is not published/);
  await expect(manager.locator('.pr-table thead')).toContainText('1 change is not published');
  await viewer.evaluate(() => (window.print = () => (document.title = document.querySelector('.pr-head')?.textContent ?? '')));
  await viewer.getByRole('grid').focus();
  await viewer.keyboard.press('Control+p');
  await expect(viewer).toHaveTitle(/Printed/);
  await expect(viewer.locator('.pr')).not.toContainText('not published');
  await viewer.getByRole('button', { name: 'Back' }).click();
  await manager.getByRole('button', { name: 'Back' }).click();
  await manager.getByRole('toolbar').getByRole('button', { name: 'Publish 1 change' }).click();
  await publish(manager).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(cellAt(viewer, 9, 20)).toHaveText('×');
  await expect(manager.getByRole('toolbar').getByRole('button', { name: 'Published' })).toBeVisible();

  // Taken back, there is nothing to be seen any more, until that is undone.
  await manager.getByRole('button', { name: 'More' }).click();
  await manager.getByRole('menuitem', { name: /^Withdraw/ }).click();
  const question = manager.getByRole('dialog', { name: 'Withdraw this month?' });
  await question.getByRole('button', { name: 'Withdraw' }).click();
  await expect(notYet).toBeVisible();
  await expect(viewer.getByRole('gridcell')).toHaveCount(0);
  await message(manager, 'Withdrawn.').getByRole('button', { name: 'Undo' }).click();
  await expect(cellAt(viewer, 9, 20)).toHaveText('×');
});

test('a viewer can look, and nothing else', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD });
  const toolbar = page.getByRole('toolbar');
  await expect(toolbar).toContainText('View only');
  for (const name of ['Off', 'Undo', 'Generate', 'Publish']) await expect(toolbar.getByRole('button', { name, exact: true })).toHaveCount(0);
  await expect(page.locator('.ss-handle')).toHaveCount(0);
  await pick(page, 1, 1);
  // Who set what before it was published is for those who plan.
  await expect(page.locator('.sp-status')).toContainText(/[A-Z][a-z]{2}, /);
  await expect(page.getByRole('button', { name: 'History' })).toHaveCount(0);
  await page.keyboard.press('Alt+h');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const before = await cellAt(page, 1, 1).innerText();
  await page.keyboard.press('x');
  await expect(message(page, 'You can view this, but not edit it.')).toBeVisible();
  await expect(cellAt(page, 1, 1)).toHaveText(before);
});

test('a month that a colleague changes after it was looked at is not published unseen', async ({ browser }) => {
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  const plan = await planOf(manager, PERIOD);
  await put(manager, plan, 10, 19, [['△', '']]);
  await manager.getByRole('toolbar').getByRole('button', { name: /^Publish/ }).click();
  const now = publish(manager).getByRole('button', { name: 'Publish', exact: true });
  await expect(now).toBeEnabled();
  await put(owner, plan, 10, 20, [['×']]);
  await now.click();
  const unseen = publish(manager).getByRole('alert');
  await expect(unseen).toContainText(/Not published yet: .*owner/i);
  await expect(unseen).toContainText(plan.staff[10]?.name ?? '?');
  await expect(unseen).toContainText('× ');
  await expect(manager.getByRole('button', { name: /to decide/ })).toHaveCount(0);
  await expect(now).toBeEnabled();
  await now.click();
  await expect(message(manager, 'Published.')).toBeVisible();
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(manager, 'GET', `schedules/${plan.scheduleId}/published/`);
  expect(scheduleData[plan.staff[10]?.id ?? '']?.[plan.days[20] ?? '']).toBe('×');
});

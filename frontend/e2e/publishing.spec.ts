import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, message, pick, saved, test } from './pages';
import { planOf, put } from './plan';

const PERIOD = 3;
const publish = (page: Page) => page.getByRole('dialog', { name: 'Publish' });

test('publishing shows what it changes, and viewers see what is published', async ({ browser }) => {
  const [manager, viewer] = [await arrive(browser, 'manager', { period: PERIOD }), await arrive(browser, 'viewer', { period: PERIOD })];
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
  await manager.getByRole('toolbar').getByRole('button', { name: 'Publish 1 changes' }).click();
  await expect(publish(manager)).toContainText('Changes since it was published (1 cells)');
  await expect(publish(manager).locator('.sp-change')).toHaveText(/△ → ×/);
  await expect(cellAt(viewer, 9, 20)).toHaveText('△');
  await publish(manager).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(cellAt(viewer, 9, 20)).toHaveText('×');
  await expect(manager.getByRole('toolbar').getByRole('button', { name: 'Published' })).toBeVisible();

  // Withdrawn, there is nothing to be seen any more.
  await manager.getByRole('toolbar').getByRole('button', { name: 'Published' }).click();
  await publish(manager).getByRole('button', { name: 'Withdraw' }).click();
  await expect(cellAt(viewer, 9, 20)).toHaveText('');
});

test('a viewer can look, and nothing else', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD });
  const toolbar = page.getByRole('toolbar');
  await expect(toolbar).toContainText('View only');
  for (const name of ['Off', 'Undo', 'Generate', 'Publish']) await expect(toolbar.getByRole('button', { name, exact: true })).toHaveCount(0);
  await expect(page.locator('.ss-handle')).toHaveCount(0);
  await pick(page, 1, 1);
  const before = await cellAt(page, 1, 1).innerText();
  await page.keyboard.press('x');
  await expect(message(page, 'You can look, but not edit.')).toBeVisible();
  await expect(cellAt(page, 1, 1)).toHaveText(before);
});

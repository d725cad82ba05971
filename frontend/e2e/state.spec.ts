import { expect, type Page } from '@playwright/test';

import { Line } from './line';
import { api, arrive, cellAt, message, pick, saved, test } from './pages';
import { planOf, put } from './plan';

const PERIOD = 2;
const state = (page: Page) => page.locator('.app-state');

test('one always sees what has become of one’s edits', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  await put(page, await planOf(page, PERIOD), 6, 0, [['', '']]);
  await expect(state(page)).toHaveText('Saved');
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, 6, 0);
  await page.keyboard.press('x');
  await page.keyboard.press('d');
  await expect(state(page)).toHaveText('2 waiting');
  await expect(cellAt(page, 6, 0)).toHaveClass(/ss-is-waiting/);
  await expect(cellAt(page, 6, 0)).toHaveAccessibleName(/not sent yet/);
  await state(page).click();
  await expect(page.getByText('2 changes are saved on this device')).toBeVisible();
  await page.keyboard.press('Escape');
  await line.mend();
  await saved(page);
  await expect(cellAt(page, 6, 0)).not.toHaveClass(/ss-is-waiting/);
  await expect(cellAt(page, 6, 0)).toHaveText('×');
});

test('a refused edit is taken back, and one is told why', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 6, 4, [['△']]);
  const cells = [{ staffId: plan.staff[6]?.id, dateKey: plan.days[4] }];
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await api(page, 'POST', `schedules/${plan.scheduleId}/lock/`, { cells });
  await pick(page, 6, 4);
  await page.keyboard.press('x');
  await expect(cellAt(page, 6, 4)).toHaveText('×');
  await line.mend();
  // What was typed is said with it: the cell does not show it any more.
  await expect(message(page, /locked.*: ×/i)).toContainText(plan.staff[6]?.name ?? '');
  await expect(cellAt(page, 6, 4)).toHaveText('△');
  await api(page, 'POST', `schedules/${plan.scheduleId}/unlock/`, { cells });
});

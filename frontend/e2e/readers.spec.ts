import { expect } from '@playwright/test';

import { api, arrive, cookiesOf, test } from './pages';
import { planOf } from './plan';

const PERIOD = 3;

test('who has not seen a published month is named, reminded, and gone from the list once they look', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(manager, PERIOD);
  await api(manager, 'POST', `schedules/${plan.scheduleId}/publish/`, {});
  await manager.setViewportSize({ width: 390, height: 844 });
  await manager.goto(`/#/schedule/${PERIOD}?dialog=publications`);
  const readers = manager.getByRole('region', { name: 'Who has seen this month' });
  await expect(readers.getByText(/^Not seen yet: 1 person/)).toBeVisible();
  await expect(readers.getByText(/^No account: \d+ people/)).toBeVisible();
  await readers.getByRole('button', { name: 'Remind this person' }).click();
  await expect(readers.getByRole('status')).toHaveText('Reminded today');
  expect(await manager.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  const context = await browser.newContext({ locale: 'en-GB', storageState: await cookiesOf('staff') });
  const staff = await context.newPage();
  await staff.goto('/#/mine');
  await staff.getByRole('button', { name: /^Notices/ }).click();
  await expect(staff.getByRole('region', { name: 'Notices' }).getByRole('listitem').first()).toContainText(/Please look at your shifts for/);
  await manager.reload();
  await expect(readers.getByText(/^Seen: 1 person/)).toBeVisible();
  await expect(readers.getByRole('button')).toHaveCount(0);
});

import { expect } from '@playwright/test';

import { api, arrive, cellAt, cookiesOf, saved, test } from './pages';
import { planOf, put } from './plan';

/** A manager publishes, changes and publishes again; somebody of the staff is told on the phone, at once, of what concerns them. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' } as const;
const PERIOD = 3;

test('what was published and what has changed for one is told live, read, and read in the other tab too', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(manager, PERIOD);
  await put(manager, plan, 0, 0, [['△', '△']]);
  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf('staff') });
  const staff = await context.newPage();
  await staff.goto('/#/mine');
  const other = await context.newPage();
  await other.goto('/#/wishes');
  const bell = staff.getByRole('button', { name: /^Notices/ });
  await expect(bell).toHaveAttribute('aria-expanded', 'false');
  // Whatever was told before is read.
  await bell.click();
  await expect(bell).toHaveText('Notices');
  await bell.click();
  await expect(other.getByRole('button', { name: /^Notices/ })).toHaveText('Notices');

  await api(manager, 'POST', `schedules/${plan.scheduleId}/publish/`, {});
  await expect(staff.getByRole('status').filter({ hasText: '1 new notice' })).toHaveCount(1);
  await expect(other.getByRole('button', { name: /^Notices/ })).toContainText('1');
  await bell.click();
  const list = staff.getByRole('region', { name: 'Notices' });
  await expect(list.getByRole('listitem').first()).toContainText(/The shifts for .* are published/);
  await expect(list.getByRole('listitem').first()).toContainText('new');
  // Read here, it is read there.
  await expect(other.getByRole('button', { name: /^Notices/ })).toHaveText('Notices');

  // Only what is otherwise for this person, before and now.
  await put(manager, plan, 0, 0, [['×', '△']]);
  await put(manager, plan, 1, 0, [['×']]);
  await saved(manager);
  await expect(cellAt(manager, 0, 0)).toHaveText('×');
  await api(manager, 'POST', `schedules/${plan.scheduleId}/publish/`, {});
  const changed = list.getByRole('listitem').filter({ hasText: /1 of your days in .* has changed/ });
  await expect(changed).toContainText(/: △.* → ×/);
  expect(await staff.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  // Switched off, it is not listed any more.
  await list.getByText('Notification settings').click();
  const wanted = list.getByRole('checkbox', { name: 'Your shifts in a published month have changed: Here' });
  await wanted.uncheck();
  await expect(wanted).not.toBeChecked();
  await staff.reload();
  await bell.click();
  await expect(list.getByRole('listitem').filter({ hasText: 'are published' })).not.toHaveCount(0);
  await expect(changed).toHaveCount(0);
  await list.getByText('Notification settings').click();
  await wanted.check();
  await expect(wanted).toBeChecked();
  await api(manager, 'POST', `schedules/${plan.scheduleId}/unpublish/`, {});
});

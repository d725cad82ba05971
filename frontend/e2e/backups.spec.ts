import { expect } from '@playwright/test';

import { api, arrive, test } from './pages';
import { planOf, put } from './plan';

test('coverage is told by group and day, with the reasons for what is uncovered and suggestions', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  await page.goto('/#/schedule/0?dialog=settings/coverage');
  const panel = page.getByRole('dialog').getByRole('tabpanel');
  await expect(panel.getByText('Needed')).toBeVisible();
  const table = panel.getByRole('table');
  const groups = await table.getByRole('rowheader').count();
  expect(groups).toBeGreaterThan(3);
  await expect(table.getByRole('columnheader')).toHaveCount(32);
  // What is covered or not is a sign, not only a colour.
  await expect(table.getByRole('cell').filter({ hasText: /✓|−\d/ }).first()).toBeVisible();
  await expect(panel.getByText(/Days as a backup: \S+ \d+/)).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Days without a backup' })).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Suggestions' })).toBeVisible();
});

test('who backs whom up is added with an order and dates, changed, and removed', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.goto('/#/schedule?dialog=settings/backupAssignments');
  const dialog = page.getByRole('dialog', { name: /Settings/ });
  const rows = dialog.locator('.st-row');
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('combobox', { name: 'Person' }).selectOption('渡辺');
  await dialog.getByRole('combobox', { name: 'Group' }).selectOption('洗い場');
  await dialog.getByRole('spinbutton', { name: 'Order' }).fill('4');
  await dialog.getByLabel('From').fill('2026-12-10');
  await dialog.getByLabel('Until').fill('2026-12-01');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('The end is before the start')).toBeVisible();
  await dialog.getByLabel('Until').fill('2026-12-20');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('button', { name: '渡辺 → 洗い場 (4)' })).toBeVisible();
  await dialog.getByRole('spinbutton', { name: 'Order' }).fill('5');
  await expect(dialog.getByRole('button', { name: '渡辺 → 洗い場 (5)' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(rows).toHaveCount(before);
});

test('a backup who is not free is warned about while one looks', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 4 });
  const plan = await planOf(page, 4);
  const groups = await api<{ id: string; name: string; groupConfig: { members: string[]; coverageRules?: { backupRequired?: boolean } } }[]>(page, 'GET', 'staff-groups/');
  const assignments = await api<{ staffId: string; groupId: string }[]>(page, 'GET', 'backup-assignments/');
  const group = groups.find(({ id, groupConfig }) => groupConfig.coverageRules?.backupRequired === true && assignments.some(({ groupId }) => groupId === id));
  const backup = assignments.find(({ groupId }) => groupId === group?.id);
  const row = plan.staff.findIndex(({ id }) => id === backup?.staffId);
  const absent = plan.staff.findIndex(({ id }) => group?.groupConfig.members.includes(id));
  const day = plan.days.length - 4;
  await put(page, plan, absent, day, [['×']]);
  await put(page, plan, row, day, [['★']]);
  await page.goto('/#/schedule/4?dialog=settings/coverage');
  const warning = page
    .getByRole('dialog')
    .getByRole('region', { name: 'Backups who are not free' })
    .getByRole('listitem')
    .filter({ hasText: `${plan.staff[row]?.name ?? '?'} → ${group?.name ?? '?'}` })
    .filter({ hasText: 'has a designated day off' });
  await expect(warning).toBeVisible();
  await api(page, 'PATCH', `schedules/${plan.scheduleId}/cells/`, { scheduleData: { [plan.staff[row]?.id ?? '']: { [plan.days[day] ?? '']: '' } } });
  await expect(warning).toHaveCount(0);
});

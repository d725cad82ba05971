import { expect } from '@playwright/test';

import { message, test } from './pages';
import { Server } from './server';

const PASSWORD = 'a long enough password';

let server: Server;

test.beforeAll(async () => {
  server = await Server.empty();
});

test.afterAll(async () => server.close());

test('from an empty installation to a published month, without a shell or the admin', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Paris', baseURL: server.address });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Welcome to ShiftSync' })).toBeVisible();
  await page.getByLabel('Set-up code').fill(server.manage('set_up_code'));
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('The same password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();

  await expect(page.getByRole('heading', { name: 'Create a restaurant' })).toBeVisible();
  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Paris');
  await expect(page.getByLabel('Country')).toHaveValue('GB');
  await page.getByLabel('Name of the restaurant').fill('Bistro Aurora');
  await page.getByLabel('Shift times').selectOption({ label: 'Café' });
  await page.getByRole('button', { name: 'Begin', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'Getting started' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Shift types and times' })).toContainText('Done');
  const closings = page.getByRole('listitem').filter({ hasText: 'Days closed' });
  await expect(closings).not.toContainText('Done');
  await closings.getByRole('button', { name: 'Set days closed' }).click();
  const settings = page.getByRole('dialog');
  await settings.getByRole('checkbox', { name: 'Wed', exact: true }).check();
  await settings.getByRole('button', { name: 'Add', exact: true }).last().click();
  await expect(settings).toContainText('Every Wednesday');
  await page.keyboard.press('Escape');
  await expect(closings).toContainText('Done');

  await page.getByRole('button', { name: 'Add staff' }).click();
  await page.getByLabel('Add from a list').fill('Name\tBirthday\tPosition\nAda\t1/2\tKitchen');
  await expect(page.getByText('Columns that are not read: Birthday')).toBeVisible();
  await page.getByLabel('Add from a list').fill('Name\tPosition\nAda\tKitchen\nBen\tHall\nada\tHall\nCleo\tHall');
  await expect(page.getByRole('row').filter({ hasText: 'Already here' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Add 3 people' }).click();
  await expect(page.getByText('3 people were added.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listitem').filter({ hasText: 'Staff' })).toContainText('Done');

  await page.getByRole('button', { name: 'Create the schedule' }).click();
  await expect(page.getByRole('rowheader', { name: /Ada/ })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: /Cleo/ })).toBeVisible();
  await page.getByRole('gridcell').first().click();
  await page.keyboard.type('x');
  await expect(page.getByRole('gridcell').first()).toContainText('×');
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(message(page, 'Published.')).toBeVisible();
});

test('who belongs to no restaurant is told whom to ask', async ({ browser }) => {
  const made = server.manage('create_restaurant', '--name', 'Elsewhere', '--owner', 'ben');
  const password = /password (\S+)$/.exec(made)?.[1] ?? '';
  server.manage('shell', '-c', `from shiftsync.tenants.models import Membership, User; from shiftsync.core.fence import everywhere
with everywhere(): Membership.objects.filter(user__username="ben").delete()`);
  const context = await browser.newContext({ locale: 'ja-JP', baseURL: server.address });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('ユーザー名').fill('ben');
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await expect(page.getByRole('status')).toContainText('あなたのユーザー名は ben です');
});

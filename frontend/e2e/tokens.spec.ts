import { expect, type Page } from '@playwright/test';

import { saved, test } from './pages';
import { Server } from './server';

/** Somebody makes a token for a program, the program uses it, and it is revoked. */

let server: Server;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(4, 31);
});
test.afterAll(() => server.close());
test.setTimeout(300_000);

async function openTokens(page: Page): Promise<void> {
  await page.goto('/');
  await saved(page);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Access tokens for programs' }).click();
  await expect(page.getByRole('heading', { name: 'Create a token' })).toBeVisible();
}

/** What the server answers a program that comes with that token. */
async function asProgram(secret: string, method: string, path: string, body?: object): Promise<number> {
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  return (await fetch(`${server.address}/api/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })).status;
}

test('a token is made with what was chosen, shown once, listed, and revoked', async ({ browser }) => {
  const page = await (await server.visitor(browser, 'owner')).newPage();
  await openTokens(page);
  await expect(page.getByText('You have no tokens.').or(page.locator('.pp-token').first())).toBeVisible();
  await page.getByLabel('What it is for').fill('payroll');
  await page.getByLabel('Valid for').selectOption({ label: '30 days' });
  await page.getByRole('combobox', { name: 'Staff', exact: true }).selectOption({ label: 'read and write' });
  await page.getByRole('button', { name: 'Create the token' }).click();

  const secret = await page.getByLabel('Token for payroll').inputValue();
  expect(secret).toMatch(/^ss_/);
  expect(await asProgram(secret, 'GET', 'schedules/')).toBe(200);
  expect(await asProgram(secret, 'POST', 'staff/', { name: 'By a program' })).toBe(201);
  expect(await asProgram(secret, 'GET', 'memberships/')).toBe(403);

  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByLabel('Token for payroll')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await openTokens(page);
  const line = page.getByRole('listitem').filter({ hasText: 'payroll' });
  await expect(line).toContainText('Schedule: read · Staff: read and write');
  await expect(line).toContainText('last used');

  await page.getByRole('button', { name: 'Revoke: payroll' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  expect(await asProgram(secret, 'GET', 'schedules/')).toBe(200);
  await page.getByRole('button', { name: 'Revoke: payroll' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).last().click();
  await expect(line).toHaveCount(0);
  expect(await asProgram(secret, 'GET', 'schedules/')).toBe(401);
});

test('nobody makes a token of nothing, or sees those of others here, on a phone too', async ({ browser }) => {
  const owner = await (await server.visitor(browser, 'owner')).newPage();
  await openTokens(owner);
  await owner.getByLabel('What it is for').fill('dashboard of the owner');
  await owner.getByRole('button', { name: 'Create the token' }).click();
  await expect(owner.getByLabel(/^Token for/)).toBeVisible();

  const manager = await (await server.visitor(browser, 'manager')).newPage();
  await manager.setViewportSize({ width: 390, height: 844 });
  await openTokens(manager);
  await expect(manager.getByText('dashboard of the owner')).toHaveCount(0);
  await manager.getByLabel('What it is for').fill('mine');
  await manager.getByRole('combobox', { name: 'Schedule', exact: true }).selectOption({ label: 'nothing' });
  await expect(manager.getByRole('button', { name: 'Create the token' })).toBeDisabled();
  await expect(manager.getByText('Choose what it may do.')).toBeVisible();
  expect(await manager.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

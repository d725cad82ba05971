import { expect, type Locator, type Page } from '@playwright/test';

import { api, saved, test } from './pages';
import { Server } from './server';

/** What the generator proposes says whose it is, ends when the schedule has moved on, and stays declined on every device. */

let server: Server;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(8, 7);
  server.work();
});
test.afterAll(() => server.close());
test.setTimeout(300_000);

type Browser = Parameters<Server['visitor']>[0];

async function device(browser: Browser, user: 'manager' | 'owner' = 'manager'): Promise<Page> {
  const page = await (await server.visitor(browser, user)).newPage();
  await page.goto('/');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await saved(page);
  return page;
}

const generator = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true });
const summary = (dialog: Locator) => dialog.getByText(/[1-9]\d* cells? changes?\./);

/** Has the month made anew, and waits for the proposal. */
async function propose(page: Page): Promise<Locator> {
  await generator(page, 'Generate').click();
  const dialog = page.getByRole('dialog', { name: 'Generate' });
  const again = dialog.getByRole('button', { name: 'Other options' });
  const start = dialog.getByRole('button', { name: 'Start', exact: true });
  await expect(again.or(start)).toBeVisible();
  if (await again.isVisible()) await again.click();
  await dialog.getByRole('radio', { name: 'Start over' }).check();
  const past = dialog.getByRole('checkbox', { name: 'Also change past days' });
  if (await past.isVisible()) await past.check();
  await dialog.getByRole('spinbutton', { name: /Time limit/ }).fill('3');
  await start.click();
  await expect(summary(dialog)).toBeVisible({ timeout: 60_000 });
  return dialog;
}

interface Job {
  readonly jobId: string;
  readonly result: { readonly diff: readonly { staffId: string; dateKey: string; previousValue: string; shiftValue: string }[] } | null;
}

test('a proposal names who asked for it and when, and one that is declined on one device is over on the others', async ({ browser }) => {
  const [one, other, owner] = [await device(browser), await device(browser), await device(browser, 'owner')];
  const dialog = await propose(one);
  await expect(dialog.getByText(/^Started by manager, \d/)).toBeVisible();
  await expect(generator(other, 'A proposal is ready')).toHaveAttribute('title', /^Started by manager, \d/);
  // Who else may decide sees whose it is, without a reload too.
  await expect(generator(owner, 'A proposal is ready')).toHaveAttribute('title', /^Started by manager, \d/);
  await generator(other, 'A proposal is ready').click();
  const there = other.getByRole('dialog', { name: 'Generate' });
  await expect(summary(there)).toBeVisible();
  await there.getByRole('button', { name: 'Do not apply' }).click();
  await expect(dialog.getByText('manager has declined this proposal.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply', exact: true })).toBeDisabled();
  await expect(dialog.getByRole('button', { name: 'Do not apply' })).toHaveCount(0);
  await one.keyboard.press('Escape');
  for (const each of [one, owner]) await expect(generator(each, 'Generate')).toBeVisible();
  for (const page of [one, await device(browser)]) {
    await page.goto('/');
    await page.reload();
    await saved(page);
    await expect(generator(page, 'Generate')).toBeVisible();
  }
});

test('a proposal ends when the schedule has moved on', async ({ browser }) => {
  const [page, other, owner] = [await device(browser), await device(browser), await device(browser, 'owner')];
  const dialog = await propose(page);
  await expect(generator(other, 'A proposal is ready')).toBeVisible();
  const [newest] = await api<Job[]>(page, 'GET', `jobs/?scheduleId=${server.world.schedule}`);
  const { result } = await api<Job>(page, 'GET', `jobs/${newest?.jobId ?? ''}/`);
  const diff = result?.diff ?? [];
  const change = async (cells: typeof diff) => {
    const scheduleData: Record<string, Record<string, string>> = {};
    for (const { staffId, dateKey, previousValue } of cells) (scheduleData[staffId] ??= {})[dateKey] = previousValue === '★' ? '●' : '★';
    await api(owner, 'PATCH', `schedules/${server.world.schedule}/cells/`, { scheduleData });
  };
  await change(diff.slice(0, 1));
  await expect(dialog.getByText('1 cell was changed after this proposal was made')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply', exact: true })).toBeEnabled();
  await change(diff.slice(1, Math.ceil(diff.length / 2) + 1));
  await expect(dialog.getByText('The schedule has moved on')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Apply', exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  for (const each of [page, other]) await expect(generator(each, 'Generate')).toBeVisible();
  // It stays so after a reload, and nothing was written.
  await page.reload();
  await saved(page);
  await expect(generator(page, 'Generate')).toBeVisible();
});

import { expect, type Locator, type Page } from '@playwright/test';

import { api, cellAt, saved, test } from './pages';
import { Server } from './server';

/**
 * A month that takes the generator longer than any test: two hundred people, every cell open, and wishes that cannot all come
 * true. Its job surely runs when it is cancelled.
 */

const SECONDS = 600;

let server: Server;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(200, 31);
  server.work();
});
test.afterAll(() => server.close());
test.setTimeout(300_000);

const soft = (name: string, fields: object) => ({ name, isHardConstraint: false, penaltyWeight: 3, ...fields });

async function makeHard(page: Page): Promise<void> {
  const rules = [
    ['monthly-limits/', soft('Offs', { limitConfig: { limitType: 'min_off_days', minCount: 9, scope: 'all' } })],
    ['monthly-limits/', soft('Early', { limitConfig: { limitType: 'min_shifts', shiftType: 'early', minCount: 5, scope: 'all' } })],
    ['daily-limits/', soft('Away', { limitConfig: { shiftType: 'off', maxCount: 40, scope: 'all' } })],
    ['weekly-limits/', soft('Week', { limitConfig: { shiftType: 'off', minCount: 2, maxCount: 2, scope: 'all' } })],
    ['priority-rules/', soft('Fair', { ruleDefinition: { ruleType: 'fairness', shiftType: 'late' } })],
    ['priority-rules/', soft('Days in a row', { ruleDefinition: { ruleType: 'max_consecutive_work', maxCount: 4 } })],
  ] as const;
  for (const [path, row] of rules) await api(page, 'POST', path, row);
}

async function start(page: Page): Promise<Locator> {
  await page.getByRole('toolbar').getByRole('button', { name: /^Generate$|A proposal waits/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Generate' });
  const again = dialog.getByRole('button', { name: 'Other options' });
  await expect(again.or(dialog.getByRole('button', { name: 'Start' }))).toBeVisible();
  if (await again.isVisible()) await again.click();
  await dialog.getByRole('radio', { name: 'Start over' }).check();
  await dialog.getByRole('checkbox', { name: 'Also change past days' }).check();
  await dialog.getByRole('spinbutton', { name: /Time limit/ }).fill(String(SECONDS));
  await dialog.getByRole('button', { name: 'Start' }).click();
  return dialog;
}

interface Job {
  readonly jobId: string;
  readonly status: string;
}

const newest = async (page: Page) => (await api<Job[]>(page, 'GET', `jobs/?scheduleId=${server.world.schedule}`))[0];
const cells = (page: Page) => api<{ scheduleData: unknown }>(page, 'GET', `schedules/${server.world.schedule}/cells/`).then((all) => all.scheduleData);

test('a running generation is cancelled: it says so, offers the best so far, and has changed nothing', async ({ browser }) => {
  const page = await (await server.visitor(browser)).newPage();
  await page.goto('/');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await saved(page);
  await makeHard(page);
  const before = await cells(page);
  const version = await server.version(page);
  const dialog = await start(page);
  await expect(dialog.getByText(/[1-9]\d* proposals so far/)).toBeVisible({ timeout: 90_000 });
  expect((await newest(page))?.status).toBe('running');

  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText(/^Cancelled/)).toBeVisible();
  await expect(dialog.getByText(/[1-9]\d* cells? changes?\b/)).toBeVisible();
  expect((await newest(page))?.status).toBe('cancelled');
  expect(await cells(page)).toEqual(before);
  expect((await server.changes(page, version)).filter(({ type }) => type.startsWith('SHIFT'))).toEqual([]);

  await dialog.getByRole('button', { name: 'Do not apply' }).click();
  await expect(dialog).toBeHidden();
  expect(await cells(page)).toEqual(before);
  await expect(cellAt(page, 0, 0)).not.toHaveText('');
});

test('a generation that is cancelled as soon as it was asked for ends at once and changes nothing', async ({ browser }) => {
  const page = await (await server.visitor(browser)).newPage();
  await page.goto('/');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await saved(page);
  const before = await cells(page);
  const dialog = await start(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByText(/^Cancelled/)).toBeVisible();
  expect((await newest(page))?.status).toBe('cancelled');
  expect(await cells(page)).toEqual(before);
});

import { expect, type Page } from '@playwright/test';

import { Line } from './line';
import { api, arrive, cellAt, message, pick, saved, test } from './pages';
import { planOf, put } from './plan';
import { arriveDeaf } from './wire';

/** What waited and met a colleague’s change is decided by its author, and what they lose can be given back. */

const PERIOD = 3;
const ROW = 8;
const state = (page: Page) => page.locator('.app-state');

test('what waited offline and met a colleague’s newer value is asked about, whatever the default', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, 7, [['△']]);
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, ROW, 7);
  await page.keyboard.press('x');
  await pick(owner, ROW, 7);
  await owner.keyboard.press('d');
  await saved(owner);
  await line.mend();
  await page.getByRole('button', { name: /to decide/ }).click();
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Conflicts' });
  await expect(page.getByText('your decision')).toBeHidden();
  await expect(dialog).toContainText('×');
  await expect(dialog).toContainText('◇');
  await expect(cellAt(owner, ROW, 7)).toHaveText('◇');
  await page.getByRole('button', { name: 'Use mine' }).click();
  await saved(page);
  await expect(cellAt(owner, ROW, 7)).toHaveText('×');
  // Who is overwritten is told so, with a way back.
  await expect(message(owner, /changed what you just entered/)).toBeVisible();
  await owner.getByRole('button', { name: 'Reapply mine' }).click();
  await expect(cellAt(page, ROW, 7)).toHaveText('◇');
});

test('what waited offline and met a colleague’s change is decided by its author, also a deletion', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  const fields = { name: '休みの上限', limitConfig: { shiftType: 'off', maxCount: 3 } };
  await api(owner, 'POST', 'daily-limits/', fields);
  const limits = await api<{ id: string; name: string }[]>(owner, 'GET', 'daily-limits/');
  const id = limits.find(({ name }) => name === fields.name)?.id ?? '';
  const path = `daily-limits/${id}/`;
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  const settings = page.getByRole('dialog');
  await expect(settings.getByLabel('Name', { exact: true }).first()).toHaveValue('休みの上限');
  await line.cut();
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await api(owner, 'PATCH', path, { limitConfig: { shiftType: 'off', maxCount: 4 } });
  await line.mend();
  await page.goto(`/#/schedule/${PERIOD}?dialog=conflicts`);
  const dialog = page.getByRole('dialog', { name: 'Conflicts' });
  await expect(dialog).toContainText('You deleted “休みの上限”.');
  await expect(dialog.getByRole('row').nth(1)).toContainText('At most: 3');
  await expect(dialog.getByRole('row').nth(1)).toContainText('At most: 4');
  expect((await api<{ isActive: boolean }>(owner, 'GET', path)).isActive).toBe(true);
  await dialog.getByRole('button', { name: 'Delete it anyway' }).click();
  await saved(page);
  await expect.poll(async () => (await api<{ id: string }[]>(owner, 'GET', 'daily-limits/')).some((each) => each.id === id)).toBe(false);
});

test('what was typed for a row is there again where its deletion met a colleague’s change and is given up', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  await api(owner, 'POST', 'daily-limits/', { name: '半分の上限', limitConfig: { shiftType: 'off', maxCount: 3 } });
  const limits = await api<{ id: string; name: string }[]>(owner, 'GET', 'daily-limits/');
  const id = limits.find(({ name }) => name === '半分の上限')?.id ?? '';
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  const settings = page.getByRole('dialog');
  const most = settings.getByRole('spinbutton', { name: 'At most' });
  await expect(most).toHaveValue('3');
  await line.cut();
  await most.fill('99999');
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(settings.getByText('半分の上限')).toHaveCount(0);
  await api(owner, 'PATCH', `daily-limits/${id}/`, { limitConfig: { shiftType: 'off', maxCount: 4 } });
  await page.reload();
  await line.mend();
  await expect(page.getByRole('button', { name: /to decide/ })).toBeVisible();
  await page.goto(`/#/schedule/${PERIOD}?dialog=conflicts`);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  await expect(most).toHaveValue('99999');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(most).toHaveValue('4');
  await api(owner, 'DELETE', `daily-limits/${id}/`);
});

test('a deletion over a colleague’s change is told to who deletes, with a way back', async ({ browser }) => {
  const { page, stopEar, openEar } = await arriveDeaf(browser, 'manager');
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  await api(owner, 'POST', 'daily-limits/', { name: '消された上限', limitConfig: { shiftType: 'off', maxCount: 3 } });
  const limits = await api<{ id: string; name: string }[]>(owner, 'GET', 'daily-limits/');
  const id = limits.find(({ name }) => name === '消された上限')?.id ?? '';
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  const settings = page.getByRole('dialog');
  await expect(settings.getByRole('spinbutton', { name: 'At most' })).toHaveValue('3');
  stopEar();
  await api(owner, 'PATCH', `daily-limits/${id}/`, { limitConfig: { shiftType: 'off', maxCount: 4 } });
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  openEar();
  await expect(message(page, 'You overwrote 1 change by owner.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore theirs' }).click();
  await expect.poll(async () => (await api<{ id: string; isActive: boolean; limitConfig: { maxCount: number } }>(owner, 'GET', `daily-limits/${id}/`))).toMatchObject({ isActive: true, limitConfig: { maxCount: 4 } });
  await api(owner, 'DELETE', `daily-limits/${id}/`);
});

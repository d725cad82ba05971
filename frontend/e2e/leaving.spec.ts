import { expect } from '@playwright/test';

import { arrive, pick, saved, test } from './pages';
import { planOf, put } from './plan';

/** Closing the tab asks while something that was typed is not given away, and only then. */

const PERIOD = 3;
const ROW = 8;

test('closing the tab asks while a form holds what is not saved', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await page.evaluate(() => (window.location.hash = '#/schedule/3?dialog=staff'));
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Half a na');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Half a na');
});

test('closing the tab asks while a cell is typed into, and no more when that is entered', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await put(page, await planOf(page, PERIOD), ROW, 11, [['']]);
  await pick(page, ROW, 11);
  await page.keyboard.type('Half');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await expect(page.locator('.ss-editor')).toHaveValue('Half');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
});

test('closing the tab asks while anything typed in the settings is not given away, and no more when it is', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const dialog = page.getByRole('dialog');
  const fields = [
    ['calendar', 'Note', 0],
    ['calendar', 'Note', 1],
    ['calendar', 'Last day', 0],
    ['versions', 'Name of a new version', 0],
  ] as const;
  for (const [tab, label, at] of fields) {
    await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD}?dialog=settings/${tab}`);
    const field = dialog.getByLabel(label, { exact: true }).nth(at);
    const typed = label === 'Last day' ? '2031-01-31' : 'Half a no';
    await field.click();
    await field.fill(typed);
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    await (await asked).dismiss();
    await expect(field, `${tab}: ${label}`).toHaveValue(typed);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD}?dialog=settings/calendar`);
  await dialog.getByLabel('Day', { exact: true }).fill('2031-05-05');
  await dialog.getByLabel('Note', { exact: true }).first().fill('A party');
  await dialog.getByRole('button', { name: 'Add', exact: true }).first().click();
  await expect(dialog.getByText('A party')).toBeVisible();
  await saved(page);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
});

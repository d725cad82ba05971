import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, pick, saved, selectRange, test } from './pages';
import { block, planOf, put, shows } from './plan';

const PERIOD = 2;
const clipboard = { period: PERIOD, permissions: ['clipboard-read', 'clipboard-write'] };
const written = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const write = (page: Page, text: string) => page.evaluate((value) => navigator.clipboard.writeText(value), text);

test('what is copied is what a spreadsheet takes, and comes back from it', async ({ browser }) => {
  const page = await arrive(browser, 'manager', clipboard);
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 0, [
    ['○', '×', 'A "1"'],
    ['', '△', '◇'],
  ]);
  await put(page, plan, 2, 0, block('', 2, 3));
  await selectRange(page, [0, 0], [1, 2]);
  await page.keyboard.press('Control+c');
  await expect(page.locator('.ss-copied')).toBeVisible();
  expect(await written(page)).toBe('○\t×\t"A ""1"""\r\n\t△\t◇');
  // Spreadsheets end the last row too.
  await write(page, `${await written(page)}\r\n`);
  await pick(page, 2, 0);
  await page.keyboard.press('Control+v');
  await shows(page, 2, 0, [
    ['○', '×', 'A "1"'],
    ['', '△', '◇'],
  ]);
});

test('symbols that only look like ours are taken for them', async ({ browser }) => {
  const page = await arrive(browser, 'manager', clipboard);
  await put(page, await planOf(page, PERIOD), 4, 0, block('', 1, 4));
  await write(page, '〇\t✕\tｘ\t本店\n');
  await pick(page, 4, 0);
  await page.keyboard.press('Control+v');
  await shows(page, 4, 0, [['○', '×', '×', '本店']]);
});

test('cut moves, and a small clip tiles a larger selection', async ({ browser }) => {
  const page = await arrive(browser, 'manager', clipboard);
  await put(page, await planOf(page, PERIOD), 0, 4, [
    ['△', '◇', '', '', '', ''],
    ['', '', '', '', '', ''],
  ]);
  await selectRange(page, [0, 4], [0, 5]);
  await page.keyboard.press('Control+x');
  await shows(page, 0, 4, [['', '']]);
  await selectRange(page, [0, 6], [1, 9]);
  await page.keyboard.press('Control+v');
  await shows(page, 0, 6, block('△◇', 2, 2).map(() => ['△', '◇', '△', '◇']));
  await saved(page);
  await page.keyboard.press('Control+z');
  await shows(page, 0, 4, block('', 2, 6));
  await saved(page);
  await page.keyboard.press('Control+z');
  await shows(page, 0, 4, [['△', '◇']]);
});

test('pasting over what is there asks: stop, keep, overwrite', async ({ browser }) => {
  const page = await arrive(browser, 'manager', clipboard);
  await put(page, await planOf(page, PERIOD), 3, 4, [['×', '', '×']]);
  await write(page, '○\t○\t○');
  const paste = async (answer: string) => {
    await pick(page, 3, 4);
    await page.keyboard.press('Control+v');
    const dialog = page.getByRole('dialog', { name: 'Some cells are already filled' });
    await expect(dialog).toContainText('2 cells');
    await dialog.getByRole('button', { name: answer }).click();
    await expect(dialog).toBeHidden();
  };
  await paste('Cancel');
  await shows(page, 3, 4, [['×', '', '×']]);
  await paste('Keep them');
  await shows(page, 3, 4, [['×', '○', '×']]);
  await paste('Overwrite');
  await shows(page, 3, 4, [['○', '○', '○']]);
});

test('what is locked stays, and one is told', async ({ browser }) => {
  const page = await arrive(browser, 'manager', clipboard);
  await put(page, await planOf(page, PERIOD), 5, 4, [['', '']]);
  await pick(page, 5, 4);
  await page.keyboard.press('Alt+l');
  await expect(cellAt(page, 5, 4)).toHaveAccessibleName(/locked/);
  await write(page, '×\t×');
  await page.keyboard.press('Control+v');
  await shows(page, 5, 4, [['', '×']]);
  await expect(page.locator('.app-toast', { hasText: '1 locked' })).toBeVisible();
  await pick(page, 5, 4);
  await page.keyboard.press('Alt+l');
  await expect(cellAt(page, 5, 4)).not.toHaveAccessibleName(/locked/);
});

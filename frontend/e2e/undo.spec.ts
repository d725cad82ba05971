import { expect } from '@playwright/test';

import { arrive, pick, saved, test } from './pages';
import { planOf, put, shows } from './plan';

const PERIOD = 3;

test('undo takes back one’s own changes only', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager', { period: PERIOD }), await arrive(browser, 'owner', { period: PERIOD })];
  await put(mine, await planOf(mine, PERIOD), 0, 8, [['', '']]);
  await pick(mine, 0, 8);
  await mine.keyboard.press('x');
  await saved(mine);
  await pick(theirs, 0, 9);
  await theirs.keyboard.press('d');
  await shows(mine, 0, 8, [['×', '◇']]);
  await mine.keyboard.press('Control+z');
  await shows(theirs, 0, 8, [['', '◇']]);
  await saved(mine);
  await mine.keyboard.press('Control+Shift+z');
  await shows(theirs, 0, 8, [['×', '◇']]);
});

test('one is told where somebody has changed it since, and may undo the rest', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager', { period: PERIOD }), await arrive(browser, 'owner', { period: PERIOD })];
  await put(mine, await planOf(mine, PERIOD), 1, 8, [['', '']]);
  await pick(mine, 1, 8);
  await mine.keyboard.press('Shift+ArrowRight');
  await mine.keyboard.press('x');
  await saved(mine);
  await pick(theirs, 1, 9);
  await theirs.keyboard.press('d');
  await shows(mine, 1, 8, [['×', '◇']]);
  await mine.keyboard.press('Control+z');
  const dialog = mine.getByRole('dialog', { name: 'Not everything can be undone' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo the rest' }).click();
  await shows(mine, 1, 8, [['', '◇']]);
});

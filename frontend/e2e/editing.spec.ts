import { expect } from '@playwright/test';

import { arrive, cellAt, pick, saved, test } from './pages';

test('a key sets a symbol, and a colleague sees it', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager'), await arrive(browser, 'owner')];
  await pick(mine, 2, 4);
  await mine.keyboard.press('d');
  await expect(cellAt(mine, 2, 4)).toHaveText('◇');
  await expect(cellAt(theirs, 2, 4)).toHaveText('◇');
});

test('undo takes back what one did last, redo does it again', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const before = await cellAt(page, 3, 5).innerText();
  await pick(page, 3, 5);
  await page.keyboard.press('*');
  await saved(page);
  await page.keyboard.press('Control+z');
  await expect(cellAt(page, 3, 5)).toHaveText(before);
  await page.keyboard.press('Control+y');
  await expect(cellAt(page, 3, 5)).toHaveText('★');
});

test('Delete clears a range in one step', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const range = [cellAt(page, 4, 8), cellAt(page, 4, 9), cellAt(page, 5, 8), cellAt(page, 5, 9)];
  await pick(page, 4, 8);
  await page.keyboard.press('t');
  await pick(page, 5, 9);
  await page.keyboard.press('t');
  await saved(page);
  const before = await Promise.all(range.map((cell) => cell.innerText()));
  await pick(page, 4, 8);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Delete');
  for (const cell of range) await expect(cell).toHaveText('');
  await saved(page);
  await page.keyboard.press('Control+z');
  for (const [index, cell] of range.entries()) await expect(cell).toHaveText(before[index] ?? '');
});

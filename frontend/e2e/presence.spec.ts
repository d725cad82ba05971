import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, pick, test } from './pages';

const boxes = (page: Page) => page.locator('.ss-presence');

/** From the outline to a cell, in pixels. The outline glides to where it belongs. */
async function distance(page: Page, row: number, day: number): Promise<number> {
  const [outline, cell] = [await boxes(page).boundingBox(), await cellAt(page, row, day).boundingBox()];
  return outline === null || cell === null ? Infinity : Math.abs(outline.x - cell.x) + Math.abs(outline.y - cell.y);
}

test('a colleague is seen: a face above, an outline with initials at their cell', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager'), await arrive(browser, 'owner')];
  await pick(theirs, 6, 10);
  await expect(mine.locator('.app-face')).toHaveCount(1);
  await expect(mine.locator('.app-face .ss-sr')).toHaveText(/owner/i);
  await expect(boxes(mine)).toHaveText(/^O/);
  await expect.poll(() => distance(mine, 6, 10)).toBeLessThan(4);
  await theirs.keyboard.press('ArrowRight');
  await expect.poll(() => distance(mine, 6, 11)).toBeLessThan(4);
});

test('who types in a cell is named there', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager'), await arrive(browser, 'owner')];
  await pick(theirs, 7, 11);
  await theirs.keyboard.press('F2');
  await expect(boxes(mine)).toHaveText(/owner.*editing/i);
  await theirs.keyboard.press('Escape');
  await expect(boxes(mine)).not.toHaveText(/editing/);
});

test('who does nothing for a minute is shown as idle, and who leaves is gone', async ({ browser }) => {
  const mine = await arrive(browser, 'manager');
  await mine.clock.install();
  const theirs = await arrive(browser, 'owner');
  await pick(theirs, 8, 12);
  await expect(boxes(mine)).toHaveCount(1);
  await expect(mine.locator('.ss-presence.ss-idle')).toHaveCount(0);
  // A leap of the clock may look like a broken connection; one who connects anew hears of everybody afresh.
  await expect(async () => {
    await mine.clock.fastForward(75_000);
    await expect(mine.locator('.ss-presence.ss-idle')).toHaveCount(1, { timeout: 3_000 });
    await expect(mine.locator('.app-face.app-idle')).toHaveCount(1, { timeout: 3_000 });
  }).toPass();
  await theirs.close();
  await expect(boxes(mine)).toHaveCount(0);
  await expect(mine.locator('.app-face')).toHaveCount(0);
});

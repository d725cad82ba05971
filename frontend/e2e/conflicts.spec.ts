import { type Browser, expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, pick, saved, test } from './pages';
import { arriveDeaf } from './wire';

const RESTAURANT = 'e1661c71-b24f-4ee1-9e8b-7290a43c9575';

async function setStrategy(browser: Browser, conflictStrategy: string): Promise<void> {
  const owner = await arrive(browser, 'owner');
  await api(owner, 'PATCH', `restaurants/${RESTAURANT}/`, { conflictStrategy });
  await owner.close();
}

test.beforeEach(({ browser }) => setStrategy(browser, 'user_choice'));
test.afterEach(({ browser }) => setStrategy(browser, 'last_writer_wins'));

/** Both set the same cells of a row, the manager without having heard of the owner's. */
async function clash(browser: Browser, row: number, days: readonly number[]): Promise<{ mine: Page; theirs: Page }> {
  const { page: mine, stopEar, openEar } = await arriveDeaf(browser, 'manager');
  const theirs = await arrive(browser, 'owner');
  const fill = async (page: Page, symbol: string) => {
    await pick(page, row, days[0] ?? 0);
    for (const _ of days.slice(1)) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press(symbol);
  };
  // Known values to begin with, equal on both sides.
  await fill(theirs, 's');
  for (const day of days) await expect(cellAt(mine, row, day)).toHaveText('●');
  stopEar();
  await fill(theirs, 't');
  await saved(theirs);
  await fill(mine, 'd');
  openEar();
  await mine.getByRole('button', { name: /to decide/ }).click();
  await mine.getByRole('button', { name: 'Decide', exact: true }).click();
  await expect(mine.getByRole('dialog', { name: 'Conflicts' })).toBeVisible();
  return { mine, theirs };
}

test('both values, whose and when; keeping mine', async ({ browser }) => {
  const { mine, theirs } = await clash(browser, 9, [14]);
  const row = mine.getByRole('dialog').getByRole('row').nth(1);
  await expect(row.getByRole('cell').nth(0)).toHaveText('◇');
  await expect(row.getByRole('cell').nth(1)).toHaveText('△');
  await expect(row.getByRole('cell').nth(2)).toHaveText(/owner.*\d/i);
  await mine.getByRole('button', { name: 'Use mine' }).click();
  await saved(mine);
  await expect(cellAt(mine, 9, 14)).toHaveText('◇');
  await expect(cellAt(theirs, 9, 14)).toHaveText('◇');
});

test('cell by cell: mine here, theirs there', async ({ browser }) => {
  const { mine, theirs } = await clash(browser, 10, [16, 17]);
  await mine.getByRole('dialog').getByRole('radio', { name: /Yours ◇/ }).first().check();
  await mine.getByRole('button', { name: 'Use my selection' }).click();
  await saved(mine);
  for (const page of [mine, theirs]) {
    await expect(cellAt(page, 10, 16)).toHaveText('◇');
    await expect(cellAt(page, 10, 17)).toHaveText('△');
  }
});

test('all of theirs', async ({ browser }) => {
  const { mine } = await clash(browser, 11, [18, 19]);
  await mine.getByRole('button', { name: 'Keep theirs' }).click();
  await saved(mine);
  for (const day of [18, 19]) await expect(cellAt(mine, 11, day)).toHaveText('△');
});

import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, pick, saved, test } from './pages';
import { planOf, put, shows } from './plan';

const PERIOD = 4;
const settle = (page: Page, text: string) =>
  page.getByRole('complementary', { name: 'Problems' }).getByRole('listitem').filter({ hasText: `“${text}”` })
    .getByRole('button', { name: 'Say what it means' });

/** Answers what the text means. */
async function answer(page: Page, text: string, ...answers: readonly (string | RegExp)[]): Promise<void> {
  await expect(settle(page, text)).toHaveCount(1);
  await settle(page, text).click();
  for (const name of answers) {
    const question = page.getByRole('dialog').filter({ hasText: `“${text}”` });
    await question.getByRole('button', { name }).click();
  }
  await saved(page);
  await expect(settle(page, text)).toHaveCount(0);
}

test('text that is no shift type becomes a word for one, one of its own, or a note', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 2, 4, [['面接甲', '面接甲']]);
  await page.getByRole('toolbar').getByRole('button', { name: /problem/ }).click();
  await answer(page, '面接甲', 'Another word for a shift type…', '● Special');
  await shows(page, 2, 4, [['●', '●']]);
  await pick(page, 2, 6);
  await page.keyboard.press('F2');
  await page.keyboard.insertText('面接甲');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 2, 6)).toHaveText('●');

  await put(page, plan, 3, 4, [['研修乙']]);
  await answer(page, '研修乙', 'A new shift type…', 'Normal');
  await expect(page.getByRole('toolbar').getByRole('button', { name: /研修乙/ })).toBeVisible();

  await put(page, plan, 4, 4, [['鍵当番']]);
  await answer(page, '鍵当番', 'A note: keep it as it is');
  await expect(cellAt(page, 4, 4)).toContainText('鍵当番');
});

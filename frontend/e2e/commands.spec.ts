import { expect } from '@playwright/test';

import { arrive, pick, test } from './pages';

test('Ctrl+K finds what can be done by its name, and does it', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('publish');
  await expect(palette.getByRole('option')).toHaveText(['Publish']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Publish' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('鈴木');
  await page.keyboard.press('Enter');
  await expect(page.locator('.sp-status b')).toHaveText('鈴木');
});

test('? tells the keys, but not while one types', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.locator('.sp-filter input').fill('a');
  await page.locator('.sp-filter input').press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.locator('.sp-filter input').fill('');
  await pick(page, 0, 3);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(keys.getByText('Fill down, right')).toBeVisible();
  await expect(keys.locator('kbd').filter({ hasText: 'Ctrl K' })).toBeVisible();
});

test('the language changes without losing the selection, the filter or an open form', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.locator('.sp-filter input').fill('ホール');
  await pick(page, 1, 6);
  await page.keyboard.press('Shift+ArrowRight');
  const active = await page.getByRole('grid').getAttribute('aria-activedescendant');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: '日本語' }).click();
  await expect(page.getByRole('button', { name: '自動作成' })).toBeVisible();
  await expect(page.locator('.sp-filter input')).toHaveValue('ホール');
  await expect(page.locator('.sp-status')).toContainText('2セル');
  await expect(page.locator('.ss-range')).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-activedescendant', active ?? '-');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await page.reload();
  await expect(page.getByRole('button', { name: '自動作成' })).toBeVisible();
});

test('on a phone the menu of a cell stays on the screen', async ({ browser }) => {
  const width = 390;
  const page = await arrive(browser, 'manager', { viewport: { width, height: 844 } });
  const [x, y] = await page.locator('[role=gridcell]').evaluateAll((cells, right) => {
    const boxes = cells.map((cell) => cell.getBoundingClientRect()).filter((box) => box.right < right);
    const last = boxes.reduce((found, box) => (box.right > found.right ? box : found));
    return [last.x + last.width / 2, last.y + last.height / 2] as const;
  }, width);
  await page.mouse.click(x, y, { button: 'right' });
  const menu = page.getByRole('menu');
  await expect.poll(async () => { const box = await menu.boundingBox(); return box !== null && box.x >= 0 && box.x + box.width <= width; }).toBe(true);
});

import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, drawHandle, hasTheKeys, message, pick, saved, selectRange, test } from './pages';
import { block, type Plan, planOf, put } from './plan';

/** Colleagues move rows while one is in the middle of something: the right people's cells are written, or nobody's. */

const PERIOD = 4;
const ROW = 9;
const DAY = 2;

const valuesOf = async (page: Page, { scheduleId, staff, days }: Plan, day: number) => {
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(page, 'GET', `schedules/${scheduleId}/cells/`);
  return staff.map(({ id }) => scheduleData[id]?.[days[day] ?? ''] ?? '');
};

/** Puts the person of a row elsewhere, as a colleague would. */
async function moveRow(page: Page, { staff }: Plan, from: number, to: number): Promise<void> {
  const everybody = await api<{ id: string }[]>(page, 'GET', 'staff/');
  const ids = everybody.map(({ id }) => id);
  const [moved, before] = [staff[from]?.id ?? '', staff[to]?.id ?? ''];
  const rest = ids.filter((id) => id !== moved);
  rest.splice(rest.indexOf(before), 0, moved);
  await api(page, 'POST', 'staff/reorder/', { staffIds: rest });
}

test('a fill that a colleague parts while it is drawn writes nobody’s cells', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, DAY, [['△'], [''], [''], ['']]);
  await saved(page);
  await pick(page, ROW, DAY);
  const to = await drawHandle(page, [ROW, DAY], [ROW + 2, DAY]);
  await moveRow(page, plan, ROW + 3, ROW + 1);
  await expect(message(page, 'rows moved in the meantime')).toBeVisible();
  await expect(page.locator('.ss-filling')).toHaveCount(0);
  await page.mouse.move(to.x, to.y + 2, { steps: 2 });
  await page.mouse.up();
  await saved(page);
  expect((await valuesOf(page, plan, DAY)).slice(ROW, ROW + 4)).toEqual(['△', '', '', '']);
});

test('a selection takes in nobody whom a colleague puts into its middle, and the menu acts on those it was opened for', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, DAY + 1, block('', 4, 1));
  await selectRange(page, [ROW, DAY + 1], [ROW + 1, DAY + 1]);
  await cellAt(page, ROW, DAY + 1).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  const above = await cellAt(page, ROW + 1, DAY + 1).getAttribute('id');
  await moveRow(page, plan, ROW + 3, ROW + 1);
  await expect(cellAt(page, ROW + 1, DAY + 1)).not.toHaveAttribute('id', above ?? '');
  await page.getByRole('menuitem').filter({ hasText: '×' }).click();
  await saved(page);
  expect((await valuesOf(page, plan, DAY + 1)).slice(ROW, ROW + 4)).toEqual(['×', '', '', '']);
});

test('a paste that does not fit says what is left out before it writes, however long it is', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, permissions: ['clipboard-read', 'clipboard-write'] });
  const plan = await planOf(page, PERIOD);
  const last = plan.staff.length - 1;
  await put(page, plan, last - 1, DAY + 3, block('', 2, 2));
  await page.evaluate(() => navigator.clipboard.writeText(`△\t${'long '.repeat(6)}\n`.repeat(130_000)));
  await pick(page, last - 1, DAY + 3);
  await page.keyboard.press('Control+v');
  const question = page.getByRole('dialog', { name: 'Not everything can be pasted' });
  await expect(question).toContainText('129998');
  await expect(question).toContainText('20 characters, skipped: 2');
  await question.getByRole('button', { name: 'Paste nothing' }).click();
  await hasTheKeys(page);
  await expect(cellAt(page, last, DAY + 3)).toHaveText('');
  await page.keyboard.press('Control+v');
  await question.getByRole('button', { name: 'Paste what fits (2)' }).click();
  await expect(cellAt(page, last - 1, DAY + 3)).toHaveText('△');
  await expect(cellAt(page, last, DAY + 3)).toHaveText('△');
  await expect(cellAt(page, last, DAY + 4)).toHaveText('');
});

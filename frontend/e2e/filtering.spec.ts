import { expect, type Page } from '@playwright/test';

import { active, arrive, cellAt, cursor, message, pick, test } from './pages';
import { planOf, put } from './plan';

const PERIOD = 1;
const filter = (page: Page) => page.getByRole('combobox', { name: 'Name, position or group' });
const names = (page: Page) => page.locator('.ss-name-text');

test('people are found by name, position, type and group', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  for (const [typed, shown] of [
    ['与儀', ['与儀']],
    ['板場', ['小池', '岸']],
    ['派遣', ['野口', 'カマル', '鈴木']],
    ['店長・主任', ['中田', '田中']],
    ['ホール パート', ['高橋', '伊藤', '渡辺']],
  ] as const) {
    await filter(page).fill(typed);
    await expect(names(page)).toHaveText(shown);
  }
  await filter(page).fill('nobody is called this');
  await expect(page.getByText('Nobody matches “nobody is called this”.')).toBeVisible();
  await page.getByRole('button', { name: 'Show everyone' }).click();
  await expect(names(page).first()).toBeVisible();
});

test('the selection stays with its people, and nothing is entered where one cannot look', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 8, 20, [['']]);
  await put(page, plan, 0, 20, [['']]);
  await pick(page, 8, 20);
  const selected = await cursor(page);
  await filter(page).fill(plan.staff[0]?.name ?? '?');
  await expect(names(page)).toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('x');
  await expect(message(page, 'no visible row is selected')).toBeVisible();
  await expect(cellAt(page, 0, 20)).toHaveText('');
  await filter(page).press('Escape');
  await expect(names(page).nth(1)).toBeVisible();
  expect(await cursor(page)).toBe(selected);
  await expect(cellAt(page, 8, 20)).toHaveText('');
});

test('people are put together by group, position or type, around the selection', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await pick(page, 4, 6);
  const selected = await cursor(page);
  for (const [by, label] of [
    ['By position', '板場'],
    ['By employment', '社員'],
    ['By group', '板場'],
  ] as const) {
    await page.getByRole('button', { name: /^(No grouping|By )/ }).click();
    await page.getByRole('menuitemradio', { name: by }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(page.getByRole('button', { name: by })).toBeFocused();
    await expect(page.locator('.ss-group-name', { hasText: label })).toHaveCount(1);
    expect(await cursor(page)).toBe(selected);
  }
  // A range goes over the heads of groups.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.locator('body > .ss-sr[role=status]')).toHaveText('2 cells selected');
});

test('the head of the group that one looks at stays below the dates, and hides no cell that one goes to', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD, viewport: { width: 1000, height: 480 } });
  await page.getByRole('button', { name: /^(No grouping|By )/ }).click();
  await page.getByRole('menuitemradio', { name: 'By employment' }).click();
  const grid = page.getByRole('grid');
  const heads = page.locator('.ss-group-name');
  await expect(heads.first()).toBeVisible();
  /** What lies right below the dates, and the group of the first person who can be seen whole below that. */
  const below = () =>
    grid.evaluate((table) => {
      const { left, bottom } = (table.querySelector('.ss-head') as Element).getBoundingClientRect();
      const head = document.elementFromPoint(left + 40, bottom + 8)?.closest('.ss-group');
      const index = Number(head?.getAttribute('aria-rowindex'));
      const person = document.elementFromPoint(left + 40, bottom + 8 + (head?.getBoundingClientRect().height ?? 0))?.closest('[role=row]');
      return { label: head?.textContent ?? null, index, next: Number(person?.getAttribute('aria-rowindex')) };
    });
  const first = await below();
  expect(first.label).toBe(await heads.first().textContent());
  const height = (await page.locator('.ss-row').first().boundingBox())?.height ?? Number.NaN;
  await grid.evaluate((table, by) => table.scrollBy(0, by), 2 * height);
  await expect.poll(async () => (await below()).next).toBeGreaterThan(first.index + 2);
  expect((await below()).label).toBe(first.label);
  await grid.evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await expect.poll(async () => (await below()).label).not.toBe(first.label);
  // Walking up, every cell comes out from under the head.
  await grid.focus();
  await page.keyboard.press('Control+End');
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('ArrowUp');
    const isSeen = async () =>
      (await active(page)).evaluate((cell) => {
        const { left, top, bottom } = cell.getBoundingClientRect();
        return [top + 3, bottom - 4].every((y) => document.elementFromPoint(left + 4, y) === cell);
      });
    await expect.poll(isSeen, `step ${step}`).toBe(true);
  }
});

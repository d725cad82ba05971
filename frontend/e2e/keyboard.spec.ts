import { expect, type Page } from '@playwright/test';

import { active, arrive, cellAt, cursor, hasTheKeys, pick, test } from './pages';
import { block, planOf, put, shows } from './plan';

const PERIOD = 1;

/** Every corner of the cursor's cell is what one sees at that place: nothing sticky lies over it, and nothing cuts it off. */
async function isWhollyInView(page: Page): Promise<boolean> {
  return (await active(page)).evaluate((cell) => {
    const { left, right, top, bottom } = cell.getBoundingClientRect();
    const points = [
      [left + 3, top + 3],
      [right - 4, top + 3],
      [left + 3, bottom - 4],
      [(left + right) / 2, (top + bottom) / 2],
      [right - 4, (top + bottom) / 2],
    ] as const;
    return points.every(([x, y]) => document.elementFromPoint(x, y) === cell);
  });
}

const WALKS = [
  ['Control+End'],
  ['Control+Home'],
  ['End'],
  ['PageDown'],
  ['PageDown', 'PageDown', 'PageDown', 'PageDown'],
  ['Home'],
  ['PageUp'],
  ['Control+ArrowDown', 'Control+ArrowRight'],
  ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp'],
  ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft'],
  ['Control+Home', 'Shift+Control+End'],
] as const;

for (const viewport of [
  { width: 1366, height: 768 },
  { width: 720, height: 480 },
]) {
  test(`the cursor never leaves the view at ${viewport.width} × ${viewport.height}`, async ({ browser }) => {
    const page = await arrive(browser, 'viewer', { period: PERIOD, viewport });
    await page.getByRole('grid').focus();
    for (const walk of WALKS) {
      for (const key of walk) await page.keyboard.press(key);
      await expect.poll(() => isWhollyInView(page), walk.join(' ')).toBe(true);
    }
  });
}

test('keys go where a spreadsheet user expects', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD });
  const { days, staff } = await planOf(page, PERIOD);
  const last = days.length - 1;
  const at = async () => {
    const cell = await active(page);
    const row = await cell.evaluate((element) => Number(element.parentElement?.getAttribute('aria-rowindex')) - 2);
    return [row, Number(await cell.getAttribute('aria-colindex')) - 2];
  };
  await page.getByRole('grid').focus();
  const steps: readonly (readonly [string, readonly [number, number]])[] = [
    ['ArrowRight', [0, 1]],
    ['ArrowDown', [1, 1]],
    ['Tab', [1, 2]],
    ['Shift+Tab', [1, 1]],
    ['Enter', [2, 1]],
    ['Shift+Enter', [1, 1]],
    ['End', [1, last]],
    // Tab goes on in the next row, as Enter does in the next column.
    ['Tab', [2, 0]],
    ['Home', [2, 0]],
    ['ArrowLeft', [2, 0]],
    ['Control+End', [staff.length - 1, last]],
    ['Control+Home', [0, 0]],
    ['ArrowUp', [0, 0]],
  ];
  for (const [key, where] of steps) {
    await page.keyboard.press(key);
    expect(await at(), key).toEqual(where);
  }
  const [from] = await at();
  await page.keyboard.press('PageDown');
  expect((await at())[0]).toBeGreaterThan((from ?? 0) + 3);
  await page.keyboard.press('PageUp');
  expect(await at()).toEqual([0, 0]);
  expect(await cursor(page)).toContain(staff[0]?.name ?? '?');
});

test('the table is one stop for Tab, and Escape, Tab leaves it', async ({ browser }) => {
  const page = await arrive(browser, 'viewer', { period: PERIOD });
  await expect(page.locator('.ss-body [tabindex="0"]')).toHaveCount(0);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.locator('.ss-grid:focus-within')).toHaveCount(0);
});

test('one key sets each symbol, and the cursor goes on by itself', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 0, block('', 1, 13));
  await pick(page, 0, 0);
  for (const key of ['o', 't', 'd', 'x', '*', 's', '1', '2', '3', '4', '5', '6']) await page.keyboard.press(key);
  await shows(page, 0, 0, [['○', '△', '◇', '×', '★', '●', '○', '△', '◇', '×', '★', '●', '']]);
  await page.keyboard.press('x');
  await expect(cellAt(page, 0, 12)).toHaveText('×');
});

test('where the cursor goes on to can be chosen', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 1, 0, block('', 2, 2));
  await page.getByRole('button', { name: 'Then: right' }).click();
  await pick(page, 1, 0);
  await page.keyboard.press('x');
  await page.keyboard.press('t');
  await shows(page, 1, 0, [
    ['×', ''],
    ['△', ''],
  ]);
  await page.getByRole('button', { name: 'Then: down' }).click();
  await pick(page, 1, 1);
  await page.keyboard.press('x');
  await page.keyboard.press('d');
  await shows(page, 1, 0, [
    ['×', '◇'],
    ['△', ''],
  ]);
});

test('any other character starts free text, which Enter keeps and Escape drops', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 3, 0, block('', 2, 1));
  await pick(page, 3, 0);
  await page.keyboard.type('Hall');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 3, 0)).toHaveText('Hall');
  await page.keyboard.type('Bar');
  await page.keyboard.press('Escape');
  await expect(cellAt(page, 4, 0)).toHaveText('');
  await hasTheKeys(page);
});

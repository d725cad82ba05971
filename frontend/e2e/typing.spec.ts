import { expect, type Page } from '@playwright/test';

import { InputMethod } from './ime';
import { api, arrive, cellAt, cursor, hasTheKeys, message, pick, saved, test } from './pages';
import { block, type Plan, planOf, put, shows } from './plan';

/** How texts come into cells: by an input method, with other keyboards, and what becomes of them when one goes away. */

const PERIOD = 4;

const editor = (page: Page) => page.locator('.ss-editor');

const valueOf = async (page: Page, plan: Plan, row: number, day: number) => {
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(page, 'GET', `schedules/${plan.scheduleId}/cells/`);
  return scheduleData[plan.staff[row]?.id ?? '']?.[plan.days[day] ?? ''] ?? '';
};

test('Japanese is composed right on the cell, and nothing is entered before it is done', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 0, block('', 3, 2));
  const ime = await InputMethod.of(page);
  await pick(page, 0, 0);
  await ime.key('KeyK');
  await ime.compose('ｋ', 'け', 'けんしゅう', '研修');
  await expect(editor(page)).toHaveValue('研修');
  await ime.key('Enter');
  await expect(cellAt(page, 0, 0)).toHaveText('');
  await saved(page);
  expect(await valueOf(page, plan, 0, 0)).toBe('');
  await ime.write('研修');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 0, 0)).toHaveText('研修');
  await saved(page);
  expect(await valueOf(page, plan, 0, 0)).toBe('研修');
  // On the next cell: a lone full-width letter stands for its key, and what was let go of leaves nothing.
  await ime.compose('ｘ');
  await ime.write('ｘ');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 1, 0)).toHaveText('×');
  await ime.compose('け', '');
  await page.keyboard.press('ArrowUp');
  await expect(editor(page)).toHaveCount(0);
  expect(await valueOf(page, plan, 2, 0)).toBe('');
});

test('what is being composed when one clicks elsewhere is neither entered nor lost', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 3, 0, block('', 2, 2));
  const ime = await InputMethod.of(page);
  await pick(page, 3, 0);
  await ime.compose('しゅっちょ');
  await pick(page, 4, 1);
  await expect(page.locator('.ss-draft')).toHaveText('しゅっちょ');
  await expect(message(page, 'しゅっちょ')).toBeVisible();
  await saved(page);
  expect(await valueOf(page, plan, 3, 0)).toBe('');
  await page.keyboard.press('x');
  await shows(page, 4, 1, [['×']]);
  await pick(page, 3, 0);
  await page.keyboard.press('F2');
  await expect(editor(page)).toHaveValue('しゅっちょ');
  await page.keyboard.type('う');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 3, 0)).toHaveText('しゅっちょう');
  await expect(page.locator('.ss-draft')).toHaveCount(0);
});

test('a form that saves itself does not save half of a word', async ({ browser }) => {
  const sent: string[] = [];
  const page = await arrive(browser, 'manager', {
    before: (its) => Promise.resolve(its.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))))),
  });
  await page.goto('/#/schedule?dialog=settings/weeklyLimits');
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).first();
  const before = await name.inputValue();
  const ime = await InputMethod.of(page);
  await name.focus();
  await page.keyboard.press('End');
  await page.clock.install();
  await ime.compose('こ', 'こと');
  await expect(name).toHaveValue(`${before}こと`);
  await page.clock.runFor(3_000);
  expect(sent.filter((frame) => frame.includes('こ'))).toEqual([]);
  await ime.key('Enter');
  await ime.write('言葉');
  await expect(name).toHaveValue(`${before}言葉`);
  await page.clock.runFor(3_000);
  await expect.poll(() => sent.filter((frame) => frame.includes('言葉')).length).toBe(1);
  await name.fill(before);
  await page.clock.runFor(3_000);
  await expect(page.getByRole('dialog').getByRole('status').getByText('Saved')).toBeVisible();
});

test('half-typed text is there again after Back, another period, and a reload; only for its author', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 5, 1, [['']]);
  await pick(page, 5, 1);
  await page.keyboard.type('Mee');
  await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD - 1}`);
  await expect(page).toHaveURL(/schedule\/3/);
  await expect(editor(page)).toHaveCount(0);
  await page.goBack();
  await expect(editor(page)).toHaveValue('Mee');
  await page.keyboard.type('ti');
  await page.reload();
  await expect(editor(page)).toHaveValue('Meeti');
  await expect(editor(page)).toBeFocused();
  expect(await valueOf(page, plan, 5, 1)).toBe('');
  // Nobody else at this browser sees it.
  const kept = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)) as Record<string, string>);
  const other = await arrive(browser, 'owner', { period: PERIOD, before: (its) => its.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value)), kept) });
  await expect(editor(other)).toHaveCount(0);
  await expect(other.locator('.ss-draft')).toHaveCount(0);
  await page.keyboard.type('ng');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 5, 1)).toHaveText('Meeting');
  await page.reload();
  await expect(cellAt(page, 5, 1)).toHaveText('Meeting');
  await expect(editor(page)).toHaveCount(0);
});

test('shortcuts are found by the place of their keys where a keyboard writes something else', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 6, 0, block('', 1, 2));
  const cdp = await page.context().newCDPSession(page);
  const press = async (key: string, code: string, modifiers: number) => {
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code, modifiers });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, modifiers });
  };
  const [ALT, CONTROL, SHIFT] = [1, 2, 8];
  await pick(page, 6, 0);
  await press('¬', 'KeyL', ALT);
  await expect(cellAt(page, 6, 0)).toHaveAccessibleName(/locked/);
  await press('¬', 'KeyL', ALT);
  await expect(cellAt(page, 6, 0)).not.toHaveAccessibleName(/locked/);
  await page.keyboard.press('x');
  await saved(page);
  await press('я', 'KeyZ', CONTROL);
  await shows(page, 6, 0, [['']]);
  await pick(page, 6, 0);
  await press('１', 'Numpad1', 0);
  await shows(page, 6, 0, [['○']]);
  await press('？', 'Slash', SHIFT);
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await hasTheKeys(page);
  await press('л', 'KeyK', CONTROL);
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
});

test('the cursor is told by the input that has the focus', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await pick(page, 2, 3);
  const focused = await page.evaluate(() => {
    const at = document.activeElement;
    return { tag: at?.tagName, cell: document.getElementById(at?.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label') };
  });
  expect(focused).toEqual({ tag: 'INPUT', cell: await cursor(page) });
  // One comes into the table and out of it by Tab, in both directions.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('.ss-grid:focus-within')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await hasTheKeys(page);
});

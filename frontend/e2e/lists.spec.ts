import { expect, type Page } from '@playwright/test';

import { broken } from './axe';
import { api, arrive, message, test } from './pages';
import { planOf, put, shows } from './plan';

/** People and months out of files that are no workbooks, and many people changed at once. */

const PERIOD = 3;

interface Member {
  readonly id: string;
  readonly name: string;
  readonly position: string;
  readonly endPeriod: object | null;
}

const members = (page: Page) => api<Member[]>(page, 'GET', 'staff/');

async function accessible(page: Page): Promise<void> {
  expect(await broken(page, { inside: '[role=dialog]' })).toEqual([]);
}

/** 氏名,役職 / 山本 次郎,ホール / 田中,洗い場, as Excel in Japan writes it: in Shift_JIS. */
const SHIFT_JIS = '8e8196bc2c96f090450d0a8e52967b208e9f98592c837a815b838b0d0a936392862c90f482a28fea0d0a';

test('staff come out of a Shift_JIS file: the new, those who are here, and those of whom one is asked', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const own = `ぬ${Date.now() % 100_000}`;
  await api(page, 'POST', 'staff/', { name: `${own} 一郎` });
  await page.goto('/#/schedule/1?dialog=staff/several');
  const dialog = page.getByRole('dialog', { name: 'Staff' });
  await dialog.locator('input[type=file]').setInputFiles({ name: '名簿.csv', mimeType: 'text/csv', buffer: Buffer.from(SHIFT_JIS, 'hex') });
  const rows = dialog.getByRole('row');
  await expect(rows.filter({ hasText: '山本 次郎' })).toContainText('ホール');
  await expect(rows.filter({ hasText: '山本 次郎' })).toContainText('Will be added');
  await dialog.getByLabel('Add from a list').fill(`名前\t役職\n${own}\t洗い場\n${own} 一郎\t\n${own}二`);
  await expect(rows.filter({ hasText: 'Already here' })).toHaveCount(1);
  await accessible(page);
  await dialog.getByLabel(`${own}: Is this ${own} 一郎?`).selectOption('new');
  await dialog.getByRole('button', { name: /^Add \d/ }).click();
  await expect.poll(async () => (await members(page)).filter(({ name }) => name.startsWith(own)).map(({ name, position }) => [name, position])).toContainEqual([own, '洗い場']);
});

test('a file that is no list is refused in a sentence', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.goto('/#/schedule/1?dialog=staff/several');
  const dialog = page.getByRole('dialog', { name: 'Staff' });
  await dialog.locator('input[type=file]').setInputFiles({ name: 'list.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') });
  await expect(dialog.getByRole('alert')).toContainText('not an Excel workbook');
});

test('a month comes out of a CSV file, drawn as the grid is, in one step', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const [first, second] = plan.staff;
  await put(page, plan, 0, 0, [['○', '']]);
  const head = ['名前', ...plan.days.slice(0, 3).map((day) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`)];
  const csv = [head, [first?.name, '公休', '早番', ''], [second?.name, '', '', '']].map((row) => row.join(',')).join('\r\n');
  await page.goto(`/#/schedule/${PERIOD}?dialog=import`);
  const dialog = page.getByRole('dialog', { name: 'Import a table' });
  await dialog.locator('input[type=file]').setInputFiles({ name: 'month.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf16le') });
  const preview = dialog.getByRole('region', { name: 'The table after the import' });
  const row = preview.getByRole('row').filter({ has: page.getByRole('rowheader', { name: first?.name ?? '' }) });
  await expect(row.getByRole('cell').first()).toHaveText('○ → ×');
  await expect(preview.getByRole('columnheader')).toHaveCount(3);
  await accessible(page);
  await dialog.getByRole('button', { name: /^Import \d+ cells?$/ }).click();
  await shows(page, 0, 0, [['×', '△']]);
  await message(page, 'imported').getByRole('button', { name: 'Undo' }).click();
  await shows(page, 0, 0, [['○', '']]);
});

test('the source of a web page, pasted, is read as its table', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 4, 0, [['', '']]);
  const days = plan.days.slice(0, 3).map((day) => `<td>${Number(day.slice(5, 7))}/${Number(day.slice(8))}</td>`);
  await page.goto(`/#/schedule/${PERIOD}?dialog=import`);
  const dialog = page.getByRole('dialog', { name: 'Import a table' });
  await dialog.getByLabel('Paste a copied table here').fill(`<table><tr><th>名前</th>${days.join('')}</tr><tr><td>${plan.staff[4]?.name ?? ''}</td><td>公休</td><td>遅番</td></tr></table>`);
  await expect(dialog.getByRole('rowheader', { name: plan.staff[4]?.name ?? '' })).toBeVisible();
  await dialog.getByRole('button', { name: /^Import \d+ cells?$/ }).click();
  await shows(page, 4, 0, [['×', '◇']]);
});

test('several people are changed at once, and one undo takes all of it back', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const mark = `まとめ${Date.now() % 100_000}`;
  for (const place of [1, 2, 3]) await api(page, 'POST', 'staff/', { name: `${mark} ${place}`, position: '見習い', status: 'パート' });
  const facts = async () => (await members(page)).filter(({ name }) => name.startsWith(mark)).map(({ position, endPeriod }) => [position, endPeriod]);
  await page.goto('/#/schedule/1?dialog=staff/many');
  const dialog = page.getByRole('dialog', { name: 'Staff' });
  await dialog.getByRole('searchbox').fill(mark);
  await expect(dialog.getByRole('checkbox')).toHaveCount(4);
  await dialog.getByLabel(`${mark} 1`).check();
  await dialog.getByLabel(`${mark} 3`).check();
  await expect(dialog.getByRole('button', { name: 'Change 2 people' })).toBeDisabled();
  await accessible(page);
  await dialog.getByLabel('Position').fill('ホール');
  await dialog.getByLabel('Last day at work').fill('2099-03-31');
  const group = dialog.getByLabel('Add to the group');
  const label = (await group.locator('option').nth(1).textContent()) ?? '';
  await group.selectOption({ label });
  await dialog.getByRole('button', { name: 'Change 2 people' }).click();
  const end = { year: 2099, month: 3, day: 31 };
  await expect.poll(facts).toEqual([['ホール', end], ['見習い', null], ['ホール', end]]);
  const ids = new Set((await members(page)).filter(({ name }) => name.startsWith(mark)).map(({ id }) => id));
  const inGroup = async () => {
    const groups = await api<{ name: string; groupConfig: { members?: string[] } }[]>(page, 'GET', 'staff-groups/');
    return (groups.find(({ name }) => name === label)?.groupConfig.members ?? []).filter((id) => ids.has(id)).length;
  };
  await expect.poll(inGroup).toBe(2);
  // What a colleague has changed since stays.
  const third = (await members(page)).find(({ name }) => name === `${mark} 3`)?.id ?? '';
  await api(page, 'PATCH', `staff/${third}/`, { position: '洗い場' });
  await expect(dialog.getByText('洗い場')).toBeVisible();
  await message(page, '2 people were changed').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(facts).toEqual([['見習い', null], ['見習い', null], ['洗い場', null]]);
  await expect.poll(inGroup).toBe(0);
});

test('a list of names and positions with nothing but spaces asks about what may be one person, and what a word is', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const own = `ね${Date.now() % 100_000}`;
  await page.goto('/#/schedule/1?dialog=staff/several');
  const dialog = page.getByRole('dialog', { name: 'Staff' });
  await dialog.getByLabel('Add from a list').fill(`${own}\u3000テラス\n${own}\u3000美咲\u3000テラス\n${own}\u3000美咲\u3000ホール`);
  const rows = dialog.getByRole('row');
  await expect(rows.filter({ has: page.getByRole('cell', { name: 'テラス', exact: true }) })).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Will be added' })).toHaveCount(1);
  await expect(dialog.getByText('2 people may already be here or in this list. Please decide.')).toBeVisible();
  await expect(dialog.getByLabel('What is “テラス”?')).toHaveValue('position');
  await accessible(page);
  await dialog.getByLabel(`${own}: Is this ${own}\u3000美咲?`).selectOption('new');
  await dialog.getByRole('button', { name: 'Add 2 people' }).click();
  const added = async () => (await members(page)).filter(({ name }) => name.startsWith(own)).map(({ name, position }) => `${name}|${position}`);
  await expect.poll(added).toEqual([`${own}|テラス`, `${own}\u3000美咲|テラス`]);
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { expect, type Page } from '@playwright/test';

import { api, arrive, message, test } from './pages';
import { type Plan, planOf, put, shows } from './plan';

/** Files that leave the restaurant, go through other programs, and come back: nothing is changed, nothing lost. */

const PERIOD = 4;
const run = promisify(execFile);
const PROGRAMS = fileURLToPath(new URL('spreadsheets/programs.mjs', import.meta.url));

type Edit = readonly [sheet: number, cell: string, value: string | number | null];
type Resave = (from: string, to: string, edits: readonly Edit[]) => Promise<void>;

const library =
  (name: string): Resave =>
  async (from, to, edits) => {
    await run('node', [PROGRAMS, name, 'resave', JSON.stringify({ from, to, edits })]);
  };

/** LibreOffice opens the file and saves it; what is edited, a library has edited before. `soffice` must be there: `.ci/run` installs it. */
const libreOffice: Resave = async (from, to, edits) => {
  const directory = await mkdtemp(join(tmpdir(), 'office-'));
  const edited = join(directory, 'month.xlsx');
  if (edits.length > 0) await library('exceljs')(from, edited, edits);
  else await writeFile(edited, await readFile(from));
  const profile = pathToFileURL(join(directory, 'profile')).href;
  await run('soffice', [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', join(directory, 'out'), edited], { timeout: 120_000 });
  await rename(join(directory, 'out', 'month.xlsx'), to);
  await rm(directory, { recursive: true, force: true });
};

const PROGRAM: Readonly<Record<string, Resave>> = { LibreOffice: libreOffice, SheetJS: library('sheetjs'), exceljs: library('exceljs') };

interface Preview {
  readonly changes: readonly { readonly staffId: string; readonly dateKey: string; readonly shiftValue: string }[];
  readonly conflicts: readonly unknown[];
  readonly problems: readonly string[];
  readonly remarks: readonly { readonly code: string }[];
  readonly unknownPeople: readonly { readonly name: string }[];
  readonly people: readonly unknown[];
  readonly words: readonly unknown[];
  readonly days: readonly string[];
}

const preview = async (page: Page, { scheduleId }: Plan, file: string): Promise<Preview> =>
  api<Preview>(page, 'POST', `schedules/${scheduleId}/import/preview/`, { file: (await readFile(file)).toString('base64') });

/** Values that a spreadsheet would like to make something else of. */
const ODD = ['=1+1', '1.50', 'TRUE', '8/21', '2025-08-01', '00123', "'早", '_x0041_', '+81', '1e5'];

let directory = '';
test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sheets-'));
});
test.afterAll(() => rm(directory, { recursive: true, force: true }));

async function exported(page: Page, plan: Plan): Promise<string> {
  const answer = await page.request.get(`/api/schedules/${plan.scheduleId}/export.xlsx`);
  const file = join(directory, 'exported.xlsx');
  await writeFile(file, await answer.body());
  return file;
}

for (const [name, resave] of Object.entries(PROGRAM)) {
  test(`${name} saves our file: nothing is changed, lost or of another kind, and one edit is one change`, async ({ browser }) => {
    // An office suite takes its time to start, twice.
    test.setTimeout(300_000);
    const page = await arrive(browser, 'manager', { period: PERIOD });
    const plan = await planOf(page, PERIOD);
    await put(page, plan, 0, 0, [ODD, ['○', '△', '◇', '×', '★', '●', '本店', '', '', '']]);
    const from = await exported(page, plan);
    const to = join(directory, `${name}.xlsx`);
    await resave(from, to, []);
    expect(await preview(page, plan, to)).toMatchObject({ changes: [], conflicts: [], problems: [], words: [], unknownPeople: [], days: plan.days });
    await resave(from, to, [[0, 'E3', '×'], [0, 'D4', null]]);
    const { changes, problems } = await preview(page, plan, to);
    expect(problems).toEqual([]);
    expect(changes.map(({ staffId, dateKey, shiftValue }) => [staffId, dateKey, shiftValue])).toEqual([
      [plan.staff[0]?.id, plan.days[1], '×'],
      [plan.staff[1]?.id, plan.days[0], ''],
    ]);
  });
}

for (const name of ['SheetJS', 'exceljs']) {
  test(`a month sheet that ${name} wrote is read by its dates and names, and what is no cell is named`, async ({ browser }) => {
    const page = await arrive(browser, 'manager', { period: PERIOD });
    const plan = await planOf(page, PERIOD);
    const special = ['rich', 'formula', 'time', 'date', 'flag'].map((kind, at) => ({ kind, value: ['公休', '早番', '', '', ''][at] }));
    const values = plan.staff.map((_, row) => plan.days.map((__, column) => (row === 3 ? (special[column] ?? '公休') : column % 7 === row ? '公休' : '出')));
    const to = join(directory, `month-${name}.xlsx`);
    const month = { to, days: plan.days, names: plan.staff.map((each) => each.name), values };
    await run('node', [PROGRAMS, name.toLowerCase(), 'month', JSON.stringify(month)]);
    const told = await preview(page, plan, to);
    expect([told.days, told.people.length, told.unknownPeople]).toEqual([plan.days, plan.staff.length, []]);
    expect(told.remarks.map(({ code }) => code).sort()).toEqual(['day', 'flag', 'time', 'totals']);
    const found = new Map(told.changes.map(({ staffId, dateKey, shiftValue }) => [`${staffId} ${dateKey}`, shiftValue]));
    const off = plan.staff[5]?.id ?? '';
    expect(found.get(`${off} ${plan.days[5]}`)).toBe('×');
    expect(found.get(`${plan.staff[3]?.id} ${plan.days[0]}`)).toBe('×');
    expect(found.get(`${plan.staff[3]?.id} ${plan.days[1]}`)).toBe('△');
  });
}

const TABLE_PERIOD = 5;

test('a table is pasted whole: people who are not known are asked about, a word is settled, and it is one step', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: TABLE_PERIOD, permissions: ['clipboard-read', 'clipboard-write'] });
  const plan = await planOf(page, TABLE_PERIOD);
  await put(page, plan, 12, 0, [['', '', '']]);
  const heads = plan.days.slice(0, 3).map((day) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`);
  const rows = [['シフト表', '', '', ''], ['名前', ...heads], [plan.staff[12]?.name ?? '', '公休', '早番', '出張'], ['新人', '早番', '早番', '早番']];
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows.map((row) => row.join('\t')).join('\n'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+v');
  const dialog = page.getByRole('dialog', { name: 'Import a table' });
  await expect(dialog.getByRole('status')).toContainText('3 changes');
  await dialog.getByLabel('新人').selectOption({ label: plan.staff[13]?.name ?? '' });
  await expect(dialog.getByRole('status')).toContainText('2 people');
  await dialog.getByLabel('新人').selectOption({ label: 'Leave this person out' });
  await expect(dialog.getByRole('status')).toContainText('1 person');
  await expect(dialog.getByLabel('“出張” (1)')).toBeVisible();
  await dialog.getByRole('button', { name: 'Import 3 cells' }).click();
  await shows(page, 12, 0, [['×', '△', '出張']]);
  await message(page, '3 cells imported').getByRole('button', { name: 'Undo' }).click();
  await shows(page, 12, 0, [['', '', '']]);
});

test('a file of another month is refused in a sentence', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: TABLE_PERIOD });
  const other = await planOf(page, PERIOD);
  const to = join(directory, 'other.xlsx');
  await run('node', [PROGRAMS, 'exceljs', 'month', JSON.stringify({ to, days: other.days, names: [other.staff[0]?.name], values: [other.days.map(() => '公休')] })]);
  await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Import a table' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a table' });
  await dialog.locator('input[type=file]').setInputFiles(to);
  await expect(dialog.getByRole('alert')).toContainText('are not in this period');
  await expect(dialog.getByRole('button', { name: 'Import', exact: false }).last()).toBeDisabled();
});

test('a table whose days run down lands on its people and days, and is one step', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: TABLE_PERIOD, permissions: ['clipboard-read', 'clipboard-write'] });
  const plan = await planOf(page, TABLE_PERIOD);
  await put(page, plan, 12, 0, [['', '', '']]);
  const days = plan.days.slice(0, 4).map((day) => [`${Number(day.slice(5, 7))}/${Number(day.slice(8))}`, '公休', '早番']);
  const rows = [['日', plan.staff[12]?.name ?? '', plan.staff[13]?.name ?? ''], ...days];
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows.map((row) => row.join('\t')).join('\n'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+v');
  const dialog = page.getByRole('dialog', { name: 'Import a table' });
  await dialog.getByRole('button', { name: /^Import \d+ cells?$/ }).click();
  const read = [['×', '×', '×', '×'], ['△', '△', '△', '△']];
  await shows(page, 12, 0, read);
  await page.getByRole('toolbar').getByRole('button', { name: 'Undo' }).click();
  await shows(page, 12, 0, [['', '', '']]);
});

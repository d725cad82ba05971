import { expect, type Page } from '@playwright/test';

import { api, arrive, test } from './pages';

/** Over the month after that of today: who leaves today is still on this one. */
const openStaff = async (page: Page) => {
  await page.goto('/#/schedule/1?dialog=staff');
  const dialog = page.getByRole('dialog', { name: 'Staff' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeVisible();
  return dialog;
};

interface Member {
  readonly id: string;
  readonly name: string;
  readonly position: string;
  readonly blankMeans: string;
  readonly allowedShiftTypes: readonly string[];
  readonly startPeriod: { readonly year: number; readonly month: number } | null;
  readonly staffOrder: number;
  readonly isActive: boolean;
}

const member = async (page: Page, name: string) => (await api<Member[]>(page, 'GET', 'staff/')).find((each) => each.name === name);

test('somebody is added, edited, moved, deactivated and comes back', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await openStaff(page);
  const name = `新人${Date.now() % 100000}`;
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('This is required')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('textbox', { name: 'Position' }).fill('見習い');
  await dialog.getByRole('textbox', { name: 'Employed from' }).fill('2026-04');
  await dialog.getByRole('combobox', { name: 'A blank cell means' }).selectOption('free');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.locator('.ss-name', { hasText: name })).toHaveCount(1);
  await expect.poll(() => member(page, name)).toMatchObject({ position: '見習い', blankMeans: 'free', startPeriod: { year: 2026, month: 4 }, allowedShiftTypes: [] });

  // Saved as one goes.
  await dialog.getByText('Choose…').click();
  await dialog.getByRole('checkbox', { name: '△ Early' }).check();
  await dialog.getByRole('textbox', { name: 'Position' }).fill('洗い場');
  await expect.poll(() => member(page, name)).toMatchObject({ position: '洗い場', allowedShiftTypes: ['△'] });

  const names = () => dialog.locator('.st-member .st-row > span').allInnerTexts();
  const place = (await names()).indexOf(name);
  await dialog.getByRole('button', { name: `Up: ${name}` }).click();
  await expect.poll(async () => (await names()).indexOf(name)).toBe(place - 1);

  const choose = () => dialog.locator('.st-row', { hasText: name }).click();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(dialog.getByText(/not on the schedule from the day you choose/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.locator('.ss-name', { hasText: name })).toHaveCount(0);
  await dialog.getByText('Inactive').click();
  await choose();
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.locator('.ss-name', { hasText: name })).toHaveCount(1);

  // Whoever has left is not in a later month: nothing of this stays for others.
  await dialog.getByText('Employed', { exact: true }).click();
  await choose();
  await dialog.getByRole('textbox', { name: 'Employed until' }).fill('2026-05');
  await expect(page.locator('.ss-name', { hasText: name })).toHaveCount(0);
});

test('an end before the start is refused at its field', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await openStaff(page);
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nobody');
  await dialog.getByRole('textbox', { name: 'Employed from' }).fill('2026-04');
  await dialog.getByRole('textbox', { name: 'Employed until' }).fill('2026-03');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Employed until' })).toHaveAttribute('aria-invalid', 'true');
  expect(await member(page, 'Nobody')).toBeUndefined();
});

test('everybody is on paper, A4 and A3', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  const people = Number(/\d+/.exec(await page.getByRole('columnheader', { name: /people/ }).innerText())?.[0]);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Print or PDF' }).click();
  await expect(page.locator('.pr-table tbody tr')).toHaveCount(people);
  const sizes = async (): Promise<string> => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    return [...new Set(pdf.match(/\/MediaBox ?\[[^\]]+\]/g))].join();
  };
  await expect(page.getByRole('columnheader')).toHaveCount(32);
  expect(await sizes()).toMatch(/84[12]\S* 59[45]/);
  await page.getByRole('combobox', { name: 'Paper' }).selectOption('A3');
  expect(await sizes()).toMatch(/1190\S* 84[12]|1191\S* 84[12]/);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
});

test('the month is saved as CSV and Excel, and each person has a calendar of their own', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  await page.getByRole('button', { name: 'More' }).click();
  for (const [item, start] of [['Save as CSV', '\uFEFF'], ['Save as Excel', 'PK']] as const) {
    const href = await page.getByRole('menuitem', { name: item }).getAttribute('href');
    const file = await page.request.get(href ?? '');
    expect(file.status()).toBe(200);
    expect((await file.body()).toString(start === 'PK' ? 'latin1' : 'utf8').startsWith(start)).toBe(true);
  }
  await page.getByRole('menuitem', { name: 'iCalendar, by person' }).click();
  const dialog = page.getByRole('dialog', { name: 'iCalendar, by person' });
  await dialog.getByRole('button', { name: '佐藤: New link' }).click();
  const address = await dialog.getByRole('textbox').inputValue();
  const feed = await page.request.get(address);
  expect(await feed.text()).toContain('BEGIN:VCALENDAR');
});

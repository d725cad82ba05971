import { expect, type Page } from '@playwright/test';

import { api, arrive, test } from './pages';
import { planOf } from './plan';

const open = async (page: Page) => {
  await page.goto('/#/schedule?dialog=settings/staffingNeeds');
  const dialog = page.getByRole('dialog', { name: /Settings/ });
  await expect(dialog).toBeVisible();
  return dialog;
};

interface Need {
  readonly id: string;
  readonly name: string;
  readonly needConfig: { readonly perDay?: Record<string, number | null>; readonly perDate?: Record<string, number> };
}

const stored = async (page: Page, name: string) => (await api<Need[]>(page, 'GET', 'staffing-needs/')).find((need) => need.name === name);

test('a need is added, its numbers are filled in as a table, a colleague sees them, and they are counted', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager', { period: 4 }), await arrive(browser, 'owner', { period: 4 })];
  const plan = await planOf(mine, 4);
  const [dialog, other] = [await open(mine), await open(theirs)];
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByLabel('Name').fill('Evening');
  await dialog.getByLabel('Shift', { exact: true }).selectOption('late');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const number = (label: string) => dialog.getByRole('textbox', { name: `Evening, ${label}` });
  await number('Fri').fill('3');
  await number('Fri').press('Enter');
  // Numbers as a Japanese keyboard writes them.
  await number('Public holiday').fill('４');
  await number('Mon').fill('x');
  await expect(number('Mon')).toHaveAttribute('aria-invalid', 'true');
  await number('Mon').press('Escape');
  await expect(number('Mon')).toHaveValue('');
  const day = plan.days[3] ?? '';
  await dialog.getByLabel('Single date').fill(day);
  await dialog.getByRole('button', { name: 'Add date' }).click();
  const ofDate = dialog.locator('.nd-table tbody td').last().getByRole('textbox');
  await ofDate.fill('5');
  await ofDate.blur();
  await expect(other.getByRole('textbox', { name: 'Evening, Fri' })).toHaveValue('3');
  await expect(other.getByRole('textbox', { name: 'Evening, Public holiday' })).toHaveValue('4');
  await expect.poll(async () => (await stored(mine, 'Evening'))?.needConfig).toMatchObject({ perDay: { friday: 3, holiday: 4 }, perDate: { [day]: 5 } });

  const { needs } = await api<{ needs: { needId: string; dateKey: string; needed: number }[] }>(mine, 'GET', `schedules/${plan.scheduleId}/statistics/`);
  const id = (await stored(mine, 'Evening'))?.id;
  expect(needs.find((each) => each.needId === id && each.dateKey === day)?.needed).toBe(5);

  await ofDate.fill('');
  // What was typed is saved with the dialog, too.
  await number('Sat').fill('2');
  await mine.keyboard.press('Tab');
  await mine.keyboard.press('Escape');
  await expect.poll(async () => (await stored(mine, 'Evening'))?.needConfig).toMatchObject({ perDay: { friday: 3, saturday: 2 }, perDate: {} });
  await api(mine, 'DELETE', `staffing-needs/${id}/`);
});

test('a need by the hour says its hours, is asked for both ends, and is counted when there are the fewest', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 4 });
  const plan = await planOf(page, 4);
  const dialog = await open(page);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByLabel('Name').fill('Lunch');
  await dialog.getByLabel(/^From \(time/).fill('11:00');
  await expect(dialog.getByText('The numbers apply at every moment of these hours')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('This is required')).toBeVisible();
  await dialog.getByLabel(/^Until \(time/).fill('14:00');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('rowheader', { name: /Lunch.*11:00–14:00/ })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Lunch, Fri' }).fill('2');
  await dialog.getByRole('textbox', { name: 'Lunch, Fri' }).press('Enter');
  await expect.poll(async () => (await stored(page, 'Lunch'))?.needConfig).toMatchObject({ from: '11:00', until: '14:00', perDay: { friday: 2 } });

  const id = (await stored(page, 'Lunch'))?.id;
  const { needs } = await api<{ needs: { needId: string; from?: string; until?: string; needed: number }[] }>(page, 'GET', `schedules/${plan.scheduleId}/statistics/`);
  const own = needs.filter(({ needId }) => needId === id);
  expect(own.length).toBeGreaterThan(0);
  expect(own.every(({ from, until, needed }) => from === '11:00' && until === '14:00' && needed === 2)).toBe(true);
  await api(page, 'DELETE', `staffing-needs/${id}/`);
});

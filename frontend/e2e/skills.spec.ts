import { expect, type Page } from '@playwright/test';

import { api, arrive, test } from './pages';
import { planOf } from './plan';

const open = async (page: Page, tab: string) => {
  await page.goto(`/#/schedule?dialog=settings/${tab}`);
  const dialog = page.getByRole('dialog', { name: /Settings/ });
  await expect(dialog).toBeVisible();
  return dialog;
};

interface Row {
  readonly id: string;
  readonly name: string;
}
interface Skill extends Row {
  readonly skillConfig: { readonly level2?: string[] };
}
interface Need extends Row {
  readonly needConfig: { readonly skillId?: string | null; readonly minLevel?: number };
}

test('a skill is given to somebody, a need asks for it, and its places are counted', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 4 });
  const plan = await planOf(page, 4);
  const [somebody] = await api<Row[]>(page, 'GET', 'staff/');
  const skills = await open(page, 'skills');
  await skills.getByRole('button', { name: 'Add', exact: true }).click();
  await skills.getByRole('textbox', { name: 'Name', exact: true }).fill('Opening the till');
  const level = skills.getByRole('group', { name: /Level 2/ });
  await level.getByText('Choose').click();
  await level.getByRole('checkbox', { name: somebody?.name ?? '', exact: true }).check();
  await skills.getByRole('button', { name: 'Create' }).click();
  const stored = async () => (await api<Skill[]>(page, 'GET', 'skills/')).find(({ name }) => name === 'Opening the till');
  await expect.poll(async () => (await stored())?.skillConfig.level2).toEqual([somebody?.id]);

  const needs = await open(page, 'staffingNeeds');
  await needs.getByRole('button', { name: 'Add', exact: true }).click();
  await needs.getByLabel('Name').fill('At the till');
  await needs.getByRole('combobox', { name: /^Skill/ }).selectOption('Opening the till');
  await needs.getByLabel('Minimum level').fill('2');
  await needs.getByRole('button', { name: 'Create' }).click();
  await needs.getByRole('textbox', { name: 'At the till, Fri' }).fill('2');
  await needs.getByRole('textbox', { name: 'At the till, Fri' }).press('Enter');
  const need = async () => (await api<Need[]>(page, 'GET', 'staffing-needs/')).find(({ name }) => name === 'At the till');
  await expect.poll(async () => (await need())?.needConfig).toMatchObject({ skillId: (await stored())?.id, minLevel: 2, perDay: { friday: 2 } });

  const told = await api<{ needs: { needId: string; whom: string; needed: number; present: number }[] }>(page, 'GET', `schedules/${plan.scheduleId}/statistics/`);
  const own = told.needs.filter(({ whom }) => whom === 'Opening the till Lv.2+');
  expect(own.length).toBeGreaterThan(0);
  expect(own.every(({ needed, present }) => needed === 2 && present <= 1)).toBe(true);
  await api(page, 'DELETE', `staffing-needs/${(await need())?.id}/`);
  await api(page, 'DELETE', `skills/${(await stored())?.id}/`);
});

test('a level for a time is somebody’s, has its days in order, and is kept', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 4 });
  const [somebody] = await api<Row[]>(page, 'GET', 'staff/');
  const skills = await open(page, 'skills');
  await skills.getByRole('button', { name: 'Add', exact: true }).click();
  await skills.getByRole('textbox', { name: 'Name', exact: true }).fill('Fugu licence');
  await skills.getByRole('button', { name: 'Add a level with dates' }).click();
  const line = skills.getByRole('group', { name: /^Levels with dates/ }).getByRole('group');
  await line.getByLabel('From').fill('2026-07-01');
  await line.getByLabel('Until').fill('2026-06-30');
  await skills.getByRole('button', { name: 'Create' }).click();
  await expect(skills.getByText('Please choose who it is')).toBeVisible();
  await line.getByLabel('Person').selectOption({ label: somebody?.name ?? '' });
  await expect(skills.getByText('The end is before the start')).toBeVisible();
  await line.getByLabel('Until').fill('2027-06-30');
  await line.getByLabel('Level', { exact: true }).selectOption('2');
  await skills.getByRole('button', { name: 'Create' }).click();
  const stored = async () => (await api<(Row & { readonly skillConfig: { readonly dated?: unknown } })[]>(page, 'GET', 'skills/')).find(({ name }) => name === 'Fugu licence');
  await expect.poll(async () => (await stored())?.skillConfig.dated).toEqual([{ staffId: somebody?.id, level: 2, from: '2026-07-01', until: '2027-06-30' }]);
  // Told in the history by names.
  await line.getByLabel('Until').fill('2028-06-30');
  await expect.poll(async () => (await stored())?.skillConfig.dated).toMatchObject([{ until: '2028-06-30' }]);
  await page.goto('/#/schedule?dialog=settings/audit');
  await expect(page.getByRole('dialog').getByText(`${somebody?.name} 2 2026-07-01 2028-06-30`).first()).toBeVisible();
  await api(page, 'DELETE', `skills/${(await stored())?.id}/`);
});

test('what a person can do is said where the person is', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 4 });
  const [first, second] = await api<Row[]>(page, 'GET', 'staff/');
  await api(page, 'POST', 'skills/', { name: 'Closing the till', skillConfig: { level2: [second?.id] } });
  const skill = async () => (await api<Skill[]>(page, 'GET', 'skills/')).find(({ name }) => name === 'Closing the till');
  await page.goto(`/#/schedule?dialog=staff/${first?.id}`);
  const dialog = page.getByRole('dialog', { name: 'Staff' });
  const level = dialog.getByRole('combobox', { name: 'Closing the till' });
  await expect(level).toHaveValue('');
  const config = async () => (await skill())?.skillConfig;
  await level.selectOption({ label: 'Level 2: does it well' });
  await expect.poll(config).toMatchObject({ level2: [second?.id, first?.id] });
  await level.selectOption({ label: 'Does not have it' });
  await expect.poll(config).toMatchObject({ level2: [second?.id] });
  await dialog.getByRole('button', { name: second?.name ?? '' }).first().click();
  await expect(dialog.getByRole('combobox', { name: 'Closing the till' })).toHaveValue('level2');
  await api(page, 'DELETE', `skills/${(await skill())?.id}/`);
});

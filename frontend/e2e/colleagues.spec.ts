import { type Browser, expect, type Page } from '@playwright/test';

import { broken, COLOUR_RULES } from './axe';
import { api, arrive, cookiesOf, publish, test } from './pages';

/** The owner says in the settings whether the staff see each other's shifts; a phone of theirs that is open meanwhile follows at once. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' } as const;

const ENGLISH = {
  locale: 'en-GB',
  seeEachOther: 'Staff see each other’s published shifts (off: only their own)',
  save: 'Save',
  working: /^\d+ at work$/,
  ownAlone: 'You see only your own shifts.',
  also: 'Also working',
  figures: 'These figures cover everybody, and you see only your own shifts. Your own totals are in “My shifts”.',
} as const;
type Words = Readonly<Record<Exclude<keyof typeof ENGLISH, 'working'>, string>> & { readonly working: RegExp };
const JAPANESE: Words = {
  locale: 'ja-JP',
  seeEachOther: 'スタッフが公開されたほかの人のシフトを見られる（オフ：自分のシフトだけ）',
  save: '保存',
  working: /^出勤 \d+$/,
  ownAlone: '自分のシフトだけを表示しています。',
  also: '同じ日の勤務',
  figures: 'ここは全員の集計です。表示できるのは自分のシフトだけのため、集計はありません。自分の集計は「自分のシフト」にあります。',
};

interface Someone {
  readonly id: string;
  readonly name: string;
}

/** The people of the day's page, of both of its days. */
const people = (phone: Page) => phone.locator('.dv-people > li');
const heads = (phone: Page) => phone.locator('.dv-day > .dv-head');
/** Of each day of the list of one's own. */
const details = (phone: Page) => phone.locator('.my-days .my-details');

async function openAll(phone: Page): Promise<void> {
  await phone.locator('.my-days details').evaluateAll((all: HTMLDetailsElement[]) => all.forEach((each) => (each.open = true)));
  await expect(details(phone).first()).toBeVisible();
}

/** Nothing on the page names anybody of those. */
const namesNobody = (phone: Page, others: readonly Someone[]) =>
  expect.poll(async () => phone.locator('body').innerText().then((text) => others.filter(({ name }) => text.includes(name)))).toEqual([]);

const accessible = async (phone: Page, { locale }: Words) => expect(await broken(phone, { without: locale === JAPANESE.locale ? [] : COLOUR_RULES })).toEqual([]);
const fits = async (phone: Page) => expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

async function staffPhone(browser: Browser, { locale }: Words): Promise<Page> {
  const phone = await (await browser.newContext({ ...PHONE, locale, storageState: await cookiesOf('staff') })).newPage();
  await phone.goto('/#/day');
  return phone;
}

/** The owner's settings, on a laptop; the switch and what saves it. */
async function settingOf(browser: Browser, words: Words): Promise<(sees: boolean) => Promise<void>> {
  const owner = await arrive(browser, 'owner', { locale: words.locale });
  await owner.goto('/#/schedule/0?dialog=settings/restaurant');
  const dialog = owner.getByRole('dialog');
  const switched = dialog.getByRole('switch', { name: words.seeEachOther });
  const save = dialog.getByRole('button', { name: words.save, exact: true });
  return async (sees) => {
    await expect(switched).toBeChecked({ checked: !sees });
    await switched.click();
    await save.click();
    await expect(save).toBeDisabled();
    await expect(switched).toBeChecked({ checked: sees });
  };
}

async function showsDayOfOwn(phone: Page, words: Words, me: Someone, others: readonly Someone[]): Promise<void> {
  await expect(people(phone)).toHaveCount(await heads(phone).count());
  for (const one of await people(phone).all()) await expect(one).toContainText(me.name);
  await expect(phone.getByText(words.ownAlone)).toHaveCount(await heads(phone).count());
  await expect(phone.getByText(words.working)).toHaveCount(0);
  await expect(phone.locator('.dv-section span')).toHaveCount(0);
  await namesNobody(phone, others);
  await fits(phone);
  await accessible(phone, words);
}

async function showsOtherPagesOfOwn(phone: Page, period: number, words: Words, me: Someone, others: readonly Someone[]): Promise<void> {
  await phone.goto(`/#/schedule/${period}`);
  await expect(phone.getByRole('rowheader')).toHaveCount(1);
  await expect(phone.getByRole('rowheader')).toContainText(me.name);
  await expect(phone.locator('.ss-foot')).toHaveCount(0);
  await namesNobody(phone, others);
  await phone.goto(`/#/print/${period}`);
  await expect(phone.locator('.pr-table tbody tr')).toHaveCount(1);
  await expect(phone.locator('.pr-table tbody th')).toHaveText(me.name);
  await expect(phone.locator('.pr-table tfoot')).toHaveCount(0);
  await phone.goto(`/#/dashboard/${period}`);
  await expect(phone.getByText(words.figures)).toBeVisible();
  await expect(phone.locator('.db')).toHaveCount(0);
  await fits(phone);
  await phone.goto(`/#/mine/${period}`);
  await expect(details(phone).first()).toBeAttached();
  await openAll(phone);
  await expect(phone.getByText(words.also)).toHaveCount(0);
  await namesNobody(phone, others);
}

async function showsEverybody(phone: Page, period: number, words: Words, others: readonly Someone[]): Promise<void> {
  // The page that is open, first: nobody has gone anywhere. Its days are made anew, so they are closed.
  await expect(details(phone).filter({ hasText: words.also }).first()).toBeAttached();
  await openAll(phone);
  await expect(details(phone).filter({ hasText: others[0]?.name ?? '-' }).first()).toBeVisible();
  await phone.goto(`/#/dashboard/${period}`);
  await expect(phone.locator('.db svg').first()).toBeVisible();
  await phone.goto(`/#/print/${period}`);
  await expect(phone.locator('.pr-table tbody tr')).toHaveCount(others.length + 1);
  await expect(phone.locator('.pr-table tfoot tr')).toHaveCount(4);
  await phone.goto('/#/day');
  await showsDayOfAll(phone, words, others);
}

async function showsDayOfAll(phone: Page, words: Words, others: readonly Someone[]): Promise<void> {
  await expect(people(phone).filter({ hasText: others[0]?.name ?? '-' }).first()).toBeVisible();
  await expect(heads(phone).first().getByText(words.working)).toBeVisible();
  await expect(phone.getByText(words.ownAlone)).toHaveCount(0);
}

for (const words of [ENGLISH, JAPANESE]) {
  test(`staff who may not see each other see their own shifts alone, at once, and each other again (${words.locale})`, async ({ browser }) => {
    test.slow();
    await publish();
    const setTo = await settingOf(browser, words);
    const phone = await staffPhone(browser, words);
    const { staffId } = await api<{ staffId: string }>(phone, 'GET', 'me/person/');
    const period = (await api<{ index: number; startDate: string; endDate: string }[]>(phone, 'GET', 'periods/')).find(isNow)?.index ?? -1;
    const everybody = await api<Someone[]>(phone, 'GET', `staff/?period=${period}`);
    const me = everybody.find(({ id }) => id === staffId) as Someone;
    const others = everybody.filter(({ id }) => id !== staffId);
    await showsDayOfAll(phone, words, others);

    await setTo(false);
    await test.step('a day', () => showsDayOfOwn(phone, words, me, others));
    await test.step('the month, the print, the dashboard and one’s own shifts', () => showsOtherPagesOfOwn(phone, period, words, me, others));
    await setTo(true);
    await test.step('everybody again', () => showsEverybody(phone, period, words, others));
  });
}

/** The period that today lies in, where the restaurant is. */
function isNow({ startDate, endDate }: { startDate: string; endDate: string }): boolean {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' }).format(new Date());
  return startDate <= today && today <= endDate;
}

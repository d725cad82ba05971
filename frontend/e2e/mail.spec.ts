import { type Browser, expect, type Page } from '@playwright/test';

import { broken } from './axe';
import { api, test } from './pages';
import { linkIn, Post } from './post';
import { Server } from './server';

/** An account and its mails, with a real mail server: the address, a forgotten password, and a month that is published, in the reader's language. */

const PASSWORD = 'a long enough password';
const ANOTHER = 'quite another password';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What is read and pressed, in the order in which it comes. */
const ENGLISH = {
  language: 'en',
  name: 'ada',
  month: '2030-01',
  join: 'Create the account and join',
  askToConfirm: 'Send a link to confirm',
  toConfirm: [/^ShiftSync: confirm your address$/, 'ada wants to be reached here. Confirm this within two days:'],
  confirm: 'Confirm',
  isConfirmed: 'Your address is confirmed',
  changed: [/^ShiftSync: your address was changed$/, 'ada is reached at ada@example.com from now on.'],
  forgotten: 'Forgotten your password?',
  ask: 'Send the link',
  isAsked: 'If there is such an account with a confirmed address',
  toReset: [/^ShiftSync: set a new password$/, 'has forgotten a password. Set a new one here, within a day'],
  set: 'Set the password',
  signIn: 'Sign in',
  published: [/: The shifts for Jan 1 – \S+ \d+ are published$/, 'You can switch this off in “My shifts”, below “Notices”.'],
  told: /The shifts for Jan 1 – \S+ \d+ are published/,
  notices: /^Notices/,
} as const;
type Words = { readonly [Key in keyof typeof ENGLISH]: (typeof ENGLISH)[Key] extends string ? string : (typeof ENGLISH)[Key] extends RegExp ? RegExp : readonly [RegExp, string] };
const JAPANESE: Words = {
  language: 'ja',
  name: '花子',
  month: '2030-02',
  join: 'アカウントを作成して参加',
  askToConfirm: '確認のリンクを送る',
  toConfirm: [/^ShiftSync: メールアドレスの確認$/, '花子 さんがこのアドレスを登録しようとしています。2日以内に確認してください:'],
  confirm: '確認する',
  isConfirmed: 'メールアドレスを確認しました',
  changed: [/^ShiftSync: メールアドレスが変更されました$/, '花子 さんへの連絡先は hanako@example.com になりました。'],
  forgotten: 'パスワードをお忘れですか?',
  ask: 'リンクを送る',
  isAsked: '該当するアカウントに確認済みのメールアドレスがあれば',
  toReset: [/^ShiftSync: 新しいパスワードの設定$/, 'リンクから1日以内に新しいパスワードを設定してください。'],
  set: 'パスワードを設定',
  signIn: 'サインイン',
  published: [/: 2月1日 – \S+のシフトが公開されました$/, 'この通知は「自分のシフト」の「お知らせ」で停止できます。'],
  told: /2月1日 – \S+のシフトが公開されました/,
  notices: /^お知らせ/,
};

let post: Post;
let server: Server;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  post = await Post.open();
  server = await Server.open(2, 7, { SHIFTSYNC_EMAIL_URL: post.url });
  server.work();
});
test.afterAll(async () => {
  await server.close();
  await post.close();
});

/** A mail, once it has come, in the words and the language in which it is expected. */
async function mailed(to: string, { language }: Words, [subject, text]: readonly [RegExp, string]) {
  const mail = await post.mail(to, subject);
  expect(mail.language).toBe(language);
  expect(mail.text).toContain(text);
  return mail;
}

const breaksNoRule = async (page: Page) => expect(await broken(page)).toEqual([]);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).tap();

/** Somebody of the staff whom the owner invited, on a phone. */
async function joined(browser: Browser, owner: Page, person: number, { language, name, join }: Words): Promise<Page> {
  const { id } = await api<{ id: string }>(owner, 'POST', 'invitation-links/', { role: 'staff', staffId: server.world.staff[person] });
  const links = await api<{ id: string; url: string }[]>(owner, 'GET', 'invitation-links/');
  const page = await (await browser.newContext({ ...PHONE, locale: language, baseURL: server.address })).newPage();
  await page.goto(links.find((link) => link.id === id)?.url ?? '');
  await page.locator('input[name=username]').fill(name);
  for (const field of await page.locator('input[type=password]').all()) await field.fill(PASSWORD);
  await press(page, join);
  await expect(page.locator('#shiftsync-config')).toBeAttached();
  return page;
}

async function confirmAddress(page: Page, address: string, words: Words): Promise<void> {
  await page.goto('/account/');
  await page.locator('input[name=address]').fill(address);
  await page.locator('input[name=address_password]').fill(PASSWORD);
  await press(page, words.askToConfirm);
  await expect(page.getByRole('status').filter({ hasText: address }).first()).toBeVisible();
  await breaksNoRule(page);
  await page.goto(linkIn(await mailed(address, words, words.toConfirm), server.address));
  await breaksNoRule(page);
  await press(page, words.confirm);
  await expect(page.getByRole('heading', { name: words.isConfirmed })).toBeVisible();
  await mailed(address, words, words.changed);
}

async function setNewPassword(page: Page, address: string, words: Words): Promise<void> {
  await page.context().clearCookies();
  await page.goto('/');
  await page.getByRole('link', { name: words.forgotten }).tap();
  await page.locator('input[name=account]').fill(address);
  await press(page, words.ask);
  await expect(page.getByRole('status')).toContainText(words.isAsked);
  await breaksNoRule(page);
  const mail = await mailed(address, words, words.toReset);
  expect(mail.text).toContain(`${words.name}:\n`);
  await page.goto(linkIn(mail, server.address));
  await breaksNoRule(page);
  for (const field of await page.locator('input[type=password]').all()) await field.fill(ANOTHER);
  await press(page, words.set);
  await page.locator('input[name=username]').fill(words.name);
  await page.locator('input[name=password]').fill(ANOTHER);
  await press(page, words.signIn);
  await expect(page.locator('#shiftsync-config')).toBeAttached();
}

/** Makes a week of that month, and publishes it. */
async function publishWeek(owner: Page, month: string): Promise<void> {
  const dates = { startDate: `${month}-01`, endDate: `${month}-07` };
  await api(owner, 'POST', 'periods/', dates);
  const periods = await api<{ scheduleId: string; startDate: string }[]>(owner, 'GET', 'periods/');
  const scheduleId = periods.find(({ startDate }) => startDate === dates.startDate)?.scheduleId ?? '';
  await api(owner, 'POST', `schedules/${scheduleId}/publish/`, {});
}

for (const [person, words] of [ENGLISH, JAPANESE].entries()) {
  const address = `${person === 0 ? 'ada' : 'hanako'}@example.com`;
  test(`an address is confirmed, a forgotten password set anew and a published month read of by mail (${words.language})`, async ({ browser }) => {
    test.slow();
    const owner = await (await server.visitor(browser, 'owner')).newPage();
    await owner.goto('/account/');
    const page = await joined(browser, owner, person, words);
    await test.step('the link in a mail confirms the address', () => confirmAddress(page, address, words));
    await test.step('another one sets a new password', () => setNewPassword(page, address, words));
    await test.step('what is published is mailed', async () => {
      await api(page, 'PATCH', 'me/notices/settings/', { language: words.language });
      await publishWeek(owner, words.month);
      await mailed(address, words, words.published);
      await page.goto('/#/mine');
      await page.getByRole('button', { name: words.notices }).tap();
      await expect(page.getByRole('region', { name: words.notices }).getByRole('listitem').first()).toContainText(words.told);
    });
  });
}

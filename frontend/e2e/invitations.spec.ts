import { type Browser, expect, type Page } from '@playwright/test';

import { broken } from './axe';
import { saved, test } from './pages';
import { linkIn, Post } from './post';
import { Server } from './server';

/** Who is invited by mail becomes a member in a browser of their own; and where sign-up is open, anybody begins a restaurant. With a real mail server. */

const PASSWORD = 'a long enough password';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

const ENGLISH = {
  language: 'en',
  locale: 'en-GB',
  name: 'ada',
  menu: 'Menu',
  accounts: 'Accounts and invitations',
  email: 'Email the link to (optional)',
  make: 'Create and email the link',
  sent: 'Sent to ada@example.com',
  again: /^Send again: /,
  subject: /^ShiftSync: invitation to /,
  text: 'Open this link within seven days',
  join: 'Create the account and join',
  signUp: 'Create an account',
  optional: 'Email address (optional)',
  create: 'Create the account',
  begin: 'Create a restaurant',
  restaurant: 'Name of the restaurant',
  start: 'Begin',
  started: 'Getting started',
  confirm: /^ShiftSync: confirm your address$/,
} as const;
type Words = { readonly [Key in keyof typeof ENGLISH]: (typeof ENGLISH)[Key] extends string ? string : RegExp };
const JAPANESE: Words = {
  language: 'ja',
  locale: 'ja-JP',
  name: '花子',
  menu: 'メニュー',
  accounts: 'アカウントと招待',
  email: 'メールの送信先（任意）',
  make: 'リンクを作ってメールで送る',
  sent: 'hanako@example.com へ送信しました',
  again: /^もう一度送る：/,
  subject: /^ShiftSync: 「.+」への招待$/,
  text: '次のリンクを7日以内に開き',
  join: 'アカウントを作成して参加',
  signUp: 'アカウントを作成',
  optional: 'メールアドレス（任意）',
  create: 'アカウントを作成',
  begin: 'お店をはじめる',
  restaurant: 'お店の名前',
  start: 'はじめる',
  started: 'はじめに',
  confirm: /^ShiftSync: メールアドレスの確認$/,
};
const BOTH = [
  [ENGLISH, 'ada@example.com'],
  [JAPANESE, 'hanako@example.com'],
] as const;

let post: Post;
let server: Server;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  post = await Post.open();
  server = await Server.open(2, 7, { SHIFTSYNC_EMAIL_URL: post.url, SHIFTSYNC_SIGN_UP: 'open' });
  server.work();
});
test.afterAll(async () => {
  await server.close();
  await post.close();
});

const fits = async (page: Page) => expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
const breaksNoRule = async (page: Page) => expect(await broken(page)).toEqual([]);

async function fillAccount(page: Page, name: string): Promise<void> {
  await page.locator('input[name=username]').fill(name);
  for (const field of await page.locator('input[type=password]').all()) await field.fill(PASSWORD);
}

const stranger = async (browser: Browser, { locale }: Words) => (await browser.newContext({ ...PHONE, locale, baseURL: server.address })).newPage();

for (const [words, address] of BOTH) {
  test(`who is invited by mail opens the link in another browser and is a member (${words.language})`, async ({ browser }) => {
    test.slow();
    const owner = await (await server.visitor(browser, 'owner', { locale: words.locale })).newPage();
    await owner.goto('/');
    await saved(owner);
    await owner.getByRole('button', { name: words.menu, exact: true }).click();
    await owner.getByRole('menuitem', { name: words.accounts }).click();
    const field = owner.getByLabel(words.email);
    await test.step('what is no address is refused, and nothing is made', async () => {
      await field.fill('nobody');
      await owner.getByRole('button', { name: words.make }).click();
      await expect(owner.getByRole('alert').first()).toBeVisible();
      await expect(owner.locator('.pp-mail')).toHaveCount(0);
      await expect(field).toHaveValue('nobody');
    });
    await field.fill(address);
    await owner.getByRole('button', { name: words.make }).click();
    await expect(owner.getByText(words.sent)).toBeVisible();
    await expect(owner.getByRole('button', { name: words.again })).toBeVisible();
    await breaksNoRule(owner);
    const mail = await post.mail(address, words.subject);
    expect(mail.language).toBe(words.language);
    expect(mail.text).toContain(words.text);
    const link = linkIn(mail, server.address);
    await expect(owner.locator('.pp-copy input').first()).toHaveValue(link);

    const page = await stranger(browser, words);
    await page.goto(link);
    await fits(page);
    await fillAccount(page, words.name);
    await page.getByRole('button', { name: words.join }).tap();
    await expect(page.locator('#shiftsync-config')).toBeAttached();
    await owner.reload();
    await expect(owner.locator('.pp-who').filter({ hasText: words.name })).toBeVisible();
    await expect(owner.getByText(address)).toHaveCount(0);
  });

  test(`from an empty browser to a restaurant of one's own where sign-up is open (${words.language})`, async ({ browser }) => {
    test.slow();
    const page = await stranger(browser, words);
    const name = `${words.name}-of-the-street`;
    await page.goto('/');
    await page.getByRole('link', { name: words.signUp }).tap();
    await expect(page.getByLabel(words.optional)).toBeVisible();
    await fits(page);
    await breaksNoRule(page);
    await fillAccount(page, 'owner');
    await page.getByRole('button', { name: words.create }).tap();
    await expect(page.locator('#wrong-username')).toBeVisible();
    await fillAccount(page, name);
    await page.getByLabel(words.optional).fill(`street.${address}`);
    await page.getByRole('button', { name: words.create }).tap();
    await expect(page.getByRole('heading', { name: words.begin })).toBeVisible();
    await expect(page.getByText(name).first()).toBeVisible();
    await fits(page);
    await page.getByLabel(words.restaurant).fill('Aurora');
    await page.getByRole('button', { name: words.start, exact: true }).tap();
    await expect(page.getByRole('heading', { name: words.started })).toBeVisible();
    const mail = await post.mail(`street.${address}`, words.confirm);
    expect(linkIn(mail, server.address)).toContain('/account/address/');
  });
}

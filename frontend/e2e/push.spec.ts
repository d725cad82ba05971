import { type BrowserContext, expect, type Page } from '@playwright/test';

import { cookiesOf, test } from './pages';

/** Notices on a device: turned on and off in the page, shown by its service worker, and opened from there. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB', serviceWorkers: 'allow' } as const;
const PUSHED = {
  id: '8d4e5f9a-0000-4000-8000-000000000001',
  title: 'The shifts for Jul 21 – Aug 20 are published',
  text: 'Fri, Aug 1: △ → ×',
  restaurant: 'Kitchen',
  place: '#/wishes',
  language: 'en',
};

/** A browser has no push service here: this is what it would have got of one, with a key of its own that is real. */
function pushService(): void {
  let subscription: unknown = null;
  const text = (bytes: ArrayBuffer) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  PushManager.prototype.getSubscription = () => Promise.resolve(subscription as PushSubscription | null);
  PushManager.prototype.subscribe = async (options) => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    const keys = { p256dh: text(await crypto.subtle.exportKey('raw', pair.publicKey)), auth: text(crypto.getRandomValues(new Uint8Array(16)).buffer) };
    const key = (options?.applicationServerKey as string).replaceAll('-', '+').replaceAll('_', '/');
    const applicationServerKey = Uint8Array.from(atob(key), (each) => each.charCodeAt(0)).buffer;
    subscription = {
      options: { applicationServerKey, userVisibleOnly: true },
      toJSON: () => ({ endpoint: 'https://push.example.com/send/phone', keys }),
      unsubscribe: () => {
        subscription = null;
        return Promise.resolve(true);
      },
    };
    return subscription as PushSubscription;
  };
}

async function openNotices(page: Page): Promise<void> {
  await page.goto('/#/mine');
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)).toBe('activated');
  await page.getByRole('button', { name: /^Notices/ }).click();
  await page.getByText('Notification settings').click();
}

/** Delivers what a push service would, by DevTools. */
async function deliver(context: BrowserContext, page: Page, pushed: object): Promise<void> {
  const devTools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    });
  });
  await devTools.send('ServiceWorker.enable');
  const { origin } = new URL(page.url());
  await devTools.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data: JSON.stringify(pushed) });
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
  });

test('a notice is turned on for a device, and off', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf('staff'), permissions: ['notifications'] });
  await context.addInitScript(pushService);
  const page = await context.newPage();
  await openNotices(page);
  const [made] = await Promise.all([
    page.waitForResponse((answer) => answer.url().includes('/api/me/push-subscriptions/')),
    page.getByRole('button', { name: 'Turn on' }).click(),
  ]);
  expect(await made.json()).toEqual({ browsers: 1 });
  await expect(page.getByText('On this device: on')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  const [ended] = await Promise.all([
    page.waitForResponse((answer) => answer.url().includes('/api/me/push-subscriptions/end/')),
    page.getByRole('button', { name: 'Turn off' }).click(),
  ]);
  expect(await ended.json()).toEqual({ browsers: 0 });
  await expect(page.getByText('On this device: off')).toBeVisible();
});

test('without a leave to show notifications the page says so', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf('staff') });
  await context.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }));
  const page = await context.newPage();
  await openNotices(page);
  await expect(page.getByText(/blocked by this browser/)).toBeVisible();
});

test('what is pushed is shown once, however often it comes, and leads to its page in the tab that is open', async ({ browser }) => {
  const context = await browser.newContext({ ...PHONE, storageState: await cookiesOf('staff'), permissions: ['notifications'] });
  const page = await context.newPage();
  await openNotices(page);
  const restaurantId = await page.evaluate(() => (JSON.parse(document.getElementById('shiftsync-config')?.textContent ?? '{}') as { restaurantId: string }).restaurantId);
  const pushed = { ...PUSHED, restaurantId };
  const expected = { title: PUSHED.title, body: 'Fri, Aug 1: △ → ×\nKitchen', tag: PUSHED.id, lang: 'en' };
  await deliver(context, page, pushed);
  await expect.poll(() => shown(page)).toEqual([expected]);
  await deliver(context, page, pushed);
  await deliver(context, page, { ...pushed, id: 'another', text: '' });
  await expect.poll(() => shown(page)).toHaveLength(2);

  // DevTools cannot click a notification: the worker is told that one was.
  const [worker] = context.serviceWorkers();
  const load = await page.evaluate(() => performance.timeOrigin);
  await worker?.evaluate(`(async () => {
    const [notification] = await registration.getNotifications({ tag: ${JSON.stringify(PUSHED.id)} });
    if (notification) dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  })()`);
  await expect(page).toHaveURL(/#\/wishes$/);
  expect(await page.evaluate(() => performance.timeOrigin), 'nothing was loaded anew').toBe(load);
  await expect.poll(async () => (await shown(page)).map(({ tag }) => tag)).toEqual(['another']);
});

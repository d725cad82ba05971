/** Notifications of this browser, shown by the page's service worker while no page is open. */

/** Without a push service the browser may never say anything. */
const PATIENCE_MS = 20_000;

export type PushState = 'impossible' | 'forbidden' | 'off' | 'on';

export interface Browser {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** What is known without asking anybody. */
export async function pushState(publicKey: string): Promise<PushState> {
  if (!('PushManager' in window) || !('Notification' in window)) return 'impossible';
  const registration = await navigator.serviceWorker.getRegistration('/');
  if (registration === undefined) return 'impossible';
  if (Notification.permission === 'denied') return 'forbidden';
  const found = await registration.pushManager.getSubscription();
  return found !== null && isUnder(found, publicKey) ? 'on' : 'off';
}

/** Asks the user, then the push service. Rejects where either refuses, or does not answer. */
export async function subscribe(publicKey: string): Promise<Browser> {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushRefused('permission');
  const { pushManager } = await navigator.serviceWorker.ready;
  const former = await pushManager.getSubscription();
  // One under a former key of the server is of no use, and stands in the way of another.
  if (former !== null && !isUnder(former, publicKey)) await former.unsubscribe();
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new PushRefused('service')), PATIENCE_MS));
  const asked = pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }).catch(() => {
    throw new PushRefused('service');
  });
  return keysOf(await Promise.race([asked, late]));
}

/** The subscription that this browser has, if any; and that it has none any more. */
export async function currentBrowser(): Promise<Browser | null> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  const found = (await registration?.pushManager.getSubscription()) ?? null;
  return found === null ? null : keysOf(found);
}

export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

export class PushRefused extends Error {
  constructor(readonly by: 'permission' | 'service') {
    super(by);
  }
}

function keysOf(subscription: PushSubscription): Browser {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' };
}

function isUnder({ options }: PushSubscription, publicKey: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === publicKey;
}

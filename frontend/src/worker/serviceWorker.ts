/**
 * Keeps what the page is made of in the browser, so that it opens while the server is away: its HTML, and the files of the build.
 *
 * The HTML comes from the server wherever there is one, so that nobody gets an old page after an upgrade. It is its user's:
 * it is forgotten where somebody signs in or out, and where the server knows nobody any more. Files have a hash in their names and
 * never change. Nothing else is touched, answers of the API least of all: the page keeps its data itself, by user and restaurant.
 *
 * It also shows what the server pushes to this browser, while no page is open.
 */

/** What the build has made, as addresses; replaced by `vite.config.ts`. */
declare const ASSETS: readonly string[];
/** Another for every build. */
declare const BUILD: string;
/** What this runs in, which TypeScript takes for any worker. */
const worker = self as unknown as ServiceWorkerGlobalScope;

const SHELL = 'shiftsync-shell';
const FILES = 'shiftsync-files-';
const PAGE = '/';
/** In the head of every page, and not of the build: without a hash in its name it is asked for anew, and what is kept shown while nobody answers. */
const MARK = '/static/shiftsync/icon.svg';
/** Where one becomes somebody else, or nobody. */
const DOORS = ['/sign-in/', '/sign-out/', '/admin/login/', '/admin/logout/'];
/** A server that says nothing for so long counts as away, if there is a page to show. */
const PATIENCE_MS = 8_000;
/** What a proxy answers with in the place of a server that is not there. */
const AWAY = [502, 503, 504];

const assets = new Set(ASSETS);
/** Counts; an answer to what was asked before is the page of another user. */
let forgotten = 0;

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && request.method === 'GET' && pathname === PAGE) event.respondWith(open(event));
  else if (request.method === 'POST' && DOORS.includes(pathname)) event.respondWith(pass(request));
  else if (request.method === 'GET' && assets.has(pathname)) event.respondWith(file(request));
  else if (request.method === 'GET' && pathname === MARK) event.respondWith(mark(request));
});

async function install(): Promise<void> {
  const files = await caches.open(FILES + BUILD);
  await Promise.all([...ASSETS.map((url) => keepFile(files, url)), files.add(MARK)]);
  await askForPage(new Request(PAGE, { credentials: 'same-origin', redirect: 'manual' }));
  await worker.skipWaiting();
}

/** What a build before this has in common with it is not loaded again. */
async function keepFile(files: Cache, url: string): Promise<void> {
  const known = await caches.match(url);
  await (known === undefined ? files.add(url) : files.put(url, known));
}

/** The build before this one stays: a tab that was opened with it still has parts to load. */
async function activate(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(FILES) && name !== FILES + BUILD);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function open(event: FetchEvent): Promise<Response> {
  const answer = askForPage(event.request);
  event.waitUntil(answer.catch(() => undefined));
  const kept = await (await caches.open(SHELL)).match(PAGE);
  if (kept === undefined) return answer;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([answer.then((found) => (AWAY.includes(found.status) ? kept : found)).catch(() => kept), late]);
}

/** The page as the server has it now; kept if it is one, forgotten if the server sends its reader to sign in. */
async function askForPage(request: Request): Promise<Response> {
  const before = forgotten;
  const answer = await fetch(request);
  if (answer.type === 'opaqueredirect') await forget();
  else if (answer.ok) await keepPage(answer.clone(), before);
  return answer;
}

/** Only with all of its files: the page of another build waits for the worker of that build. */
async function keepPage(page: Response, before: number): Promise<void> {
  const text = await page.clone().text();
  const files = [...text.matchAll(/"([^"]*\/assets\/[^"]+)"/g)].map(([, url = '']) => url);
  const isWhole = files.length > 0 && files.every((url) => assets.has(url));
  if (isWhole && before === forgotten) await (await caches.open(SHELL)).put(PAGE, page);
}

/** Signing in or out: what was asked for before its answer may be somebody else's, whatever the answer is. */
async function pass(request: Request): Promise<Response> {
  await forget();
  return fetch(request).finally(forget);
}

async function forget(): Promise<void> {
  forgotten += 1;
  await caches.delete(SHELL);
}

const file = async (request: Request) => (await caches.match(request)) ?? fetch(request);

const mark = (request: Request) => fetch(request).catch(async () => (await caches.match(MARK)) ?? Response.error());

// --- what the server pushes ---

/** As `shiftsync/notices/sending/push.py` makes it. */
interface Pushed {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly restaurant: string;
  readonly restaurantId: string;
  readonly place: string;
  readonly language: string;
}

const ICON = '/static/shiftsync/icon-192.png';

worker.addEventListener('push', (event) => event.waitUntil(show(event.data)));
worker.addEventListener('notificationclick', (event) => event.waitUntil(clicked(event.notification)));

/** One that comes twice takes the place of the first, in silence: it has its tag. */
async function show(data: PushMessageData | null): Promise<void> {
  if (data === null) return;
  const { id, title, text, restaurant, restaurantId, place, language } = data.json() as Pushed;
  await worker.registration.showNotification(title, {
    body: [text, restaurant].filter((line) => line !== '').join('\n'),
    tag: id,
    lang: language,
    icon: ICON,
    data: { restaurantId, place } satisfies Where,
  });
}

interface Where {
  readonly restaurantId: string;
  readonly place: string;
}

/**
 * The page where more of it stands: in a tab that is open on that restaurant, where it is only another place of the same page, else
 * in a new one. No tab is loaded anew: somebody may be typing in it.
 */
async function clicked(notification: Notification): Promise<void> {
  notification.close();
  const { restaurantId, place } = notification.data as Where;
  for (const tab of await worker.clients.matchAll({ type: 'window' })) {
    const { pathname, search, searchParams } = new URL(tab.url);
    const shown = searchParams.get('restaurant') ?? restaurantId;
    if (pathname === PAGE && shown === restaurantId) {
      await ((await tab.navigate(pathname + search + place)) ?? tab).focus();
      return;
    }
  }
  await worker.clients.openWindow(`${PAGE}?restaurant=${encodeURIComponent(restaurantId)}${place}`);
}

import { type BrowserContextOptions, expect, request } from '@playwright/test';

import { ADDRESS } from './address';

/** The users of the sample restaurant, by their names. */
export type User = 'owner' | 'manager' | 'viewer' | 'staff';
const PASSWORD = 'shiftsync';

export type SignedIn = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** The cookies of a user who signs in at a server. */
export async function signIn(user: User, address = ADDRESS): Promise<SignedIn> {
  const requests = await request.newContext({ baseURL: address });
  const form = await (await requests.get('/sign-in/')).text();
  const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const answer = await requests.post('/sign-in/', {
    form: { username: user, password: PASSWORD, csrfmiddlewaretoken: token },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(302);
  const state = await requests.storageState();
  await requests.dispose();
  return state;
}

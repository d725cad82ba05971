import { csrfToken } from '@/api/http';
import { browserSiblings } from '@/realtime/storage/siblings';

import type { Backend } from '../stores/backend';
import { forgetPage } from './keptPage';

/** The browser's store may not answer; signing out does not wait for it for long. */
const FORGET_MS = 1_000;

/**
 * Signs out, here and in the other tabs, and takes away what the next one at this browser could read. Edits that wait stay, for
 * their author alone. Signing out changes something on the server, so it is a form that is sent.
 */
export async function signOut(backend: Backend): Promise<void> {
  if (backend.userId !== null) browserSiblings().tell({ kind: 'signedOut', userId: backend.userId });
  backend.end('unauthenticated');
  const patience = new Promise((resolve) => setTimeout(resolve, FORGET_MS));
  await Promise.race([Promise.all([backend.forgetCopies(), forgetPage()]), patience]);
  sendSignOut();
}

/** Where nothing of a restaurant is open. */
export function sendSignOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/sign-out/';
  const token = document.createElement('input');
  token.type = 'hidden';
  token.name = 'csrfmiddlewaretoken';
  token.value = csrfToken() ?? '';
  form.append(token);
  document.body.append(form);
  form.submit();
}

/** What an answer over REST means for a request, and whether it is the server's: a proxy or portal may have answered instead. */

import type { HttpAnswer } from '../../api/http';
import type { components } from '../../api/schema.gen';
import { NoAnswer } from '../../api/typed';
import { CloseCode } from './connection';
import type { Refusal } from '../protocol';
import { isRecord } from '../protocol/records';

export class OtherUser extends Error {
  constructor() {
    super('The browser is signed in as somebody else.');
    this.name = 'OtherUser';
  }
}

export function requirePosition<Page>(page: Page): Page {
  if (!isRecord(page) || typeof page['epoch'] !== 'string' || typeof page['version'] !== 'number') {
    throw new NoAnswer();
  }
  return page;
}

/** A write is done only if the server says at which version. */
export function requireAck(body: unknown): unknown {
  if (!isRecord(body) || typeof body['version'] !== 'number') {
    throw new NoAnswer();
  }
  return body;
}

export function retryAfter({ headers }: HttpAnswer): number | undefined {
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

/** All that the server says by REST; others have codes too. */
const CODES: Readonly<Record<components['schemas']['ErrorCode'], true>> = {
  conflict: true,
  forbidden: true,
  gone: true,
  internal_error: true,
  invalid_json: true,
  invalid_message: true,
  not_found: true,
  payload_too_large: true,
  precondition_failed: true,
  rate_limited: true,
  unauthenticated: true,
  unavailable: true,
  unknown_type: true,
  validation_error: true,
  version_locked: true,
};

/** The error in an answer, if it has the form of ours; anybody may stand between us and the server. */
export function ownErrorIn({ body }: HttpAnswer): Refusal | null {
  const isOwn = isRecord(body) && typeof body['code'] === 'string' && Object.hasOwn(CODES, body['code']) && typeof body['message'] === 'string';
  return isOwn ? (body as unknown as Refusal) : null;
}

/** What the server says of the request in an answer; null: nothing that would settle it. */
export function verdictIn(answer: HttpAnswer): Refusal | null {
  const { status } = answer;
  if (status === 413) {
    // From the server or a proxy: the request will not become smaller.
    return ownErrorIn(answer) ?? { code: 'payload_too_large', message: 'The change is too large to be sent.' };
  }
  const isAboutTheMoment = status === 401 || status === 429 || status === 502 || status === 503 || status === 504;
  return isAboutTheMoment ? null : ownErrorIn(answer);
}

export function refusalCode(status: number, { details }: Refusal): number {
  if (status === 403) {
    return CloseCode.forbidden;
  }
  return details?.['userId'] === undefined ? CloseCode.signedOut : CloseCode.otherUser;
}

/** What tests and the server in memory say to each other. */

import type { Period } from '../protocol';

export const SCHEDULE = '11111111-1111-4111-8111-111111111111';
export const RESTAURANT = '22222222-2222-4222-8222-222222222222';
export const PERIOD: Period = {
  index: 0,
  id: '33333333-3333-4333-8333-333333333333',
  startDate: '2025-08-21',
  endDate: '2025-09-20',
  scheduleId: SCHEDULE,
  state: 'draft',
};

export type Wire = Record<string, unknown> & { type: string; payload: Record<string, unknown> };

/** One client's end at the server. */
export interface Peer {
  clientId: string;
  /** Who opened the connection: it stays theirs, whoever signs in later. */
  userId?: string;
  send(message: Wire): void;
  close(code: number, reason: string): void;
}

type ErrorReply = { code: string; message: string; details?: unknown; retryAfterSeconds?: number };

export class Refusal extends Error {
  readonly reply: ErrorReply;

  constructor(code: string, details?: unknown) {
    super(code);
    this.reply = { code, message: code, ...(details === undefined ? {} : { details }) };
  }
}

/** A refusal that is not told. */
export const SILENCE = new Refusal('internal_error');

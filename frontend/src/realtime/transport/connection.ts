/** How the client stands with the server: one state at a time, each with its own data only. */

export type TransportKind = 'socket' | 'rest';

export type ConnectionState =
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'catchingUp'; readonly transport: TransportKind }
  | { readonly state: 'live'; readonly transport: TransportKind; readonly since: number }
  /** `retryAt` (milliseconds since 1970) null: it will not try again by itself. */
  | { readonly state: 'offline'; readonly attempt: number; readonly retryAt: number | null; readonly reason: string }
  /** `otherUser`: the browser is signed in as somebody else, in whose name nothing of this page may be sent. */
  | { readonly state: 'signedOut'; readonly reason: SignedOutReason }
  /** The page is from another time than the server: it has to be loaded again. */
  | { readonly state: 'outOfDate'; readonly serverProtocol: number };

export type SignedOutReason = 'unauthenticated' | 'forbidden' | 'otherUser';

export const STOPPED: ConnectionState = { state: 'offline', attempt: 0, retryAt: null, reason: 'stopped' };

/** How a link came to an end. */
export interface Loss {
  readonly code: number;
  readonly reason: string;
  /** Milliseconds until the next attempt; null: there will be none. */
  readonly retryInMs: number | null;
  readonly attempt: number;
}

export const CloseCode = {
  restart: 1012,
  tryAgain: 1013,
  signedOut: 4401,
  forbidden: 4403,
  noHeartbeat: 4408,
  /** Of our own: the session behind REST is another user's. */
  otherUser: 4499,
} as const;

/** The server hung up because of a frame that it cannot take: unreadable, not allowed, too large. */
export const FRAME_FAULTS: ReadonlySet<number> = new Set([1002, 1003, 1007, 1008, 1009]);

/** Whether retrying as the same user is pointless. */
export const isFinal = (code: number): boolean =>
  code === CloseCode.signedOut || code === CloseCode.forbidden || code === CloseCode.otherUser;

/** What is to be told after a loss. */
export function afterLoss({ code, reason, retryInMs, attempt }: Loss, now: number): ConnectionState {
  if (code === CloseCode.signedOut) {
    return { state: 'signedOut', reason: 'unauthenticated' };
  }
  if (code === CloseCode.otherUser) {
    return { state: 'signedOut', reason: 'otherUser' };
  }
  if (code === CloseCode.forbidden) {
    return { state: 'signedOut', reason: 'forbidden' };
  }
  const retryAt = retryInMs === null ? null : now + retryInMs;
  return { state: 'offline', attempt, retryAt, reason: reason === '' ? `closed ${code}` : reason };
}

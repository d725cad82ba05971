import type { Role } from './protocol';

/** Who this client is to the server. */
export interface SessionState {
  readonly restaurantId: string | null;
  readonly role: Role | null;
  /** Server time minus the time here, in milliseconds. */
  readonly clockOffset: number;
}

export const UNKNOWN_SESSION: SessionState = { restaurantId: null, role: null, clockOffset: 0 };

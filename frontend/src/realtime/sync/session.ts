import type { Role } from '../protocol';

/** Who this client is to the server. */
export interface SessionState {
  readonly restaurantId: string | null;
  readonly role: Role | null;
  /** Null as long as the server has not said it. */
  readonly userId: string | null;
  readonly userName: string;
  /** The server takes no larger frame. */
  readonly maxFrameBytes: number;
  /** Server time minus the time here, in milliseconds. */
  readonly clockOffset: number;
}

export const UNKNOWN_SESSION: SessionState = {
  restaurantId: null,
  role: null,
  userId: null,
  userName: '',
  maxFrameBytes: 1 << 20,
  clockOffset: 0,
};

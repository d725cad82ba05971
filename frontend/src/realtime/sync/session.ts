import type { ConnectionAck, Role } from '../protocol';

/** Who this client is to the server. */
export interface SessionState {
  readonly restaurantId: string | null;
  readonly role: Role | null;
  /** Names what the user sees; null until it is known. A copy of what was seen under another name is not to be shown. */
  readonly sight: string | null;
  /** Null until the server has sent it. */
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
  sight: null,
  userId: null,
  userName: '',
  maxFrameBytes: 1 << 20,
  clockOffset: 0,
};

/** Older servers know roles alone. */
export const sightOf = ({ role, sight = role }: { readonly role: Role; readonly sight?: string }): string => sight;

/** What a greeting says of the session; older servers leave some of it out. */
export function sessionOf(ack: ConnectionAck): SessionState {
  const { userId = null, userName = '', maxFrameBytes = UNKNOWN_SESSION.maxFrameBytes } = ack as Partial<ConnectionAck>;
  const { restaurantId, role } = ack;
  return { restaurantId, role, sight: sightOf(ack), userId, userName, maxFrameBytes, clockOffset: Date.parse(ack.serverTime) - Date.now() };
}

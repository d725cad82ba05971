import type { Loss, TransportKind } from './connection';
import type { ClientMessage, Period, ServerMessage } from '../protocol';

/** Where a stream of changes begins, and the periods that there are. */
export interface Position {
  readonly epoch: string;
  readonly version: number;
  readonly periods: readonly Period[];
}

/** The events of a link. */
export interface LinkEvents {
  connecting(attempt: number): void;
  /** Whose session it is; false: nothing of this page may be done in their name. */
  identified(userId: string | null): boolean;
  /** The server can be reached; what it says comes by `received`. `start`: where its stream is, if it says so now. */
  opened(start?: Position): void;
  received(message: ServerMessage): void;
  /** Everything under way is lost or done, nobody knows. */
  lost(loss: Loss): void;
}

/** A connection to the server that speaks the protocol, over any transport. It reconnects by itself. */
export interface Link {
  readonly kind: TransportKind;
  /** Connects, now if it was waiting to try again; if it is connected, makes sure that it still is. */
  connect(): void;
  /** False: not connected, nothing was sent. */
  send(message: ClientMessage): boolean;
  /** The id of the request in the frame of that number on this connection, where frames are counted. */
  requestOf?(frame: number): string | undefined;
  /** Ends this connection and comes back after `pauseMs`, or after the usual back-off. */
  restart(reason: string, pauseMs?: number): void;
  /** Ends this connection for good. */
  close(): void;
}

import { useMemo } from 'react';

import type { ConnectionState } from '@/realtime';
import { useClient, useClientStore } from './client';

/** `connected`: up to date; `connecting`: on the way there; `error`: it does not retry. */
export type ConnectionStatus = 'connected' | 'connecting' | 'disconnected' | 'error';

export interface ConnectionInfo {
  readonly connectionStatus: ConnectionStatus;
  readonly isConnected: boolean;
  readonly lastError: string | null;
  readonly reconnectAttempts: number;
  readonly connectionFailedPermanently: boolean;
  /** What the four above are made from. */
  readonly connection: ConnectionState;
}

const OPENING: ConnectionState = { state: 'connecting', attempt: 0 };

const STATUS: { readonly [S in ConnectionState['state']]: ConnectionStatus } = {
  connecting: 'connecting',
  catchingUp: 'connecting',
  live: 'connected',
  offline: 'disconnected',
  signedOut: 'error',
  outOfDate: 'error',
};

function errorOf(connection: ConnectionState): string | null {
  switch (connection.state) {
    case 'offline':
    case 'signedOut':
      return connection.reason;
    case 'outOfDate':
      return 'out of date';
    default:
      return null;
  }
}

function connectionInfo(connection: ConnectionState): ConnectionInfo {
  const connectionStatus = STATUS[connection.state];
  return {
    connectionStatus,
    isConnected: connectionStatus === 'connected',
    lastError: errorOf(connection),
    reconnectAttempts: 'attempt' in connection ? connection.attempt : 0,
    connectionFailedPermanently: connectionStatus === 'error',
    connection,
  };
}

/** How the client stands with the server. */
export function useConnection(): ConnectionInfo {
  const connection = useClientStore('connection', (state) => state, OPENING);
  return useMemo(() => connectionInfo(connection), [connection]);
}

/** Connecting and disconnecting by hand. */
export function useConnectionActions() {
  const client = useClient();
  return useMemo(() => ({ connect: () => client?.start(), disconnect: () => client?.stop() }), [client]);
}

import { describe, expect, it } from 'vitest';

import type { OutboxEntry, OutboxState } from '@/realtime/outbox/outbox';
import type { ConnectionState } from '@/realtime/transport/connection';

import { savingOf } from './saving';

const live: ConnectionState = { state: 'live', transport: 'socket', since: 0 };
const offline: ConnectionState = { state: 'offline', attempt: 1, retryAt: 1, reason: '' };
const entry = (progress: OutboxEntry['progress'], isDurable = true) => ({ progress, isDurable }) as OutboxEntry;
const queued = entry({ kind: 'queued' });

describe('what becomes of one’s edits', () => {
  it.each<[string, ConnectionState, OutboxState]>([
    ['saved', live, []],
    ['sending', live, [queued]],
    ['sending', { state: 'catchingUp', transport: 'socket' }, [queued]],
    ['waiting', offline, [queued, queued]],
    ['unsaved', offline, [queued, entry({ kind: 'queued' }, false)]],
    ['waiting', offline, [queued, entry({ kind: 'saving' }, false)]],
    ['held', offline, [queued, entry({ kind: 'conflict', items: [], currentVersion: 1 })]],
    ['held', live, [entry({ kind: 'stranded', reason: 'resync' })]],
    ['offline', offline, []],
    ['connecting', { state: 'connecting', attempt: 0 }, []],
  ])('is %s', (kind, connection, outbox) => {
    expect(savingOf(connection, outbox).kind).toBe(kind);
  });

  it('counts what waits, and of what is unsafe only that', () => {
    expect(savingOf(offline, [queued, queued])).toEqual({ kind: 'waiting', count: 2 });
    expect(savingOf(offline, [queued, entry({ kind: 'queued' }, false)])).toEqual({ kind: 'unsaved', count: 1 });
  });
});

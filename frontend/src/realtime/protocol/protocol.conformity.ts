/**
 * Holds our types of the messages against those that the server exports (`protocol.gen.ts`). Ours may be narrower (a role is
 * one of three words) and may leave out what we do not read; a field that the server does not send, a value that it would
 * not take, or a message that is not known here is an error of the compiler that names the message.
 */

import type { Invented, Misfit } from '../../api/fit';
import type { ClientPayloads as Taken, ServerPayloads as Sent } from './protocol.gen';
import type { ClientPayloads, ServerPayloads } from './protocol.payloads';

type Read = {
  [K in keyof Sent & keyof ServerPayloads]: [
    Misfit<Sent[K], ServerPayloads[K]> | Invented<Sent[K], ServerPayloads[K]>,
  ] extends [never]
    ? never
    : K;
};
type Asked = {
  [K in keyof Taken & keyof ClientPayloads]: [Misfit<Taken[K], ClientPayloads[K]>] extends [never] ? never : K;
};

/** What older clients alone ask and are answered. */
type OfOlderClients = 'GENERATE_SCHEDULE_ORTOOLS' | 'GENERATE_SCHEDULE_ERROR' | 'SCHEDULE_GENERATED';

/** The messages that differ, by direction, and those of the server that are not known here. */
export interface Differences {
  read: Read[keyof Read];
  asked: Asked[keyof Asked];
  unread: Exclude<keyof Sent, keyof ServerPayloads | OfOlderClients>;
  unasked: Exclude<keyof Taken, keyof ClientPayloads | OfOlderClients>;
}

/** Does not compile where there is a difference. */
export const noDifferences: { [K in keyof Differences]: [Differences[K]] extends [never] ? true : Differences[K] } = {
  read: true,
  asked: true,
  unread: true,
  unasked: true,
};

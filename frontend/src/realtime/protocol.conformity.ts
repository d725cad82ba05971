/**
 * Holds our types of the messages against those that the server exports (`protocol.gen.ts`). Ours may be narrower (a role is
 * one of three words) and may leave out what we do not read; a field that the server does not send, a value that it would
 * not take, or a message that is not known here is an error of the compiler that names the message.
 */

import type { ClientPayloads as Taken, ServerPayloads as Sent } from './protocol.gen';
import type { ClientPayloads, ServerPayloads } from './protocol.payloads';

/** Free JSON may hold anything under any key. */
type IsFree<Theirs> = string extends keyof Theirs ? (unknown extends Theirs[string & keyof Theirs] ? true : false) : false;

/** Nothing if every value of `Ours` is one of `Theirs`, at every depth, as far as both speak of it; else what kind is not. */
type Misfit<Theirs, Ours> = unknown extends Ours
  ? never
  : Ours extends undefined
    ? never
    : Ours extends null
      ? Ours extends Theirs
        ? never
        : 'null'
      : MisfitOfValue<NonNullable<Theirs>, Ours>;

type MisfitOfValue<Theirs, Ours> = [Theirs] extends [readonly (infer Their)[]]
  ? Ours extends readonly (infer Our)[]
    ? Misfit<Their, Our>
    : 'list'
  : IsFree<Theirs> extends true
    ? never
    : [Theirs] extends [object]
      ? { [K in keyof Theirs & keyof Ours]-?: Misfit<Theirs[K], Ours[K]> }[keyof Theirs & keyof Ours]
      : Ours extends Theirs
        ? never
        : 'value';

type Invented<Theirs, Ours> = Exclude<keyof Ours, keyof Theirs>;

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

/** The messages that differ, by direction, and those of the server that are not known here. */
export interface Differences {
  read: Read[keyof Read];
  asked: Asked[keyof Asked];
  unread: Exclude<keyof Sent, keyof ServerPayloads>;
  unasked: Exclude<keyof Taken, keyof ClientPayloads>;
}

/** Does not compile where there is a difference. */
export const noDifferences: { [K in keyof Differences]: [Differences[K]] extends [never] ? true : Differences[K] } = {
  read: true,
  asked: true,
  unread: true,
  unasked: true,
};

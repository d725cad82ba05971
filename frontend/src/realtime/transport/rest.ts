/** The protocol over REST: writes as requests, reads by polling the change log. */

import type { Http } from '../../api/http';
import { get, HttpFailure, type AnswerOf } from '../../api/typed';
import { backoffMs } from './backoff';
import { CloseCode, isFinal } from './connection';
import type { Link, LinkEvents, Position } from './link';
import { Patience } from './patience';
import { asMessage, type ClientMessage, type ServerMessage } from '../protocol';
import { isRecord } from '../protocol/records';
import { bodyOf, readerOf } from './restAnswers';
import { routeOf } from './restRoutes';
import { requireAck, requirePosition, OtherUser, ownErrorIn, refusalCode, retryAfter, verdictIn } from './restVerdicts';

export interface RestOptions {
  readonly http: Http;
  readonly since: () => string | null;
  readonly clientId: () => string;
  readonly pollMs?: number;
  /** Carries single requests without connecting, alongside a socket that announces their changes. */
  readonly isBeside?: boolean;
}

const POLL_MS = 2000;
const SOON_MS = 50;
const PAGE = 500;
/** So long an answer may take; and so long that to a question, which may be about everything there is. */
const ANSWER_MS = 20_000;
const LONG_ANSWER_MS = 120_000;
/** So long the session is taken to be the one that it was; the server holds every request against its user besides. */
const SAME_USER_MS = 500;

type ChangesPage = AnswerOf<'/api/changes/'>;
type Timer = ReturnType<typeof setTimeout>;

export class RestLink implements Link {
  readonly kind = 'rest';
  readonly #options: RestOptions;
  readonly #events: LinkEvents;
  readonly #patience: Patience;
  readonly #http: Http;
  #isUp = false;
  #attempt = 0;
  /** Counts connections: events of an earlier one are dropped. */
  #life = 0;
  #timer: Timer | undefined;
  #pollDue = Number.POSITIVE_INFINITY;
  #writes: Promise<void> = Promise.resolve();
  #polling: Promise<void> | null = null;
  #userSeenAt = Number.NEGATIVE_INFINITY;
  /** When the server answered last, by its own clock. */
  #serverTime: string | null = null;

  constructor(options: RestOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
    this.#patience = new Patience(options.http);
    this.#http = this.#patience.within(ANSWER_MS);
  }

  connect(): void {
    if (this.#isUp) {
      void this.#poll(this.#life);
      return;
    }
    clearTimeout(this.#timer);
    this.#attempt += 1;
    this.#life += 1;
    this.#isUp = true;
    this.#events.connecting(this.#attempt);
    void this.#begin(this.#life);
  }

  send(message: ClientMessage): boolean {
    const life = this.#life;
    if (!this.#isUp && this.#options.isBeside !== true) {
      return false;
    }
    const read = readerOf(message);
    if (read !== null) {
      void this.#answer(life, message, () => read(this.#patience.within(LONG_ANSWER_MS), message));
      return true;
    }
    if (message.type === 'RESUME') {
      void this.#poll(life);
      return true;
    }
    if (routeOf(message) === null) {
      return false;
    }
    // One after the other: the order of the outbox is the order in which they are carried out.
    const write = () => this.#write(life, message);
    this.#writes = this.#writes.then(write, write);
    return true;
  }

  restart(reason: string, pauseMs?: number): void {
    if (this.#isUp) {
      this.#lost(4000, reason, pauseMs);
    }
  }

  close(): void {
    this.#end();
    this.#attempt = 0;
  }

  async #begin(life: number): Promise<void> {
    const since = this.#options.since();
    try {
      await this.#requireUser();
      if (since === null) {
        await this.#beginAnew(life);
      } else {
        await this.#goOn(life, since);
      }
    } catch (error) {
      this.#gone(life, error);
    }
  }

  async #beginAnew(life: number): Promise<void> {
    const start = await this.#position();
    if (!this.#isOver(life)) {
      this.#attempt = 0;
      this.#events.opened(start);
      this.#schedulePoll(life);
    }
  }

  async #goOn(life: number, since: string): Promise<void> {
    const page = await this.#changes(since);
    if (!this.#isOver(life)) {
      this.#attempt = 0;
      this.#events.opened();
      this.#deliver(page);
      this.#schedulePoll(life, page.more ? 0 : undefined);
    }
  }

  /** The browser may have become another user's, by another tab: nothing of this page may be done in their name. */
  async #requireUser(): Promise<void> {
    if (performance.now() - this.#userSeenAt < SAME_USER_MS) {
      return;
    }
    const me: unknown = await get(this.#http, '/api/me/');
    const found = isRecord(me) ? (me['userId'] ?? me['id']) : undefined;
    if (typeof found === 'string' && !this.#events.identified(found)) {
      throw new OtherUser();
    }
    this.#userSeenAt = performance.now();
  }

  /** Where the stream is now. */
  async #position(): Promise<Position> {
    const { epoch, version } = requirePosition(await get(this.#http, '/api/changes/'));
    return { epoch, version, periods: await get(this.#http, '/api/periods/') };
  }

  async #changes(since: string): Promise<ChangesPage> {
    const http: Http = async (request) => {
      const answer = await this.#http(request);
      this.#serverTime = answer.headers.get('Date');
      return answer;
    };
    return requirePosition(await get(http, '/api/changes/', { query: { since, limit: PAGE } }));
  }

  #deliver({ changes, epoch, version, more }: ChangesPage): void {
    for (const change of changes.map(asMessage)) {
      if (change !== null) {
        // As over a socket: only answers carry the request id.
        this.#events.received({ ...change, requestId: null });
      }
    }
    const last = more ? (changes.at(-1) as { version: number }).version : version;
    this.#tell('RESUMED', { from: 0, epoch, version: last }, this.#serverTime);
  }

  // --- polling ---

  /** An earlier appointment stands. */
  #schedulePoll(life: number, pauseMs = this.#options.pollMs ?? POLL_MS): void {
    const due = Date.now() + pauseMs;
    if (this.#isOver(life) || this.#pollDue <= due || this.#options.isBeside === true) {
      return;
    }
    clearTimeout(this.#timer);
    this.#pollDue = due;
    this.#timer = setTimeout(() => void this.#poll(life), pauseMs);
  }

  /** Reads on; what is asked for meanwhile waits for the next round, which begins after this one. */
  async #poll(life: number): Promise<void> {
    await this.#polling;
    if (this.#isOver(life)) {
      return;
    }
    this.#pollDue = Number.POSITIVE_INFINITY;
    this.#polling = this.#pollOnce(life);
    await this.#polling;
  }

  async #pollOnce(life: number): Promise<void> {
    const since = this.#options.since();
    if (since === null) {
      this.#schedulePoll(life);
      return;
    }
    try {
      const page = await this.#changes(since);
      if (!this.#isOver(life)) {
        this.#deliver(page);
        this.#schedulePoll(life, page.more ? 0 : undefined);
      }
    } catch (error) {
      this.#gone(life, error);
    }
  }

  // --- requests ---

  async #write(life: number, message: ClientMessage): Promise<void> {
    const route = routeOf(message);
    if (this.#isOver(life) || route === null) {
      return;
    }
    const { requestId, clientId } = message;
    const request = { ...route, clientId, ...(requestId === undefined ? {} : { requestId }) };
    await this.#answer(life, message, async () => {
      await this.#requireUser();
      const body = requireAck(await bodyOf(this.#http, request));
      this.#attempt = 0;
      // What it has changed is to be seen soon, once for all writes that are done by then.
      this.#schedulePoll(life, SOON_MS);
      return { type: 'ACK', payload: body as ServerMessage<'ACK'>['payload'] };
    });
  }

  async #answer(
    life: number,
    { requestId }: ClientMessage,
    ask: () => Promise<Pick<ServerMessage, 'type' | 'payload'>>,
  ): Promise<void> {
    try {
      const answer = await ask();
      if (!this.#isOver(life)) {
        this.#events.received({ ...answer, ...identified(requestId) } as ServerMessage);
      }
    } catch (error) {
      this.#refused(life, requestId, error);
    }
  }

  #refused(life: number, requestId: string | undefined, error: unknown): void {
    if (this.#isOver(life)) {
      return;
    }
    const payload = error instanceof HttpFailure ? verdictIn(error.answer) : null;
    if (payload === null) {
      this.#gone(life, error);
      return;
    }
    const { items, currentVersion, strategy } = (payload.details ?? {}) as Readonly<Record<string, unknown>>;
    // What is refused because somebody was first looks the same, but there is nothing to choose.
    const isChoice = payload.code === 'conflict' && items !== undefined && currentVersion !== undefined && strategy !== 'first_writer_wins';
    const told = isChoice
      ? { type: 'CONFLICT', payload: { items, currentVersion } }
      : { type: 'ERROR', payload };
    this.#events.received({ ...told, ...identified(requestId) } as ServerMessage);
  }

  // --- the end ---

  #gone(life: number, error: unknown): void {
    if (this.#isOver(life)) {
      return;
    }
    if (error instanceof OtherUser) {
      this.#lost(CloseCode.otherUser, error.message);
      return;
    }
    if (!(error instanceof HttpFailure)) {
      this.#lost(1006, error instanceof Error ? error.message : 'unreachable');
      return;
    }
    const { answer } = error;
    const own = ownErrorIn(answer);
    if (own === null) {
      // Somebody between us and the server says so (a proxy, the sign-in page of a network): it is asked again later.
      this.#lost(1013, `HTTP ${answer.status}`, retryAfter(answer));
    } else if (answer.status === 410) {
      void this.#startOver(life);
    } else if (answer.status === 401 || answer.status === 403) {
      this.#lost(refusalCode(answer.status, own), own.message);
    } else {
      this.#lost(1013, own.message, retryAfter(answer));
    }
  }

  async #startOver(life: number): Promise<void> {
    try {
      const { epoch, version } = await this.#position();
      if (!this.#isOver(life)) {
        this.#events.opened();
        this.#tell('RESYNC_REQUIRED', { epoch, version, reason: 'gone' });
        this.#schedulePoll(life);
      }
    } catch (error) {
      this.#lost(1006, error instanceof Error ? error.message : 'unreachable');
    }
  }

  #lost(code: number, reason: string, pauseMs?: number): void {
    this.#end();
    this.#userSeenAt = Number.NEGATIVE_INFINITY;
    const isBeside = this.#options.isBeside === true;
    const retryInMs = isFinal(code) ? null : (pauseMs ?? backoffMs(this.#attempt + 1));
    if (isBeside) {
      this.#attempt += 1;
    }
    this.#events.lost({ code, reason, retryInMs, attempt: this.#attempt });
    // What is never connected has nothing to come back to.
    if (retryInMs !== null && !isBeside) {
      this.#timer = setTimeout(() => this.connect(), retryInMs);
    }
  }

  #end(): void {
    this.#isUp = false;
    this.#life += 1;
    this.#pollDue = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
    this.#patience.end();
  }

  #isOver(life: number): boolean {
    return life !== this.#life;
  }

  #tell<T extends 'RESUMED' | 'RESYNC_REQUIRED'>(type: T, payload: ServerMessage<T>['payload'], timestamp: string | null = null): void {
    this.#events.received({ type, payload, timestamp } as ServerMessage);
  }
}

function identified(requestId: string | undefined): { requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

/** A client of one restaurant: everything a page needs, without React. */

import type { StoreApi } from 'zustand/vanilla';

import { SnapshotCache } from './storage/cache';
import type { ClientConfig } from './transport/config';
import type { ConnectionState } from './transport/connection';
import { openDatabase, type Database } from './storage/database';
import { unfitness } from './protocol/fitness';
import { uuid } from './protocol/ids';
import { JobReader } from './jobs/jobReader';
import { Jobs, type Job } from './jobs/jobs';
import type { Link, LinkEvents } from './transport/link';
import { httpOf, makeLink, type Platform } from './transport/links';
import type { Notice } from './outbox/notices';
import { envelopeOf, Outbox, type OutboxEntry, type OutboxState } from './outbox/outbox';
import { OutboxStore } from './storage/outboxStore';
import { PageUser } from './storage/pageUser';
import type { Outcome } from './outbox/outcomes';
import type { StoredEntry } from './storage/stored';
import type { ChangeRequest } from './state/predictions';
import { Presence, type Roster } from './sync/presence';
import { ANSWERS, type Answer, type ClientMessage, type ClientPayloads, type NoticeNews, type Place, type QueryType } from './protocol';
import { Replica } from './state/replica';
import { RequestError } from './sync/requests';
import type { ReplicaState, SliceKey } from './state/state';
import type { SessionState } from './sync/session';
import { Syncer } from './sync/syncer';
import { adoptOrphans, browserLocks, claimIdentity, type Identity, type TabLocks } from './storage/tabs';
import { Undo, type UndoOptions } from './outbox/undo';
import { asWaiting, unbased } from './outbox/waiting';

export interface ClientOptions extends Platform {
  config: ClientConfig;
  locks?: TabLocks;
  /** Outlives a reload, but not the tab. */
  session?: Pick<Storage, 'getItem' | 'setItem'> | null;
  databaseName?: string;
  /** Another way to the server than the configured one. */
  link?: (events: LinkEvents, syncer: Syncer, clientId: () => string) => Link;
}

/** A change on its way: `outcome` always resolves in the end, perhaps in a later life of the page. */
export interface Submitted {
  readonly requestId: string;
  readonly outcome: Promise<Outcome>;
}

/** How much of the largest frame is used: what stands between us and the server may have a word to add. */
const FULL_FRAME = 0.95;
const QUERY_TIMEOUT_MS = 20_000;

interface Opened {
  readonly scope: string;
  readonly database: Database | null;
  readonly locks: TabLocks;
  readonly identity: Identity;
  readonly user: PageUser;
  readonly disk: OutboxStore;
}

/** Opens the browser's store and makes a client of what it holds; it connects when it is started. */
export async function openClient(options: ClientOptions): Promise<ShiftSyncClient> {
  const { userId, restaurantId } = options.config;
  const scope = `${userId ?? 'anybody'}:${restaurantId ?? 'own'}`;
  const locks = options.locks ?? browserLocks();
  const [database, identity] = await Promise.all([
    openDatabase(options.databaseName),
    claimIdentity(scope, locks, options.session ?? null),
  ]);
  const user = new PageUser(userId);
  const disk = new OutboxStore(database, scope, user);
  const client = new ShiftSyncClient({ scope, database, locks, identity, user, disk }, options);
  await client.restore(options.config.sight ?? null);
  disk.probe();
  return client;
}

export class ShiftSyncClient {
  /** The user; null: as the server says. */
  readonly userId: string | null;
  readonly presence: Presence;
  readonly undoing: Undo;
  readonly #opened: Opened;
  readonly #replica = new Replica();
  readonly #outbox: Outbox;
  readonly #cache: SnapshotCache;
  readonly #jobs = new Jobs();
  readonly #jobReader: JobReader;
  readonly #syncer: Syncer;
  readonly #link: Link;
  #unsubscribe: (() => void) | undefined;
  /** For whom it is known what an earlier life of this tab has left; the browser's store may have been too slow to say. */
  #takenUpFor: string | null | undefined;

  /** Use {@link openClient}. */
  constructor(opened: Opened, given: ClientOptions) {
    const options = { ...given, user: () => opened.user.asking };
    this.#opened = opened;
    this.userId = options.config.userId;
    const { identity } = opened;
    const clientId = () => identity.clientId;
    this.#outbox = new Outbox(opened.disk, opened.scope, identity.owner);
    this.#cache = new SnapshotCache(opened.database, opened.scope);
    this.presence = new Presence(clientId, (payload) => {
      // Before the server has said whose session it is, nobody is told anything.
      if (this.#syncer.isReady) this.#link.send({ type: 'PRESENCE_UPDATE', payload, ...this.#stamp() });
    });
    this.#jobReader = new JobReader(httpOf(options), this.#jobs);
    this.#syncer = new Syncer({
      identity,
      user: opened.user,
      replica: this.#replica,
      outbox: this.#outbox,
      cache: this.#cache,
      presence: this.presence,
      jobReader: this.#jobReader,
    });
    this.undoing = new Undo(this.#outbox, clientId, {
      change: (request) => void this.#submit(request),
      withdraw: (entry) => this.discard(entry.requestId),
    });
    this.#link = (options.link ?? makeLink(options))(this.#syncer, this.#syncer, clientId);
    this.#syncer.use(this.#link);
  }

  /** Whether this browser keeps anything: edits that wait, and what was shown. A store that opens may still take and answer nothing. */
  get keeps(): StoreApi<boolean> {
    return this.#opened.disk.keeps;
  }

  /** The id of this tab to the server. */
  get clientId(): string {
    return this.#opened.identity.clientId;
  }

  /** How the client stands with the server. */
  get connection(): StoreApi<ConnectionState> {
    return this.#syncer.connection;
  }

  /** What is shown: the confirmed state with one's own pending changes on top. */
  get view(): StoreApi<ReplicaState> {
    return this.#replica.view;
  }

  /** The changes that have not come back yet, and those that wait for a decision of their author. */
  get outbox(): StoreApi<OutboxState> {
    return this.#outbox.store;
  }

  get session(): StoreApi<SessionState> {
    return this.#syncer.session;
  }

  get notices(): StoreApi<readonly Notice[]> {
    return this.#syncer.replies.verdicts.notices.store;
  }

  /** What the server has said last of what this user is told; null: nothing yet. */
  get news(): StoreApi<NoticeNews | null> {
    return this.#syncer.news;
  }

  /** The jobs of the schedules that are followed; those of before too. */
  get jobs(): StoreApi<ReadonlyMap<string, Job>> {
    return this.#jobs.store;
  }

  get roster(): StoreApi<Roster> {
    return this.presence.store;
  }

  /** The restaurant's version that the confirmed state is at. */
  get version(): number {
    return this.#syncer.sequence.version;
  }

  /** Begins with what the browser has kept. Part of {@link openClient}. */
  async restore(sight: string | null): Promise<void> {
    const { disk, identity } = this.#opened;
    const [cached, entries] = await Promise.all([this.#cache.load(sight), disk.load(identity.owner)]);
    if (cached !== null) {
      this.#replica.restore(cached.state);
      this.#syncer.restore(cached.meta);
    }
    this.#takeUp(entries);
    await this.#adopt();
    this.#syncer.refresh();
  }

  /** Connects, and stays connected. Again: tries at once what was to be tried later. */
  start(): void {
    this.#unsubscribe ??= this.connection.subscribe(({ state }, before) => {
      if (state === 'live' && before.state !== 'live') {
        void this.#adopt().then(() => this.#syncer.flush());
      }
    });
    this.#link.connect();
  }

  /** The session is over, or has become another user's: nothing more is sent; edits that wait stay, for their author alone. */
  end(reason: 'unauthenticated' | 'otherUser'): void {
    this.#syncer.end(reason);
  }

  /** How many changes wait in all tabs of this browser, this one's own included. */
  async countWaiting(): Promise<number> {
    const kept = await this.#opened.disk.count();
    const { entries } = this.#outbox;
    return Math.max(entries.length, kept + entries.filter(({ isDurable }) => !isDurable).length);
  }

  /** Forgets what was shown, as far as this browser keeps it: its user signs out. Edits that wait stay. */
  forgetCopies(): Promise<void> {
    return this.#cache.clear();
  }

  /** Disconnects, and stays disconnected; edits are kept. */
  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#link.close();
    this.#syncer.stop();
  }

  /** Ends the client for good: what has to be kept is written, and the tab's outbox may be taken over. */
  async close(): Promise<void> {
    this.stop();
    await this.#syncer.save();
    this.#opened.identity.release();
    this.#opened.database?.close();
  }

  /** Writes the state to the browser's store now; for when the page may go away. */
  save(): Promise<void> {
    return this.#syncer.save();
  }

  /** Holds a part of the state current until the returned function is called. */
  follow(slice: SliceKey): () => void {
    this.#syncer.slices.want(slice);
    this.#syncer.askForMissing();
    let isFollowing = true;
    return () => {
      if (isFollowing) {
        isFollowing = false;
        this.#syncer.slices.release(slice);
      }
    };
  }

  /** Whether the part is current, as far as the connection is. */
  isCurrent(slice: SliceKey): boolean {
    return this.#syncer.slices.isCurrent(slice);
  }

  /** Reads a part again from the server. */
  resync(slice: SliceKey): void {
    this.#syncer.slices.expire(slice);
    this.#syncer.askForMissing();
  }

  /** Makes a change: shown at once, kept until the server has it. */
  change(request: ChangeRequest): Submitted {
    this.undoing.forget(request);
    return this.#submit(request);
  }

  /** Takes back this client's last change of the schedule. */
  undo(scheduleId: string, options: UndoOptions = {}): void {
    this.undoing.undo(scheduleId, options);
  }

  redo(scheduleId: string, options: UndoOptions = {}): void {
    this.undoing.redo(scheduleId, options);
  }

  /** Asks the server something. Rejects with a {@link RequestError}: at once when there is no connection. */
  async query<Q extends QueryType>(
    type: Q,
    payload: ClientPayloads[Q],
    timeoutMs = QUERY_TIMEOUT_MS,
  ): Promise<Answer<Q>['payload']> {
    const requestId = uuid();
    const answer = this.#syncer.replies.requests.expect(requestId, ANSWERS[type], timeoutMs);
    const message = { type, payload, ...this.#stamp(), requestId } as ClientMessage;
    if (!this.#syncer.isReady || !this.#link.send(message)) {
      this.#syncer.replies.requests.fail(requestId, new RequestError('offline', 'There is no connection to the server.'));
    }
    return (await answer).payload as Answer<Q>['payload'];
  }

  /** Reads the result of a job, with its proposal, into `jobs`. Rejects where the server refuses it or is not there. */
  readJob(jobId: string): Promise<void> {
    return this.#jobReader.read(jobId);
  }

  /** Tells the others where this client is. */
  moveTo(place: Place): void {
    this.presence.moveTo(place);
  }

  /**
   * Answers a conflict, or resends what was stranded: the change again, now over the state that is known. `request` in its
   * stead where the author keeps only a part of it.
   */
  insist(requestId: string, request?: ChangeRequest): Submitted | null {
    const entry = this.#outbox.find(requestId);
    if (entry?.held == null) {
      return null;
    }
    this.#outbox.remove(requestId);
    const base = entry.held.kind === 'conflict' ? entry.held.currentVersion : this.version;
    return this.#submit(unbased(request ?? entry.request), base);
  }

  /** Drops a change that was not confirmed: theirs it is. */
  discard(requestId: string): void {
    if (this.#outbox.remove(requestId) !== undefined) {
      this.#syncer.replies.verdicts.withdrawn(requestId);
      this.#syncer.refresh();
    }
  }

  /** The user has seen a notice. */
  dismiss(noticeId: string): void {
    this.#syncer.replies.verdicts.notices.dismiss(noticeId);
  }

  #submit(request: ChangeRequest, baseVersion = this.version): Submitted {
    const requestId = uuid();
    const outcome = this.#syncer.replies.verdicts.outcomes.of(requestId);
    const { epoch } = this.#syncer.sequence;
    const { clockOffset, maxFrameBytes } = this.session.getState();
    const based = this.#whileWaiting(epoch === null ? request : withBase(request, baseVersion));
    const createdAt = new Date(Date.now() + clockOffset).toISOString();
    this.#opened.user.settle();
    const author = this.#opened.user.id;
    const added = this.#outbox.add({ requestId, request: based, clientId: this.clientId, author, createdAt, epoch });
    this.#replica.append(based);
    const entry = this.#outbox.find(requestId) as OutboxEntry;
    const error = unfitness(envelopeOf(entry), maxFrameBytes * FULL_FRAME);
    if (error !== null) {
      this.#syncer.replies.verdicts.refused(entry, error);
      this.#syncer.refresh();
    }
    void added.then(() => this.#syncer.flush());
    return { requestId, outcome };
  }

  #whileWaiting(request: ChangeRequest): ChangeRequest {
    const { state } = this.connection.getState();
    return state === 'live' || state === 'catchingUp' ? request : asWaiting(request);
  }

  /** What this tab has left in an earlier life, if the browser's store has said. */
  #takeUp(entries: readonly StoredEntry[] | null): void {
    this.#takenUpFor = entries === null ? undefined : this.#opened.user.id;
    this.#outbox.restore(entries ?? []);
  }

  async #adopt(): Promise<void> {
    const { scope, locks, disk, identity, user } = this.#opened;
    if (this.#takenUpFor !== user.id) {
      this.#takeUp(await disk.load(identity.owner));
      this.#syncer.adopted();
    }
    const adopted = await adoptOrphans(scope, identity.owner, locks, disk);
    if (adopted.length > 0) {
      this.#outbox.restore(adopted);
      this.#syncer.adopted();
    }
  }

  #stamp(): { timestamp: string; clientId: string } {
    return { timestamp: new Date().toISOString(), clientId: this.clientId };
  }
}

/** The request with the version that its author's view had reached: when they began, if they have said so. */
function withBase(request: ChangeRequest, version: number): ChangeRequest {
  // What was kept since may be of another past of the server, whose versions were higher.
  const baseVersion = Math.min(('baseVersion' in request.payload ? request.payload.baseVersion : undefined) ?? version, version);
  return { type: request.type, payload: { ...request.payload, baseVersion } } as ChangeRequest;
}

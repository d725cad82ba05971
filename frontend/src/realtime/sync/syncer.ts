/** Keeps the replica at the server's state and brings the outbox to the server, over whatever link there is. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { SnapshotCache } from '../storage/cache';
import {
  afterLoss,
  CloseCode,
  FRAME_FAULTS,
  isFinal,
  STOPPED,
  type ConnectionState,
  type Loss,
  type SignedOutReason,
} from '../transport/connection';
import type { JobReader } from '../jobs/jobReader';
import { CatchUp } from './catchUp';
import { Keeping } from './keeping';
import type { Link, LinkEvents, Position } from '../transport/link';
import type { Outbox } from '../outbox/outbox';
import { Outgoing } from '../outbox/outgoing';
import { Overwriting } from './overwriting';
import type { Presence } from './presence';
import {
  asMessage,
  onlyLooks,
  PROTOCOL_VERSION,
  type Change,
  type ConnectionAck,
  type NoticeNews,
  type Period,
  type ServerMessage,
  type ServerType,
} from '../protocol';
import { Replies } from './replies';
import type { Replica } from '../state/replica';
import type { Sequence } from './sequence';
import { sightOf, type SessionState } from './session';
import { Sight } from './sight';
import { Slices } from './slices';
import { SliceSync } from './sliceSync';
import type { PageUser } from '../storage/pageUser';
import type { StoredMeta } from '../storage/stored';
import { Stream } from './stream';
import type { Identity } from '../storage/tabs';
import { Timer } from '../transport/timer';
import { asWaiting } from '../outbox/waiting';

/** An acknowledged change comes with the stream; later than this, the server is asked for it. */
const ARRIVAL_TIMEOUT_MS = 3000;

type Handlers = { readonly [T in ServerType]?: (message: ServerMessage<T>) => void };

export interface SyncerParts {
  readonly identity: Identity;
  readonly user: PageUser;
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly cache: SnapshotCache;
  readonly presence: Presence;
  readonly jobReader: JobReader;
}

export class Syncer implements LinkEvents {
  readonly connection: StoreApi<ConnectionState> = createStore<ConnectionState>(() => STOPPED);
  readonly news: StoreApi<NoticeNews | null> = createStore<NoticeNews | null>(() => null);
  readonly slices = new Slices();
  readonly replies: Replies;
  readonly #parts: SyncerParts;
  readonly #sync: SliceSync;
  readonly #sight: Sight;
  readonly #stream: Stream;
  readonly #catchUp: CatchUp;
  readonly #outgoing: Outgoing;
  readonly #arrival = new Timer(ARRIVAL_TIMEOUT_MS, () => this.#catchUp.resume());
  readonly #keeping: Keeping;
  readonly #overwriting: Overwriting;

  constructor(parts: SyncerParts) {
    this.#parts = parts;
    this.#sync = new SliceSync(this.slices, parts.replica);
    this.#keeping = new Keeping(parts.cache, parts.replica, () => this.#meta());
    this.#sight = new Sight({ replica: parts.replica, slices: this.slices, sliceSync: this.#sync, keeping: this.#keeping });
    this.#stream = this.#makeStream();
    this.#outgoing = new Outgoing(parts.outbox, () => parts.identity.clientId);
    this.#catchUp = new CatchUp(this.#stream, {
      send: (message) => this.#outgoing.send(message),
      caughtUp: () => this.#caughtUp(),
    });
    const { session } = this;
    this.replies = new Replies(parts.outbox, {
      answered: () => this.#answered(),
      expect: (version) => this.#expect(version),
      restart: (reason, pauseMs) => this.#outgoing.link?.restart(reason, pauseMs),
      requestOf: (frame) => this.#outgoing.link?.requestOf?.(frame),
      get clockOffset() {
        return session.getState().clockOffset;
      },
      get maxFrameBytes() {
        return session.getState().maxFrameBytes;
      },
    });
    this.#overwriting = new Overwriting(parts, this.replies.verdicts.notices);
  }

  get session(): StoreApi<SessionState> {
    return this.#sight.session;
  }

  get sequence(): Sequence {
    return this.#stream.sequence;
  }

  /** Whether it is known whose session it is, and where the stream is. */
  get isReady(): boolean {
    return this.#catchUp.isReady;
  }

  /** Everything goes over `link` from now on. */
  use(link: Link): void {
    this.#outgoing.link = link;
  }

  /** Where to resume from, or null if there is nothing to go on from. */
  get since(): string | null {
    return this.slices.current.length > 0 ? this.sequence.since : null;
  }

  /** Goes on from what an earlier session knew. */
  restore({ epoch, version, held, role, sight, userId, clockOffset = 0 }: Omit<StoredMeta, 'scope'>): void {
    this.sequence.start(epoch, version);
    // Viewers read months again: what an earlier version of the page stored may lack fields that they are shown by.
    this.slices.restore(onlyLooks(role) ? held.filter((slice) => !slice.startsWith('schedule:')) : held);
    this.session.setState({ role, sight, clockOffset });
    this.#parts.user.remember(userId ?? null);
  }

  /** The session is over, or another user's: nothing more is sent, and what was shown is not kept. */
  end(reason: SignedOutReason): void {
    this.#outgoing.link?.close();
    this.#disconnected();
    this.connection.setState({ state: 'signedOut', reason }, true);
    this.#keeping.seal();
  }

  /** Entries of other tabs have come into the outbox. */
  adopted(): void {
    if (this.isReady) {
      this.replies.verdicts.strandForeign(this.sequence.epoch);
    }
    this.refresh();
  }

  /** Forgets the connection, on purpose. */
  stop(): void {
    this.#disconnected();
    this.connection.setState(STOPPED, true);
  }

  /** Writes the confirmed state to the browser's store. */
  save(): Promise<void> {
    return this.#keeping.save();
  }

  #meta() {
    const { epoch, version } = this.sequence;
    const { role, sight, clockOffset } = this.session.getState();
    return { epoch, version, held: this.slices.current, role, sight, clockOffset, userId: this.#parts.user.id };
  }

  /** Sends what waits, as far as the connection allows. */
  flush(): void {
    if (!this.isReady) {
      return;
    }
    this.#outgoing.flush();
    this.#outgoing.watch(this.#sync.isUnderWay);
  }

  /** Asks for the slices that are wanted and not here. */
  askForMissing(): void {
    if (!this.isReady) {
      return;
    }
    this.#sync.askForMissing((question, requestId) => this.#outgoing.send({ ...question, requestId }));
    this.#outgoing.watch(this.#sync.isUnderWay);
    if (!this.#sync.isUnderWay) {
      this.#becomeLive();
    }
  }

  /** Shows the state with everything pending on top, and forgets what has arrived. */
  refresh(): void {
    const { outbox, replica } = this.#parts;
    outbox.arrive(this.sequence.version);
    replica.show(outbox.pending);
    this.#keeping.soon();
  }

  // --- the link ---

  connecting(attempt: number): void {
    this.connection.setState({ state: 'connecting', attempt }, true);
  }

  identified(userId: string | null): boolean {
    if (this.#parts.user.corrects(userId)) {
      // The browser kept what another has seen, and nobody has done anything with it here.
      this.#sight.forget();
      this.#parts.outbox.leave();
      this.refresh();
    }
    const isTheirs = this.#parts.user.meet(userId);
    if (isTheirs && userId !== null) {
      this.#parts.outbox.sign(userId);
    }
    return isTheirs;
  }

  opened(start?: Position): void {
    this.#catchUp.opened(start === undefined && this.since !== null);
    this.#setCatchingUp();
    if (start !== undefined) {
      this.#keeping.unseal();
      this.#seedPeriods(start.periods);
      this.#catchUp.start(start.epoch, start.version);
    }
  }

  lost(loss: Loss): void {
    if (FRAME_FAULTS.has(loss.code)) {
      this.replies.hungUp(loss.code);
    }
    this.#parts.user.settle();
    this.#disconnected();
    const { state } = this.connection.getState();
    if (state === 'outOfDate' || state === 'signedOut') {
      return;
    }
    this.connection.setState(afterLoss(loss, Date.now()), true);
    if (isFinal(loss.code) && loss.code !== CloseCode.forbidden) {
      this.#keeping.seal();
    }
  }

  received(message: ServerMessage): void {
    this.#parts.jobReader.received(message, this.#outgoing.link?.kind === 'rest');
    if (this.#sync.settle(message, this.sequence.version)) {
      this.refresh();
      this.askForMissing();
      return;
    }
    const wasAsked = this.replies.requests.settle(message);
    if (message.type in this.#handlers) {
      (this.#handlers[message.type] as (message: ServerMessage) => void)(message);
    } else if (message.version != null && !wasAsked && message.requestId == null) {
      // A message with a request id answers a request that was given up.
      this.#stream.take([message as Change]);
      this.#judgeSight(message);
    }
  }

  /** A socket says by itself what its user sees from now on; where there is none, what the owner has changed says so. */
  #judgeSight(message: ServerMessage): void {
    if (this.#outgoing.link?.kind === 'rest' && this.#sight.changedByOwner(message)) {
      this.refresh();
      this.askForMissing();
    }
  }

  readonly #handlers: Handlers = {
    CONNECTION_ACK: ({ payload }) => this.#greeted(payload),
    PONG: ({ payload, timestamp }) => {
      this.#sight.setClock(Date.parse(timestamp ?? ''));
      if (this.isReady) this.#catchUp.compare(payload.epoch, payload.version);
    },
    ACK: (message) => this.replies.acknowledged(message),
    ERROR: (message) => this.replies.failed(message),
    CONFLICT: (message) => this.replies.conflicted(message),
    BATCH: ({ payload }) => this.#receivedMany(payload.messages),
    RESUMED: ({ payload, timestamp }) => {
      this.#sight.setClock(Date.parse(timestamp ?? ''));
      this.#catchUp.resumed(payload.version);
    },
    RESYNC_REQUIRED: ({ payload }) => this.#startOver(payload.epoch, payload.version, payload.reason),
    ROLE_CHANGED: ({ payload }) => {
      this.#sight.changed(payload.role, sightOf(payload));
      this.refresh();
      this.askForMissing();
    },
    PRESENCE_STATE: ({ payload }) => this.#parts.presence.receive(payload),
    // Taken in by the reader of jobs.
    GENERATION_PROGRESS: () => undefined,
    GENERATION_RESULT: () => undefined,
    NOTICE_NEWS: ({ payload }) => this.news.setState(payload, true),
    SETTINGS_RESET: () => this.#settingsReplaced(),
    SETTINGS_MIGRATE: () => this.#settingsReplaced(),
  };

  #receivedMany(messages: readonly unknown[]): void {
    const known = messages.map(asMessage).filter((message) => message !== null);
    this.#stream.takeMany(
      known,
      (type) => type in this.#handlers,
      (message) => this.received(message),
    );
  }

  // --- catching up ---

  #greeted(ack: ConnectionAck): void {
    if (ack.protocol !== PROTOCOL_VERSION) {
      this.connection.setState({ state: 'outOfDate', serverProtocol: ack.protocol }, true);
      this.#outgoing.link?.close();
      return;
    }
    const { userId = null } = ack as Partial<ConnectionAck>;
    if (!this.identified(userId)) {
      this.end('otherUser');
      return;
    }
    this.#keeping.unseal();
    this.#parts.identity.rename(ack.clientId);
    this.#parts.presence.belongTo(userId);
    this.#sight.greeted(ack);
    this.#seedPeriods(ack.periods);
    if (!this.#catchUp.isResuming) {
      this.#catchUp.start(ack.epoch, ack.version);
    }
  }

  #seedPeriods(periods: readonly Period[]): void {
    if (!this.slices.isCurrent('calendar')) {
      this.#parts.replica.seedCalendar(periods);
    }
  }

  #startOver(epoch: string, version: number, reason: string): void {
    this.#setCatchingUp();
    if (epoch === this.sequence.epoch) {
      this.#parts.outbox.arrive(Number.POSITIVE_INFINITY);
    }
    this.replies.verdicts.strandAll(reason);
    this.#catchUp.start(epoch, version);
  }

  #caughtUp(): void {
    this.replies.verdicts.strandForeign(this.sequence.epoch);
    this.refresh();
    this.flush();
    this.askForMissing();
  }

  #becomeLive(): void {
    const kind = this.#outgoing.link?.kind;
    if (kind === undefined) {
      return;
    }
    if (!onlyLooks(this.#sight.role)) {
      this.#parts.jobReader.ensure(this.slices.wantedSchedules, kind === 'rest');
    }
    if (this.connection.getState().state !== 'live') {
      this.connection.setState({ state: 'live', transport: kind, since: Date.now() }, true);
      this.#parts.presence.announce();
    }
  }

  #setCatchingUp(): void {
    const transport = this.#outgoing.link?.kind;
    if (transport !== undefined) {
      this.connection.setState({ state: 'catchingUp', transport }, true);
    }
  }

  // --- slices ---

  /** Its author is told that the settings were replaced, but not by what. */
  #settingsReplaced(): void {
    this.slices.expire('settings');
    this.askForMissing();
  }

  // --- our requests ---

  #answered(): void {
    this.#outgoing.answered();
    this.refresh();
    this.flush();
  }

  #expect(version: number): void {
    if (version > this.sequence.version) {
      this.#arrival.start();
    }
  }

  // --- plumbing ---

  #makeStream(): Stream {
    const role = () => this.#sight.role;
    const isResuming = () => this.#catchUp.isResuming;
    return new Stream(this.#parts.replica, this.slices, {
      get role() {
        return role();
      },
      get isResuming() {
        return isResuming();
      },
      resume: () => this.#catchUp.resume(),
      refresh: () => this.refresh(),
      askForMissing: () => this.askForMissing(),
      arrived: (changes) => this.#overwriting.take(changes),
    });
  }

  #disconnected(): void {
    this.#catchUp.disconnected();
    this.#arrival.stop();
    this.#outgoing.answered();
    this.#parts.outbox.waitWith(asWaiting);
    this.#sync.disconnected();
    this.replies.disconnected();
    this.#parts.presence.lose();
    this.#parts.jobReader.disconnected();
  }
}

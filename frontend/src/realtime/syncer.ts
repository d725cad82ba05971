/** Keeps the replica at the server's state and brings the outbox to the server, over whatever link there is. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { SnapshotCache, StoredMeta } from './cache';
import { afterLoss, STOPPED, type ConnectionState, type Loss } from './connection';
import { Jobs } from './jobs';
import type { Link, LinkEvents, Position } from './link';
import { envelopeOf, type Outbox, type OutboxEntry } from './outbox';
import type { Presence } from './presence';
import {
  asMessage,
  PROTOCOL_VERSION,
  type Change,
  type ClientMessage,
  type ConnectionAck,
  type ErrorPayload,
  type Period,
  type ServerMessage,
  type ServerType,
} from './protocol';
import type { Replica } from './replica';
import { RequestError, Requests } from './requests';
import { Sequence } from './sequence';
import { Slices } from './slices';
import { SliceSync } from './sliceSync';
import { scheduleKey } from './state';
import { UNKNOWN_SESSION, type SessionState } from './session';
import { Timer } from './timer';
import { Verdicts } from './verdicts';

const ANSWER_TIMEOUT_MS = 20_000;
/** An acknowledged change comes with the stream; later than this, the server is asked for it. */
const ARRIVAL_TIMEOUT_MS = 3000;
const SAVE_DELAY_MS = 500;
const TRANSIENT = new Set(['unavailable', 'rate_limited']);

type Handlers = { readonly [T in ServerType]?: (message: ServerMessage<T>) => void };

export interface SyncerParts {
  readonly clientId: string;
  readonly replica: Replica;
  readonly outbox: Outbox;
  readonly cache: SnapshotCache;
  readonly presence: Presence;
}

export class Syncer implements LinkEvents {
  readonly connection: StoreApi<ConnectionState> = createStore<ConnectionState>(() => STOPPED);
  readonly session: StoreApi<SessionState>;
  readonly verdicts: Verdicts;
  readonly requests = new Requests();
  readonly sequence = new Sequence();
  readonly slices = new Slices();
  readonly jobs = new Jobs();
  readonly #parts: SyncerParts;
  readonly #sync: SliceSync;
  readonly #unanswered = new Timer(ANSWER_TIMEOUT_MS, () => this.#link?.restart('no answer', 0));
  readonly #arrival = new Timer(ARRIVAL_TIMEOUT_MS, () => this.#resume());
  readonly #saving = new Timer(SAVE_DELAY_MS, () => void this.save());
  #link: Link | null = null;
  #isReady = false;
  #isResuming = false;

  constructor(parts: SyncerParts) {
    this.#parts = parts;
    this.verdicts = new Verdicts(parts.outbox);
    this.#sync = new SliceSync(this.slices, parts.replica);
    this.session = createStore<SessionState>(() => UNKNOWN_SESSION);
  }

  /** Everything goes over `link` from now on. */
  use(link: Link): void {
    this.#link = link;
  }

  /** Where to resume from, or null if there is nothing to go on from. */
  get since(): string | null {
    return this.slices.current.length > 0 ? this.sequence.since : null;
  }

  /** Goes on from what an earlier session knew. */
  restore({ epoch, version, held, role }: Omit<StoredMeta, 'scope'>): void {
    this.sequence.start(epoch, version);
    this.slices.restore(held);
    this.session.setState({ role });
  }

  /** Entries of other tabs have come into the outbox. */
  adopted(): void {
    if (this.#isReady) {
      this.verdicts.strandForeign(this.sequence.epoch);
    }
    this.refresh();
  }

  /** Forgets the connection, on purpose. */
  stop(): void {
    this.#disconnected();
    this.connection.setState(STOPPED, true);
  }

  /** Writes the confirmed state to the browser's store. */
  async save(): Promise<void> {
    const { epoch, version } = this.sequence;
    this.#saving.stop();
    if (epoch !== null) {
      const meta = { epoch, version, held: this.slices.current, role: this.session.getState().role };
      await this.#parts.cache.save(meta, this.#parts.replica.confirmed);
    }
  }

  /** Sends what waits, as far as the connection allows. */
  flush(): void {
    if (!this.#isReady) {
      return;
    }
    for (const entry of this.#parts.outbox.take()) {
      this.#link?.send(envelopeOf(entry));
    }
    this.#watch();
  }

  /** Asks for the slices that are wanted and not here. */
  askForMissing(): void {
    if (!this.#isReady) {
      return;
    }
    this.#sync.askForMissing((question, requestId) => {
      this.#send({ ...question, ...this.#stamp(), requestId });
    });
    this.#watch();
    if (!this.#sync.isUnderWay) {
      this.#becomeLive();
    }
  }

  /** Shows the state with everything pending on top, and forgets what has arrived. */
  refresh(): void {
    const { outbox, replica } = this.#parts;
    outbox.arrive(this.sequence.version);
    replica.show(outbox.pending);
    this.#saving.start();
  }

  // --- the link ---

  connecting(attempt: number): void {
    this.connection.setState({ state: 'connecting', attempt }, true);
  }

  opened(start?: Position): void {
    this.#isResuming = start === undefined && this.since !== null;
    this.#setCatchingUp();
    if (start !== undefined) {
      this.#seedPeriods(start.periods);
      this.#start(start.epoch, start.version);
    }
  }

  lost(loss: Loss): void {
    this.#disconnected();
    if (this.connection.getState().state !== 'outOfDate') {
      this.connection.setState(afterLoss(loss, Date.now()), true);
    }
  }

  received(message: ServerMessage): void {
    if (this.#sync.settle(message, this.sequence.version)) {
      this.refresh();
      this.askForMissing();
      return;
    }
    const wasAsked = this.requests.settle(message);
    if (message.type in this.#handlers) {
      (this.#handlers[message.type] as (message: ServerMessage) => void)(message);
    } else if (message.version != null && !wasAsked) {
      this.#changed([message as Change]);
    }
  }

  readonly #handlers: Handlers = {
    CONNECTION_ACK: ({ payload }) => this.#greeted(payload),
    PONG: ({ payload }) => this.#compare(payload.epoch, payload.version),
    ACK: (message) => this.#acknowledged(message),
    ERROR: ({ requestId, payload }) => this.#failed(requestId ?? null, payload),
    CONFLICT: (message) => this.#conflicted(message),
    BATCH: ({ payload }) => this.#receivedMany(payload.messages),
    RESUMED: ({ payload }) => this.#resumed(payload.version),
    RESYNC_REQUIRED: ({ payload }) => this.#startOver(payload.epoch, payload.version, payload.reason),
    PRESENCE_STATE: ({ payload }) => this.#parts.presence.receive(payload),
    GENERATION_PROGRESS: ({ payload }) => this.jobs.progressed(payload),
    GENERATION_RESULT: ({ payload }) => this.jobs.ended(payload),
    SETTINGS_RESET: () => this.#settingsReplaced(),
    SETTINGS_MIGRATE: () => this.#settingsReplaced(),
  };

  // --- catching up ---

  #greeted(ack: ConnectionAck): void {
    if (ack.protocol !== PROTOCOL_VERSION) {
      this.connection.setState({ state: 'outOfDate', serverProtocol: ack.protocol }, true);
      this.#link?.close();
      return;
    }
    const clockOffset = Date.parse(ack.serverTime) - Date.now();
    this.session.setState({ restaurantId: ack.restaurantId, role: ack.role, clockOffset }, true);
    this.#seedPeriods(ack.periods);
    if (!this.#isResuming) {
      this.#start(ack.epoch, ack.version);
    }
  }

  #seedPeriods(periods: readonly Period[]): void {
    if (!this.slices.isCurrent('calendar')) {
      this.#parts.replica.seedCalendar(periods);
    }
  }

  #start(epoch: string, version: number): void {
    this.sequence.start(epoch, version);
    this.#parts.replica.forgetVersions();
    this.slices.expire();
    this.#caughtUp();
  }

  #resumed(version: number): void {
    this.#isResuming = false;
    this.#parts.replica.receive(this.sequence.settle(version));
    this.#caughtUp();
  }

  #startOver(epoch: string, version: number, reason: string): void {
    this.#isResuming = false;
    this.#setCatchingUp();
    const { outbox } = this.#parts;
    if (epoch === this.sequence.epoch) {
      outbox.arrive(Number.POSITIVE_INFINITY);
    }
    this.verdicts.strandAll(reason);
    this.#start(epoch, version);
  }

  #caughtUp(): void {
    this.#isReady = true;
    this.verdicts.strandForeign(this.sequence.epoch);
    this.refresh();
    this.flush();
    this.askForMissing();
  }

  #becomeLive(): void {
    if (this.connection.getState().state === 'live' || this.#link === null) {
      return;
    }
    this.connection.setState({ state: 'live', transport: this.#link.kind, since: Date.now() }, true);
    this.#parts.presence.announce();
  }

  #setCatchingUp(): void {
    if (this.#link !== null) {
      this.connection.setState({ state: 'catchingUp', transport: this.#link.kind }, true);
    }
  }

  #compare(epoch: string, version: number): void {
    if (this.#isReady && (epoch !== this.sequence.epoch || version > this.sequence.version)) {
      this.#resume();
    }
  }

  #resume(): void {
    const { since } = this.sequence;
    if (this.#isReady && !this.#isResuming && since !== null) {
      this.#isResuming = this.#send({ type: 'RESUME', payload: { since }, ...this.#stamp() });
    }
  }

  // --- slices ---

  /** Its author is told that the settings were replaced, but not by what. */
  #settingsReplaced(): void {
    this.slices.expire('settings');
    this.askForMissing();
  }

  // --- changes ---

  #receivedMany(messages: readonly unknown[]): void {
    const changes: Change[] = [];
    for (const inner of messages.map(asMessage)) {
      if (inner !== null && inner.version != null && !(inner.type in this.#handlers)) {
        changes.push(inner as Change);
      } else if (inner !== null) {
        this.#changed(changes.splice(0));
        this.received(inner);
      }
    }
    this.#changed(changes);
  }

  #changed(changes: readonly Change[]): void {
    if (changes.length === 0) {
      return;
    }
    const ready = this.sequence.offer(changes);
    if (this.sequence.isBehind && this.#isViewer && !this.#isResuming) {
      ready.push(...this.sequence.trust());
    }
    this.#parts.replica.receive(ready);
    this.#republished(ready);
    this.refresh();
    if (this.sequence.isBehind) {
      this.#resume();
    }
  }

  /** Viewers see the published copy only: they are told that there is another one, and read it. */
  #republished(changes: readonly Change[]): void {
    if (!this.#isViewer) {
      return;
    }
    for (const { type, payload } of changes) {
      if (type === 'SCHEDULE_PUBLISH' || type === 'SCHEDULE_UNPUBLISH') {
        this.slices.expire(scheduleKey(payload.scheduleId));
      }
    }
    this.askForMissing();
  }

  get #isViewer(): boolean {
    return this.session.getState().role === 'viewer';
  }

  // --- what became of our requests ---

  #acknowledged(message: ServerMessage<'ACK'>): void {
    if (!this.verdicts.acknowledged(message)) {
      return;
    }
    this.#answered();
    if (message.payload.version > this.sequence.version) {
      this.#arrival.start();
    }
  }

  #conflicted(message: ServerMessage<'CONFLICT'>): void {
    if (this.verdicts.conflicted(message)) {
      this.#answered();
    }
  }

  #failed(requestId: string | null, error: ErrorPayload): void {
    const entry = requestId === null ? undefined : this.#parts.outbox.find(requestId);
    if (entry !== undefined) {
      this.#entryFailed(entry, error);
    } else if (requestId === null || !this.requests.fail(requestId, RequestError.from(error))) {
      this.verdicts.notices.add({ kind: 'error', error });
    }
  }

  #entryFailed(entry: OutboxEntry, error: ErrorPayload): void {
    if (TRANSIENT.has(error.code)) {
      // What was sent after it must not overtake it: all of it goes again, in order, over a new connection.
      const pause = error.retryAfterSeconds;
      this.#link?.restart(error.code, pause === undefined ? undefined : pause * 1000);
    } else if (error.code === 'unauthenticated') {
      this.#parts.outbox.requeueOne(entry.requestId);
    } else {
      this.verdicts.refused(entry, error);
      this.#answered();
    }
  }

  #answered(): void {
    this.#unanswered.stop();
    this.refresh();
    this.flush();
  }

  // --- plumbing ---

  #disconnected(): void {
    this.#isReady = false;
    this.#isResuming = false;
    [this.#unanswered, this.#arrival].forEach((timer) => timer.stop());
    this.#sync.disconnected();
    this.#parts.outbox.requeue();
    this.#parts.presence.lose();
    this.requests.failAll(new RequestError('offline', 'The connection to the server was lost.'));
  }

  /** An answer that does not come means a connection that is dead. */
  #watch(): void {
    const waits = this.#sync.isUnderWay || this.#parts.outbox.entries.some(({ progress }) => progress.kind === 'sent');
    this.#unanswered[waits ? 'start' : 'stop']();
  }

  #stamp() {
    return { timestamp: new Date().toISOString(), clientId: this.#parts.clientId };
  }

  #send(message: ClientMessage): boolean {
    return this.#link?.send(message) ?? false;
  }
}

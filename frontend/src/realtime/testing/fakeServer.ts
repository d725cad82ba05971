/** A server of the protocol in memory, as strict about its promises as the real one. For tests. */

import type { CellChange, ClientMessage, GenerationResult, JobListing, PresenceEntry, Role, ScheduleData } from '../protocol';
import { FakeLog } from './fakeLog';
import { FakeRestaurant } from './fakeRestaurant';
import { PERIOD, Refusal, RESTAURANT, SILENCE, type Peer, type Wire } from './fakeWire';

export class FakeServer {
  readonly #log = new FakeLog();
  readonly #restaurant = new FakeRestaurant(this.#log);
  role: Role = 'manager';
  /** What the user sees, if the role does not say it. */
  sight: string | null = null;
  /** Whose session it is. */
  userId = 'user';
  /** Gives clients another id than they ask for. */
  rename: (clientId: string) => string = (clientId) => clientId;
  maxFrameBytes = 1 << 20;
  /** How far its clock is ahead of ours. */
  clockOffset = 0;
  protocol = 2;
  strategy: 'last_writer_wins' | 'first_writer_wins' | 'user_choice' = 'last_writer_wins';
  readonly cells = this.#restaurant.cells;
  readonly staff = this.#restaurant.staff;
  /** The generation jobs of the schedule, the newest first, and the results of those that are finished. */
  jobs: JobListing[] = [];
  readonly results = new Map<string, GenerationResult>();
  /** How often each request took effect. */
  readonly applied = new Map<string, number>();
  /** The values written to each cell, in order. */
  readonly writes = this.#restaurant.writes;
  /** As whom each request took effect. */
  readonly authors = new Map<string, string>();
  /** Refuses what it returns an error for. */
  refuse: (message: ClientMessage) => Refusal | null = () => null;
  /** The result in the acknowledgement of a request. */
  answer: (message: ClientMessage) => Wire['payload'] = () => ({});
  /** Called after the commit and before anything is told: may throw to crash there. */
  afterCommit: () => void = () => undefined;
  readonly peers = new Set<Peer>();
  readonly #answers = new Map<string, Wire['payload']>();
  /** The conflicts told, which later copies of the same requests get as well: else one would overtake what its author did since. */
  readonly #choices = new Map<string, Wire['payload']>();

  get epoch(): string {
    return this.#log.epoch;
  }

  get version(): number {
    return this.#log.version;
  }

  get data(): ScheduleData {
    return this.#restaurant.data;
  }

  get settings() {
    return this.#restaurant.settings;
  }

  /** Opens a connection. */
  accept(peer: Peer, since: string | null): void {
    this.peers.add(peer);
    const { epoch, version, role, sight, protocol, userId, maxFrameBytes } = this;
    peer.clientId = this.rename(peer.clientId);
    peer.userId = userId;
    const hello = { status: 'connected', clientId: peer.clientId, restaurantId: RESTAURANT, heartbeatSeconds: 30 };
    const serverTime = new Date(Date.now() + this.clockOffset).toISOString();
    peer.send({
      type: 'CONNECTION_ACK',
      payload: { ...hello, userId, userName: userId, maxFrameBytes, role, sight: sight ?? role, epoch, version, protocol, serverTime, periods: [PERIOD] },
      version,
    });
    if (since !== null) {
      this.#resume(peer, since);
    }
  }

  leave(peer: Peer): void {
    this.peers.delete(peer);
  }

  /** Takes one message; what it throws beside refusals is a crash. */
  receive(peer: Peer, message: ClientMessage): void {
    try {
      this.#handle(peer, message);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      const { requestId } = message;
      if (error === SILENCE) {
        return;
      }
      peer.send({ type: 'ERROR', payload: { ...error.reply }, requestId });
    }
  }

  /** Everyone's connection ends. */
  closeAll(code: number, reason = ''): void {
    for (const peer of [...this.peers]) {
      peer.close(code, reason);
    }
  }

  /** Forgets the log up to now. */
  prune(): void {
    this.#log.prune();
  }

  /** A backup is restored: another past, with other cells. */
  restoreBackup(cells: CellChange[] = []): void {
    this.#log.restart();
    this.#answers.clear();
    this.#choices.clear();
    this.#restaurant.restore(cells);
  }

  /** Versions that clients are not told of. */
  commitHidden(): void {
    this.#log.appendHidden();
  }

  /** A change by somebody else, over no socket. */
  commitCells(cells: CellChange[], clientId = 'somebody'): void {
    this.#restaurant.writeCells(clientId, cells);
    this.#publish();
  }

  /** Says something to everybody that no log holds. */
  tell(message: Wire): void {
    this.peers.forEach((peer) => peer.send(message));
  }

  // --- messages ---

  #handle(peer: Peer, message: ClientMessage): void {
    switch (message.type) {
      case 'PING':
        this.#reply(peer, message, 'PONG', { ...message.payload, epoch: this.epoch, version: this.version });
        return;
      case 'RESUME':
        this.#resume(peer, message.payload.since);
        return;
      case 'SYNC_ALL_PERIODS_REQUEST':
        this.#answer(peer, message, 'SYNC_ALL_PERIODS_RESPONSE', {
          periods: { '0': [...this.staff.values()] },
          totalPeriods: 1,
        });
        return;
      case 'CALENDAR_SYNC_REQUEST':
        this.#answer(peer, message, 'CALENDAR_SYNC_RESPONSE', { periods: [PERIOD], holidays: [], days: [], closingRules: [], shiftTypes: [] });
        return;
      case 'SHIFT_SYNC_REQUEST':
        this.#answer(peer, message, 'SHIFT_SYNC_RESPONSE', {
          scheduleId: message.payload.scheduleId,
          periodIndex: 0,
          scheduleData: this.data,
          state: 'draft',
          lockedCells: [],
          jobs: this.jobs,
        });
        return;
      case 'SETTINGS_SYNC_REQUEST':
        this.#answer(peer, message, 'SETTINGS_SYNC_RESPONSE', { settings: this.settings });
        return;
      case 'PRESENCE_UPDATE':
        this.#tellPresence({ scheduleId: null, cell: null, state: 'viewing', ...message.payload, clientId: message.clientId, userId: 'u', name: 'someone' });
        return;
      default:
        this.#change(peer, message);
    }
  }

  #change(peer: Peer, message: ClientMessage): void {
    const { requestId = '' } = message;
    const stored = this.#answers.get(requestId);
    if (stored !== undefined) {
      this.#reply(peer, message, 'ACK', stored);
      return;
    }
    const asked = this.#choices.get(requestId);
    if (asked !== undefined) {
      this.#reply(peer, message, 'CONFLICT', asked);
      return;
    }
    const refusal = this.refuse(message);
    if (refusal !== null) {
      throw refusal;
    }
    const conflict = this.#strategyOf(message) === 'last_writer_wins' ? [] : this.#restaurant.conflictsOf(message);
    if (conflict.length > 0) {
      const answer = { items: conflict, currentVersion: this.version };
      if (this.#strategyOf(message) === 'first_writer_wins') {
        throw new Refusal('conflict', { ...answer, strategy: 'first_writer_wins' });
      }
      this.#choices.set(requestId, answer);
      this.#reply(peer, message, 'CONFLICT', answer);
      return;
    }
    this.#restaurant.carryOut(message);
    this.applied.set(requestId, (this.applied.get(requestId) ?? 0) + 1);
    this.authors.set(requestId, peer.userId ?? this.userId);
    const answer = { version: this.version, result: this.answer(message) };
    this.#answers.set(requestId, answer);
    this.afterCommit();
    this.#publish();
    this.#reply(peer, message, 'ACK', answer);
  }

  /** The request's own, else the restaurant's. */
  #strategyOf({ payload }: ClientMessage): string {
    return (payload as { strategy?: string }).strategy ?? this.strategy;
  }

  // --- the log ---

  #publish(): void {
    for (const message of this.#log.takeUnpublished()) {
      for (const peer of [...this.peers]) {
        peer.send(message);
      }
    }
  }

  /** The server starts anew: what was committed and not told is told by nobody but a resume. */
  forgetUnpublished(): void {
    this.#log.takeUnpublished();
  }

  #resume(peer: Peer, position: string): void {
    const { epoch, version } = this;
    const found = this.#log.since(position);
    if (found === null) {
      peer.send({ type: 'RESYNC_REQUIRED', payload: { epoch, version, reason: 'test' }, version });
      return;
    }
    if (found.missed.length > 0) {
      peer.send({ type: 'BATCH', payload: { messages: found.missed }, version });
    }
    peer.send({ type: 'RESUMED', payload: { from: found.from, epoch, version }, version });
  }

  #tellPresence(entry: PresenceEntry): void {
    for (const peer of this.peers) {
      peer.send({ type: 'PRESENCE_STATE', payload: { roster: [entry], complete: false } });
    }
  }

  #answer(peer: Peer, message: ClientMessage, type: string, payload: object): void {
    this.#reply(peer, message, type, payload, this.version);
  }

  #reply(peer: Peer, { requestId }: ClientMessage, type: string, payload: object, version?: number): void {
    peer.send({ type, payload: { ...payload }, requestId, version, timestamp: new Date(Date.now() + this.clockOffset).toISOString() });
  }
}

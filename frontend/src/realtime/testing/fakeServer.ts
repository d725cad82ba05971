/** A server of the protocol in memory, as strict about its promises as the real one. For tests. */

import type {
  CellChange,
  ClientMessage,
  ConflictItem,
  GenerationResult,
  JobListing,
  Period,
  PresenceEntry,
  Role,
  ScheduleData,
  StaffMember,
} from '../protocol';

export const SCHEDULE = '11111111-1111-4111-8111-111111111111';
export const RESTAURANT = '22222222-2222-4222-8222-222222222222';
export const PERIOD: Period = {
  index: 0,
  id: '33333333-3333-4333-8333-333333333333',
  startDate: '2025-08-21',
  endDate: '2025-09-20',
  scheduleId: SCHEDULE,
  state: 'draft',
};

export type Wire = Record<string, unknown> & { type: string; payload: Record<string, unknown> };

interface Logged {
  version: number;
  message: Wire;
  clientId: string;
  cells: CellChange[];
  /** What it is about: cells, people, their order. */
  things: readonly string[];
  /** It was taken back, or takes something back: it is not undone again. */
  isUndone?: boolean;
}

/** One client's end at the server. */
export interface Peer {
  clientId: string;
  /** Who opened the connection: it stays theirs, whoever signs in later. */
  userId?: string;
  send(message: Wire): void;
  close(code: number, reason: string): void;
}

type ErrorReply = { code: string; message: string; details?: unknown; retryAfterSeconds?: number };

export class Refusal extends Error {
  readonly reply: ErrorReply;

  constructor(code: string, details?: unknown) {
    super(code);
    this.reply = { code, message: code, ...(details === undefined ? {} : { details }) };
  }
}

/** A refusal that is not told. */
export const SILENCE = new Refusal('internal_error');

/** The order of the staff, as a thing that is changed. */
const ORDER = 'order';

const key = ({ staffId, dateKey }: { staffId: string; dateKey: string }) => `${staffId}|${dateKey}`;

export class FakeServer {
  epoch = 'epoch-1';
  version = 0;
  floor = 0;
  role: Role = 'manager';
  /** Whose session it is. */
  userId = 'user';
  /** Gives clients another id than they ask for. */
  rename: (clientId: string) => string = (clientId) => clientId;
  maxFrameBytes = 1 << 20;
  /** How far its clock is ahead of ours. */
  clockOffset = 0;
  protocol = 2;
  strategy: 'last_writer_wins' | 'first_writer_wins' | 'user_choice' = 'last_writer_wins';
  readonly cells = new Map<string, string>();
  readonly staff = new Map<string, StaffMember>();
  /** The generation jobs of the schedule, the newest first, and the results of those that are finished. */
  jobs: JobListing[] = [];
  readonly results = new Map<string, GenerationResult>();
  /** How often each request took effect. */
  readonly applied = new Map<string, number>();
  /** The values written to each cell, in order. */
  readonly writes: (CellChange & { clientId: string })[] = [];
  /** As whom each request took effect. */
  readonly authors = new Map<string, string>();
  /** Refuses what it returns an error for. */
  refuse: (message: ClientMessage) => Refusal | null = () => null;
  /** The result in the acknowledgement of a request. */
  answer: (message: ClientMessage) => Wire['payload'] = () => ({});
  /** Called after the commit and before anything is told: may throw to crash there. */
  afterCommit: () => void = () => undefined;
  readonly peers = new Set<Peer>();
  #log: Logged[] = [];
  readonly #answers = new Map<string, Wire['payload']>();
  /** The conflicts told, which later copies of the same requests get as well: else one would overtake what its author did since. */
  readonly #choices = new Map<string, Wire['payload']>();
  readonly #settings: Record<string, Record<string, unknown>[]> = { dailyLimits: [], staffGroups: [] };

  /** Opens a connection. */
  accept(peer: Peer, since: string | null): void {
    this.peers.add(peer);
    const { epoch, version, role, protocol, userId, maxFrameBytes } = this;
    peer.clientId = this.rename(peer.clientId);
    peer.userId = userId;
    const hello = { status: 'connected', clientId: peer.clientId, restaurantId: RESTAURANT, heartbeatSeconds: 30 };
    const serverTime = new Date(Date.now() + this.clockOffset).toISOString();
    peer.send({
      type: 'CONNECTION_ACK',
      payload: { ...hello, userId, userName: userId, maxFrameBytes, role, epoch, version, protocol, serverTime, periods: [PERIOD] },
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
    this.floor = this.version;
    this.#log = [];
  }

  /** A backup is restored: another past, with other cells. */
  restoreBackup(cells: CellChange[] = []): void {
    this.epoch = `${this.epoch}+`;
    this.version = 3;
    this.floor = 3;
    this.#log = [];
    this.#answers.clear();
    this.#choices.clear();
    this.cells.clear();
    cells.forEach((cell) => this.cells.set(key(cell), cell.shiftValue));
  }

  /** Versions that clients are not told of. */
  commitHidden(): void {
    this.version += 1;
    this.#log.push({ version: this.version, message: { type: 'HIDDEN', payload: {} }, clientId: '', cells: [], things: [] });
  }

  /** A change by somebody else, over no socket. */
  commitCells(cells: CellChange[], clientId = 'somebody'): void {
    this.#commitCells(clientId, undefined, cells);
  }

  /** Says something to everybody that no log holds. */
  tell(message: Wire): void {
    this.peers.forEach((peer) => peer.send(message));
  }

  get data(): ScheduleData {
    const data: ScheduleData = {};
    for (const [at, value] of this.cells) {
      const [staffId = '', dateKey = ''] = at.split('|');
      (data[staffId] ??= {})[dateKey] = value;
    }
    return data;
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

  get settings() {
    const empty = { weeklyLimits: [], monthlyLimits: [], priorityRules: [], mlModelConfigs: [], backupAssignments: [] };
    const version = { id: 'v1', versionNumber: 1, name: 'First', isActive: true, isLocked: false };
    return { ...empty, ...this.#settings, version };
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
    const conflict = this.#conflictIn(message);
    if (conflict.length > 0) {
      const answer = { items: conflict, currentVersion: this.version };
      if (this.#strategyOf(message) === 'first_writer_wins') {
        throw new Refusal('conflict', { ...answer, strategy: 'first_writer_wins' });
      }
      this.#choices.set(requestId, answer);
      this.#reply(peer, message, 'CONFLICT', answer);
      return;
    }
    this.#carryOut(message);
    this.applied.set(requestId, (this.applied.get(requestId) ?? 0) + 1);
    this.authors.set(requestId, peer.userId ?? this.userId);
    const answer = { version: this.version, result: this.answer(message) };
    this.#answers.set(requestId, answer);
    this.afterCommit();
    this.#publish();
    this.#reply(peer, message, 'ACK', answer);
  }

  #carryOut(message: ClientMessage): void {
    switch (message.type) {
      case 'SHIFT_UPDATE':
        this.#logCells(message.clientId, [message.payload]);
        break;
      case 'SHIFT_BULK_UPDATE':
        this.#logCells(message.clientId, cellsIn(message.payload.scheduleData));
        break;
      case 'UNDO':
        this.#undo(message.clientId);
        break;
      case 'STAFF_CREATE': {
        const member = { startPeriod: null, endPeriod: null, ...message.payload, isActive: true } as StaffMember;
        this.staff.set(member.id, member);
        this.#append(message.clientId, { type: 'STAFF_CREATE', payload: { ...member } }, []);
        break;
      }
      case 'STAFF_UPDATE': {
        const { staffId } = message.payload;
        const changes = { ...this.#present(staffId), ...message.payload.changes };
        this.staff.set(staffId, changes);
        this.#append(message.clientId, { type: 'STAFF_UPDATE', payload: { staffId, id: staffId, changes } }, [], [staffId]);
        break;
      }
      case 'STAFF_DELETE': {
        const { staffId } = message.payload;
        this.staff.set(staffId, { ...this.#present(staffId), isActive: false });
        this.#append(message.clientId, { type: 'STAFF_DELETE', payload: { staffId, id: staffId } }, [], [staffId]);
        break;
      }
      case 'STAFF_REORDER': {
        const staffIds = [...new Set([...message.payload.staffIds, ...this.order])];
        staffIds.forEach((id, index) => this.staff.set(id, { ...this.#present(id), staffOrder: index + 1 }));
        this.#append(message.clientId, { type: 'STAFF_REORDER', payload: { staffIds } }, [], [ORDER]);
        break;
      }
      case 'SETTINGS_CREATE_DAILY_LIMIT': {
        const createdLimit = { ...message.payload.limit, versionId: 'v1', isActive: true };
        this.#settings['dailyLimits']?.unshift(createdLimit);
        this.#append(message.clientId, { type: message.type, payload: { createdLimit } }, []);
        break;
      }
      case 'SCHEDULE_GENERATE':
        break;
      default:
        throw new Refusal('unknown_type');
    }
  }

  #present(staffId: string): StaffMember {
    const member = this.staff.get(staffId);
    if (member?.isActive !== true) {
      throw new Refusal('not_found');
    }
    return member;
  }

  /** Those on the schedule, in their order. */
  get order(): string[] {
    const present = [...this.staff.values()].filter(({ isActive }) => isActive);
    return present.sort((one, other) => one.staffOrder - other.staffOrder).map(({ id }) => id);
  }

  #undo(clientId: string): void {
    const last = this.#log.findLast((entry) => entry.clientId === clientId && entry.cells.length > 0 && entry.isUndone !== true);
    if (last === undefined) {
      throw new Refusal('not_found');
    }
    this.#logCells(
      clientId,
      last.cells.map((cell) => ({ ...cell, shiftValue: '' })),
    );
    last.isUndone = true;
    const own = this.#log.at(-1);
    if (own !== undefined) {
      own.isUndone = true;
    }
  }

  /** The request's own, else the restaurant's. */
  #strategyOf({ payload }: ClientMessage): string {
    return (payload as { strategy?: string }).strategy ?? this.strategy;
  }

  #conflictIn(message: ClientMessage): ConflictItem[] {
    const { type, payload, clientId } = message;
    const { baseVersion } = payload as { baseVersion?: number };
    if (this.#strategyOf(message) === 'last_writer_wins' || baseVersion === undefined) {
      return [];
    }
    const later = this.#log.filter((entry) => entry.version > baseVersion && entry.clientId !== clientId);
    const item = (entityId: string, field: string, yours: unknown, theirs: unknown): ConflictItem[] => {
      const author = later.findLast(({ things }) => things.includes(entityId))?.clientId;
      return author === undefined || JSON.stringify(yours) === JSON.stringify(theirs)
        ? []
        : [{ entity: field, entityId, field, base: '', yours, theirs, theirAuthor: author, changedAt: null }];
    };
    switch (type) {
      case 'SHIFT_UPDATE':
        return item(key(payload), 'shiftValue', payload.shiftValue, this.cells.get(key(payload)) ?? '');
      case 'STAFF_UPDATE':
        return item(payload.staffId, 'name', payload.changes.name, this.staff.get(payload.staffId)?.name);
      case 'STAFF_DELETE':
        return item(payload.staffId, 'name', null, this.staff.get(payload.staffId)?.name);
      case 'STAFF_REORDER':
        return item(ORDER, 'staffOrder', [...new Set([...payload.staffIds, ...this.order])], this.order);
      default:
        return [];
    }
  }

  // --- the log ---

  #commitCells(clientId: string, requestId: string | undefined, cells: CellChange[]): void {
    this.#logCells(clientId, cells);
    if (requestId !== undefined) {
      this.applied.set(requestId, (this.applied.get(requestId) ?? 0) + 1);
    }
    this.#publish();
  }

  #logCells(clientId: string, asked: CellChange[]): void {
    const cells = asked
      .map(({ staffId, dateKey, shiftValue }) => ({ staffId, dateKey, shiftValue }))
      .filter((cell) => (this.cells.get(key(cell)) ?? '') !== cell.shiftValue);
    asked.forEach(({ staffId, dateKey, shiftValue }) => this.writes.push({ staffId, dateKey, shiftValue, clientId }));
    if (cells.length === 0) {
      return;
    }
    cells.forEach((cell) => this.cells.set(key(cell), cell.shiftValue));
    const [first] = cells;
    const message =
      cells.length === 1 && first !== undefined
        ? { type: 'SHIFT_BROADCAST', payload: { ...first, scheduleId: SCHEDULE } }
        : { type: 'SHIFT_BULK_BROADCAST', payload: { scheduleId: SCHEDULE, changes: cells } };
    this.#append(clientId, message, cells);
  }

  #append(clientId: string, message: Wire, cells: CellChange[], things: readonly string[] = cells.map(key)): void {
    this.version += 1;
    this.#log.push({ version: this.version, clientId, cells, things, message: { ...message, clientId, version: this.version } });
    this.#unpublished.push(this.version);
  }

  readonly #unpublished: number[] = [];

  #publish(): void {
    for (const version of this.#unpublished.splice(0)) {
      const entry = this.#log.find((logged) => logged.version === version);
      for (const peer of entry === undefined ? [] : [...this.peers]) {
        peer.send(entry?.message as Wire);
      }
    }
  }

  /** The server starts anew: what was committed and not told is told by nobody but a resume. */
  forgetUnpublished(): void {
    this.#unpublished.splice(0);
  }

  #resume(peer: Peer, since: string): void {
    const [epoch, number] = since.split(':');
    const from = Number(number);
    const { version } = this;
    if (epoch !== this.epoch || from > version || from < this.floor) {
      peer.send({ type: 'RESYNC_REQUIRED', payload: { epoch: this.epoch, version, reason: 'test' }, version });
      return;
    }
    const missed = this.#log.filter((entry) => entry.version > from && entry.message.type !== 'HIDDEN');
    if (missed.length > 0) {
      peer.send({ type: 'BATCH', payload: { messages: missed.map(({ message }) => message) }, version });
    }
    peer.send({ type: 'RESUMED', payload: { from, epoch: this.epoch, version }, version });
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

function cellsIn(data: ScheduleData): CellChange[] {
  return Object.entries(data).flatMap(([staffId, days]) =>
    Object.entries(days).map(([dateKey, shiftValue]) => ({ staffId, dateKey, shiftValue })),
  );
}

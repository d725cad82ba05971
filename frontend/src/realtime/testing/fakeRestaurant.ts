/** What a server in memory keeps of a restaurant, and how requests change it. */

import type { CellChange, ClientMessage, ConflictItem, ScheduleData, StaffMember } from '../protocol';
import { cellKey, type FakeLog } from './fakeLog';
import { Refusal, SCHEDULE } from './fakeWire';

/** The order of the staff, as a thing that is changed. */
const ORDER = 'order';

export class FakeRestaurant {
  readonly cells = new Map<string, string>();
  readonly staff = new Map<string, StaffMember>();
  /** The values written to each cell, in order. */
  readonly writes: (CellChange & { clientId: string })[] = [];
  readonly #settings: Record<string, Record<string, unknown>[]> = { dailyLimits: [], staffGroups: [] };
  readonly #log: FakeLog;

  constructor(log: FakeLog) {
    this.#log = log;
  }

  get data(): ScheduleData {
    const data: ScheduleData = {};
    for (const [at, value] of this.cells) {
      const [staffId = '', dateKey = ''] = at.split('|');
      (data[staffId] ??= {})[dateKey] = value;
    }
    return data;
  }

  get settings() {
    const empty = { weeklyLimits: [], monthlyLimits: [], priorityRules: [], mlModelConfigs: [], backupAssignments: [] };
    const version = { id: 'v1', versionNumber: 1, name: 'First', isActive: true, isLocked: false };
    return { ...empty, ...this.#settings, version };
  }

  /** Those on the schedule, in their order. */
  get order(): string[] {
    const present = [...this.staff.values()].filter(({ isActive }) => isActive);
    return present.sort((one, other) => one.staffOrder - other.staffOrder).map(({ id }) => id);
  }

  /** Its cells are these alone. */
  restore(cells: readonly CellChange[]): void {
    this.cells.clear();
    cells.forEach((cell) => this.cells.set(cellKey(cell), cell.shiftValue));
  }

  carryOut(message: ClientMessage): void {
    switch (message.type) {
      case 'SHIFT_UPDATE':
        this.writeCells(message.clientId, [message.payload]);
        break;
      case 'SHIFT_BULK_UPDATE':
        this.writeCells(message.clientId, cellsIn(message.payload.scheduleData));
        break;
      case 'UNDO':
        this.#undo(message.clientId);
        break;
      case 'STAFF_CREATE': {
        const member = { startPeriod: null, endPeriod: null, ...message.payload, isActive: true } as StaffMember;
        this.staff.set(member.id, member);
        this.#log.append(message.clientId, { type: 'STAFF_CREATE', payload: { ...member } });
        break;
      }
      case 'STAFF_UPDATE': {
        const { staffId } = message.payload;
        const changes = { ...this.#present(staffId), ...message.payload.changes };
        this.staff.set(staffId, changes);
        this.#log.append(message.clientId, { type: 'STAFF_UPDATE', payload: { staffId, id: staffId, changes } }, [], [staffId]);
        break;
      }
      case 'STAFF_DELETE': {
        const { staffId } = message.payload;
        this.staff.set(staffId, { ...this.#present(staffId), isActive: false });
        this.#log.append(message.clientId, { type: 'STAFF_DELETE', payload: { staffId, id: staffId } }, [], [staffId]);
        break;
      }
      case 'STAFF_REORDER': {
        const staffIds = [...new Set([...message.payload.staffIds, ...this.order])];
        staffIds.forEach((id, index) => this.staff.set(id, { ...this.#present(id), staffOrder: index + 1 }));
        this.#log.append(message.clientId, { type: 'STAFF_REORDER', payload: { staffIds } }, [], [ORDER]);
        break;
      }
      case 'SETTINGS_CREATE_DAILY_LIMIT': {
        const createdLimit = { ...message.payload.limit, versionId: 'v1', isActive: true };
        this.#settings['dailyLimits']?.unshift(createdLimit);
        this.#log.append(message.clientId, { type: message.type, payload: { createdLimit } });
        break;
      }
      case 'SCHEDULE_GENERATE':
        break;
      default:
        throw new Refusal('unknown_type');
    }
  }

  writeCells(clientId: string, asked: readonly CellChange[]): void {
    const cells = asked
      .map(({ staffId, dateKey, shiftValue }) => ({ staffId, dateKey, shiftValue }))
      .filter((cell) => (this.cells.get(cellKey(cell)) ?? '') !== cell.shiftValue);
    asked.forEach(({ staffId, dateKey, shiftValue }) => this.writes.push({ staffId, dateKey, shiftValue, clientId }));
    const [first] = cells;
    if (first === undefined) {
      return;
    }
    cells.forEach((cell) => this.cells.set(cellKey(cell), cell.shiftValue));
    const message =
      cells.length === 1
        ? { type: 'SHIFT_BROADCAST', payload: { ...first, scheduleId: SCHEDULE } }
        : { type: 'SHIFT_BULK_BROADCAST', payload: { scheduleId: SCHEDULE, changes: cells } };
    this.#log.append(clientId, message, cells);
  }

  /** What others have changed since the author's base version, where it is not what the author asks for. */
  conflictsOf({ type, payload, clientId }: ClientMessage): ConflictItem[] {
    const { baseVersion } = payload as { baseVersion?: number };
    if (baseVersion === undefined) {
      return [];
    }
    const item = (entityId: string, field: string, yours: unknown, theirs: unknown): ConflictItem[] => {
      const author = this.#log.authorSince(baseVersion, entityId, clientId);
      return author === undefined || JSON.stringify(yours) === JSON.stringify(theirs)
        ? []
        : [{ entity: field, entityId, field, base: '', yours, theirs, theirAuthor: author, changedAt: null }];
    };
    switch (type) {
      case 'SHIFT_UPDATE':
        return item(cellKey(payload), 'shiftValue', payload.shiftValue, this.cells.get(cellKey(payload)) ?? '');
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

  #present(staffId: string): StaffMember {
    const member = this.staff.get(staffId);
    if (member?.isActive !== true) {
      throw new Refusal('not_found');
    }
    return member;
  }

  #undo(clientId: string): void {
    const isUndone = this.#log.takeBack(clientId, (cells) => this.writeCells(clientId, cells.map((cell) => ({ ...cell, shiftValue: '' }))));
    if (!isUndone) {
      throw new Refusal('not_found');
    }
  }
}

function cellsIn(data: ScheduleData): CellChange[] {
  return Object.entries(data).flatMap(([staffId, days]) =>
    Object.entries(days).map(([dateKey, shiftValue]) => ({ staffId, dateKey, shiftValue })),
  );
}

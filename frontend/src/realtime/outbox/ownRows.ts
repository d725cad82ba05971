/** The rows that were written here a moment ago, so that their author is told when somebody else writes over them. */

import { sameJson } from '../state/settingsChanges';
import type { ChangeRequest } from '../state/predictions';
import type { Change, ConflictItem } from '../protocol';
import { SETTINGS_TABLES } from '../protocol/settingsTables';

/** Later than that it is no longer the same moment: somebody has looked and decided. */
const MOMENT_MS = 120_000;
const MOST = 200;

type Fields = Readonly<Record<string, unknown>>;
type Message = { readonly type: string; readonly payload: unknown };

/** How the messages about a kind of row name it: the same types ask for a change and tell of it. */
interface Kind {
  readonly entity: string;
  readonly idKey: string;
  /** Where an update tells the whole row; null: it is the payload itself. */
  readonly told: string | null;
  /** Where an update may bring the row instead of its changed fields. */
  readonly rowKey?: string;
  /** The fields stand beside the id in an update. */
  readonly isFlat?: true;
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['STAFF_UPDATE', { entity: 'staff', idKey: 'staffId', told: 'changes' }],
  ['SHIFT_TYPE_UPDATE', { entity: 'shift_type', idKey: 'shiftTypeId', told: null }],
  ['CLOSING_RULE_UPDATE', { entity: 'closing_rule', idKey: 'ruleId', told: null }],
  ['PERIOD_UPDATE', { entity: 'period', idKey: 'periodId', told: null, isFlat: true }],
  ['CALENDAR_UPDATE', { entity: 'calendar_day', idKey: 'date', told: null, isFlat: true }],
  ...SETTINGS_TABLES.map(
    ({ update, tableName, idKey, rowKey, updatedKey }): [string, Kind] => [update, { entity: tableName, idKey, rowKey, told: updatedKey }],
  ),
]);

/** By the message that tells of a deletion: the one by which rows of that kind are updated. */
const REMOVALS: ReadonlyMap<string, string> = new Map<string, string>([
  ...[...KINDS.keys()].map((type): [string, string] => [type.replace('_UPDATE', '_DELETE'), type]),
  ...SETTINGS_TABLES.map(({ remove, update }): [string, string] => [remove, update]),
]);

const REORDER = 'STAFF_REORDER';
const asFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** The row that a change tells of; the order of the staff is one of its own. */
function rowIn({ type, payload }: Message): { readonly key: string; readonly id: string; readonly row: Fields } | null {
  const kind = KINDS.get(type);
  const told = asFields(payload);
  if (type === REORDER) {
    return { key: REORDER, id: '', row: { staffOrder: told['staffIds'] } };
  }
  if (kind === undefined) {
    return null;
  }
  const row = kind.told === null ? told : asFields(told[kind.told]);
  const id = String(row[kind.idKey] ?? row['id'] ?? told[kind.idKey]);
  return { key: `${type}|${id}`, id, row };
}

/** The fields that a request changes, and of which row. */
function fieldsIn({ type, payload }: Message): { readonly key: string; readonly fields: readonly string[] } | null {
  const kind = KINDS.get(type);
  const asked = asFields(payload);
  if (type === REORDER) {
    return { key: REORDER, fields: ['staffOrder'] };
  }
  if (kind === undefined || 'validFrom' in asked) {
    return null;
  }
  const row = asFields(kind.rowKey === undefined ? undefined : asked[kind.rowKey]);
  const changes = kind.isFlat ? asked : 'changes' in asked ? asFields(asked['changes']) : row;
  return { key: `${type}|${String(row['id'] ?? asked[kind.idKey])}`, fields: Object.keys(changes).filter((name) => name !== 'id' && name !== kind.idKey) };
}

/** The request that writes one's own values again. */
function againOf(type: string, id: string, fields: Fields): ChangeRequest {
  const kind = KINDS.get(type);
  const payload =
    kind === undefined
      ? { staffIds: fields['staffOrder'] }
      : kind.rowKey === 'assignment'
        ? { assignment: { id, ...fields } }
        : { [kind.idKey]: id, ...(kind.isFlat ? fields : { changes: fields }) };
  return { type, payload } as unknown as ChangeRequest;
}

/** The request that brings a deleted row back; null where it has to be read first how. */
function restoring(type: string, id: string): ChangeRequest | null {
  const kind = KINDS.get(type);
  if (kind === undefined || (kind.told !== null && type !== 'STAFF_UPDATE')) return null;
  return { type: type.replace('_UPDATE', '_RESTORE'), payload: { [kind.idKey]: id } } as unknown as ChangeRequest;
}

export interface OverwrittenRow {
  readonly items: readonly ConflictItem[];
  /** Writes one's own values again; null where it has to be read first how. */
  readonly again: ChangeRequest | null;
  /** What the row is called; empty where it has no name. */
  readonly name: string;
  readonly isDeleted: boolean;
}

/** What the user of a client is called, '' where that is not known; null: it is another window of one's own. */
export type NameOf = (clientId: string) => string | null;

interface Own {
  /** What was written here. */
  readonly fields: Fields;
  /** All of the row, as it was told last. */
  readonly row: Fields;
  readonly at: number;
}

const nameIn = (row: Fields): string => [row['name'], row['symbol']].find((name) => typeof name === 'string') ?? '';

export class OwnRows {
  readonly #rows = new Map<string, Own>();

  /** Notes what is one's own of `changes`, whose requests are among `asked`, and returns the rows that others have written over. */
  overwrittenBy(changes: readonly Change[], clientId: string, asked: readonly ChangeRequest[], nameOf: NameOf): OverwrittenRow[] {
    return changes.flatMap((change) => {
      const updated = REMOVALS.get(change.type);
      if (updated !== undefined) return this.#deleted(updated, change, clientId, nameOf);
      const found = rowIn(change);
      if (found === null) {
        return [];
      }
      if (change.clientId === clientId) {
        this.#note(found.key, found.row, asked);
        return [];
      }
      return this.#compared(change, found, nameOf(change.clientId ?? ''));
    });
  }

  #deleted(type: string, { clientId, payload }: Change, own: string, nameOf: NameOf): OverwrittenRow[] {
    const { entity = '', idKey = '' } = KINDS.get(type) ?? {};
    const told = asFields(payload);
    // The message about an assignment brings the row.
    const id = String(told[idKey] ?? asFields(told['assignment'])['id']);
    const written = this.#fresh(`${type}|${id}`);
    this.#rows.delete(`${type}|${id}`);
    const author = nameOf(clientId ?? '');
    if (written === null || clientId === own || author === null) return [];
    const changedAt = new Date().toISOString();
    const item = { entity, entityId: id, field: 'isActive', base: true, yours: true, theirs: false, theirAuthor: author, changedAt };
    return [{ items: [item], again: restoring(type, id), name: nameIn(written.row), isDeleted: true }];
  }

  /** What was written here a moment ago. */
  #fresh(key: string): Own | null {
    const own = this.#rows.get(key);
    if (own !== undefined && Date.now() - own.at < MOMENT_MS) return own;
    this.#rows.delete(key);
    return null;
  }

  #compared({ type }: Change, { key, id, row }: { key: string; id: string; row: Fields }, author: string | null): OverwrittenRow[] {
    const own = this.#fresh(key);
    if (own === null) return [];
    const lost = Object.entries(own.fields).filter(([name, value]) => !sameJson(row[name], value));
    const entity = KINDS.get(type)?.entity ?? 'staff';
    const changedAt = new Date().toISOString();
    const items = (author === null ? [] : lost).map(([field, yours]) => ({ entity, entityId: id, field, base: null, yours, theirs: row[field] ?? null, theirAuthor: author ?? '', changedAt }));
    const fields = Object.fromEntries(lost);
    // Told once: what is left is still one's own.
    this.#rows.set(key, { ...own, row, fields: Object.fromEntries(Object.entries(own.fields).filter(([name]) => !(name in fields))) });
    return items.length === 0 ? [] : [{ items, again: againOf(type, id, fields), name: nameIn(row), isDeleted: false }];
  }

  /** As stored: the server may spell a value in another way than its author. */
  #note(key: string, row: Fields, asked: readonly ChangeRequest[]): void {
    const names = asked.map(fieldsIn).flatMap((found) => (found?.key === key ? found.fields : []));
    const fields = Object.fromEntries(names.filter((name) => name in row).map((name) => [name, row[name]]));
    const before = this.#rows.get(key);
    this.#rows.delete(key);
    this.#rows.set(key, { fields: { ...before?.fields, ...fields }, row, at: Date.now() });
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > MOST && oldest !== undefined) {
      this.#rows.delete(oldest);
    }
  }
}

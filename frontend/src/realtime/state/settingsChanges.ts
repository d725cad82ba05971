/** From an edited table to the requests that make the server's like it. */

import { uuid } from '../protocol/ids';
import type { ChangeRequest } from './predictions';
import type { TableName } from '../protocol';
import { tableSpec, type TableSpec } from '../protocol/settingsTables';

/** A row as a form holds it. Without an id it is new. */
export type EditedRow = { readonly id?: string } & Readonly<Record<string, unknown>>;

/** What the server says of a row, and nobody else. */
const READ_ONLY = new Set(['id', 'restaurantId', 'versionId', 'createdAt', 'updatedAt', 'revision']);

/** Whether two JSON values are the same, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const [inA, inB] = [Object.entries(a), new Map(Object.entries(b))];
  const isSameKind = Array.isArray(a) === Array.isArray(b);
  return isSameKind && inA.length === inB.size && inA.every(([name, value]) => inB.has(name) && sameJson(value, inB.get(name)));
}

function differences(before: EditedRow, after: EditedRow): Record<string, unknown> {
  const changed = Object.entries(after).filter(([name, value]) => !READ_ONLY.has(name) && !sameJson(before[name], value));
  return Object.fromEntries(changed);
}

const request = (type: string, payload: object) => ({ type, payload }) as unknown as ChangeRequest;

function updateOf(spec: TableSpec, id: string, changes: Record<string, unknown>): ChangeRequest {
  return spec.name === 'backupAssignments'
    ? request(spec.update, { assignment: { id, ...changes } })
    : request(spec.update, { [spec.idKey]: id, changes });
}

function writeOf(spec: TableSpec, known: EditedRow | undefined, { id, ...fields }: EditedRow): ChangeRequest | null {
  if (known === undefined || id === undefined) {
    return request(spec.create, { [spec.rowKey]: { ...fields, id: id ?? uuid() } });
  }
  const changes = differences(known, fields);
  return Object.keys(changes).length === 0 ? null : updateOf(spec, id, changes);
}

/**
 * The requests that turn `before` into `after`: a creation for each new row, an update with the changed fields for each
 * that differs, and, with `removesMissing`, a deletion for each that is left out.
 */
export function changesOfTable(
  table: TableName,
  before: readonly EditedRow[],
  after: readonly EditedRow[],
  { removesMissing = false } = {},
): ChangeRequest[] {
  const spec = tableSpec(table);
  const known = new Map(before.map((row) => [row.id, row]));
  const kept = new Set(after.map(({ id }) => id));
  const writes = after.map((row) => writeOf(spec, known.get(row.id), row)).filter((write) => write !== null);
  const missing = removesMissing ? before.filter(({ id }) => !kept.has(id)) : [];
  return [...writes, ...missing.map(({ id }) => request(spec.remove, { [spec.idKey]: id }))];
}

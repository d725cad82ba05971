import type { ConflictItem } from '@/realtime/protocol';
import { SETTINGS_TABLES } from '@/realtime/protocol/settingsTables';
import type { ChangeRequest } from '@/realtime/state/predictions';
import type { ReplicaState } from '@/realtime/state/state';

import type { Backend } from '../stores/backend';
import { asValue, bulkOf, dayOfItem } from './conflictChoice';

/** Restores what was there before; whether that could be done. What the server refuses of it is told as of any change. */
export type WayBack = (backend: Pick<Backend, 'change' | 'query' | 'view'>) => Promise<boolean>;

/** What restores that which `request` has overwritten; null where nothing does. */
export function wayBack(request: ChangeRequest, items: readonly ConflictItem[]): WayBack | null {
  const deleted = SETTINGS_TABLES.find(({ remove }) => remove === request.type);
  const [first] = items;
  if (deleted !== undefined && first !== undefined) return restored(deleted.tableName, first.entityId);
  const parts = items.filter(({ field }) => field.includes('.'));
  if (givenBack(request, items) === null && parts.length === 0) return null;
  return (backend) => {
    const back = givenBack(request, items, backend.view.getState());
    if (back !== null) backend.change(back);
    return Promise.resolve(back !== null);
  };
}

/** Restores a deleted row of the settings by what the trail has of it; null where a row of that kind is in no trail. */
export function restored(tableName: string, rowId: string): WayBack | null {
  if (!SETTINGS_TABLES.some((spec) => spec.tableName === tableName)) return null;
  return async (backend) => {
    try {
      const { changes } = await backend.query('SETTINGS_CHANGES_REQUEST', { tableName, rowId, limit: 1 });
      const [last] = changes;
      // Somebody else has restored it, or done more to it, since.
      if (last?.operation !== 'DELETE') return last !== undefined;
      backend.change({ type: 'SETTINGS_RESTORE_CHANGE', payload: { changeId: last.id } });
      return true;
    } catch {
      return false;
    }
  };
}

/** The request that restores what `request` has overwritten, over what is known of the rest in `state`; null where none does. */
export function givenBack(request: ChangeRequest, items: readonly ConflictItem[], state?: ReplicaState): ChangeRequest | null {
  switch (request.type) {
    case 'SHIFT_UPDATE':
      return cellsBack(request.payload.scheduleId, [request.payload.staffId], items);
    case 'SHIFT_BULK_UPDATE':
      return cellsBack(request.payload.scheduleId, Object.keys(request.payload.scheduleData), items);
    case 'STAFF_REORDER':
      return orderBack(items);
    case 'STAFF_DELETE':
      return { type: 'STAFF_RESTORE', payload: { staffId: request.payload.staffId } };
    case 'SHIFT_TYPE_DELETE':
      return { type: 'SHIFT_TYPE_RESTORE', payload: { shiftTypeId: request.payload.shiftTypeId } };
    case 'CLOSING_RULE_DELETE':
      return { type: 'CLOSING_RULE_RESTORE', payload: { ruleId: request.payload.ruleId } };
    case 'PERIOD_DELETE':
      return { type: 'PERIOD_RESTORE', payload: { periodId: request.payload.periodId } };
    default:
      return request.type.includes('_UPDATE') ? rowBack(request, items, state) : null;
  }
}

function cellsBack(scheduleId: string, people: readonly string[], items: readonly ConflictItem[]): ChangeRequest | null {
  const cells = items.flatMap((item) => {
    const staffId = people.find((id) => `${item.entityId} ${item.field}`.includes(id));
    const dateKey = dayOfItem(item);
    return staffId === undefined || dateKey === undefined ? [] : [{ staffId, dateKey, shiftValue: asValue(item.theirs) }];
  });
  return cells.length === 0 ? null : bulkOf(scheduleId, cells);
}

function orderBack([item]: readonly ConflictItem[]): ChangeRequest | null {
  return Array.isArray(item?.theirs) ? { type: 'STAFF_REORDER', payload: { staffIds: item.theirs.map(String) } } : null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Their values in the place of one's own. Of a value that was merged a part is not written alone, but in the whole that it is in by now. */
function rowBack({ type, payload }: ChangeRequest, items: readonly ConflictItem[], state: ReplicaState | undefined): ChangeRequest | null {
  const now = state === undefined ? undefined : rowIn(state, items[0]?.entity ?? '', items[0]?.entityId ?? '');
  let theirs: Fields = {};
  for (const { field, theirs: value } of items) {
    const [name = '', ...path] = field.split('.');
    if (path.length === 0) theirs = { ...theirs, [name]: value };
    else if (now !== undefined) theirs = { ...theirs, [name]: withPart(theirs[name] ?? now[name], path, value) };
  }
  if (Object.keys(theirs).length === 0) return null;
  return { type, payload: withFields(payload as Fields, theirs) } as unknown as ChangeRequest;
}

/** The row as it is shown, of the kinds that have values with parts. */
function rowIn({ staff, calendar, settings }: ReplicaState, entity: string, id: string): Fields | undefined {
  const spec = SETTINGS_TABLES.find(({ tableName }) => tableName === entity);
  const rows: readonly { readonly id: string }[] =
    spec !== undefined ? (settings?.[spec.name] ?? []) : entity === 'shift_type' ? (calendar?.shiftTypes ?? []) : [...(staff?.members.values() ?? [])];
  return rows.find((row) => row.id === id);
}

/** `found` with `value` at the end of `path`; null: it was not there. In a list of facts that hold from a day, the day is the way. */
function withPart(found: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(found)) {
    const isMeant = (each: unknown) => ((each as { validFrom?: unknown } | null)?.validFrom ?? 'earliest') === key;
    const meant: unknown = found.find(isMeant);
    const changed = rest.length === 0 ? value : withPart(meant, rest, value);
    const others = found.filter((each) => !isMeant(each)) as readonly unknown[];
    return meant !== undefined && changed !== null ? found.map((each: unknown) => (isMeant(each) ? changed : each)) : changed === null ? others : [...others, changed];
  }
  const { [key]: part, ...others } = (typeof found === 'object' && found !== null ? found : {}) as Fields;
  const changed = rest.length === 0 ? value : withPart(part, rest, value);
  return changed === null ? others : { ...others, [key]: changed };
}

const IDS: ReadonlySet<string> = new Set(['periodId', 'date']);

/** A request has its fields under `changes`, in a row, or beside the id. */
function withFields({ baseVersion: _base, strategy: _strategy, ...payload }: Fields, fields: object): object {
  if ('changes' in payload) {
    const { validFrom, ...rest } = payload;
    // All times bring their days along.
    return { ...rest, ...(validFrom === undefined || 'times' in fields ? {} : { validFrom }), changes: fields };
  }
  const [row] = Object.entries(payload).filter(([, value]) => typeof value === 'object' && value !== null && 'id' in value);
  if (row !== undefined) return { [row[0]]: { id: (row[1] as { id: unknown }).id, ...fields } };
  return { ...Object.fromEntries(Object.entries(payload).filter(([name]) => IDS.has(name))), ...fields };
}

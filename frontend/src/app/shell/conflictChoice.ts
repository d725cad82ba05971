import type { ChangeRequest } from '@/realtime/state/predictions';
import type { ConflictItem, ScheduleData } from '@/realtime/protocol';

/** The day that a conflict is about, wherever the server names it. */
export const dayOfItem = ({ entityId, field }: ConflictItem): string | undefined => /\d{4}-\d{2}-\d{2}/.exec(`${entityId} ${field}`)?.[0];

/** Whether a request can be sent again without some of what it changes. */
export const isDivisible = ({ type, payload }: ChangeRequest): boolean => type === 'SHIFT_BULK_UPDATE' || changesOf(payload) !== null;

export type WholeKind = 'deletion' | 'publishing';

/** What is done as a whole, without values that stand against those of the others; null: it brings values. */
export function wholeKind({ type }: ChangeRequest): WholeKind | null {
  if (type.includes('_DELETE')) return 'deletion';
  return type === 'SCHEDULE_PUBLISH' ? 'publishing' : null;
}

/** The request without what its author leaves to the others; null when nothing is left of it. */
export function withoutItems(request: ChangeRequest, items: readonly ConflictItem[]): ChangeRequest | null {
  if (items.length === 0) return request;
  if (request.type === 'SHIFT_BULK_UPDATE') {
    const scheduleData = withoutCells(request.payload.scheduleData, items);
    return Object.keys(scheduleData).length === 0 ? null : { ...request, payload: { ...request.payload, scheduleData } };
  }
  const changes = changesOf(request.payload);
  if (changes === null) return null;
  const kept = items.reduce<Fields | undefined>((left, { field }) => withoutPath(left, field.split('.')), changes) ?? {};
  return Object.keys(kept).length === 0 ? null : ({ ...request, payload: { ...request.payload, changes: kept } } as ChangeRequest);
}

interface CellValue {
  readonly staffId: string;
  readonly dateKey: string;
  readonly shiftValue: string;
}

/** A cell's value as a conflict tells it; null: it was blank. */
export const asValue = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Several cells of a schedule in one request. */
export function bulkOf(scheduleId: string, cells: readonly CellValue[]): ChangeRequest {
  const scheduleData: Record<string, Record<string, string>> = {};
  for (const { staffId, dateKey, shiftValue } of cells) {
    (scheduleData[staffId] ??= {})[dateKey] = shiftValue;
  }
  return { type: 'SHIFT_BULK_UPDATE', payload: { scheduleId, scheduleData } };
}

type Fields = Readonly<Record<string, unknown>>;

function changesOf(payload: object): Fields | null {
  const found = 'changes' in payload ? payload.changes : null;
  return typeof found === 'object' && found !== null ? (found as Fields) : null;
}

function withoutCells(data: ScheduleData, items: readonly ConflictItem[]): ScheduleData {
  const isLeft = (staffId: string, day: string) => items.some((item) => `${item.entityId} ${item.field}`.includes(staffId) && dayOfItem(item) === day);
  const rows = Object.entries(data).map(([staffId, days]) => [staffId, Object.fromEntries(Object.entries(days).filter(([day]) => !isLeft(staffId, day)))] as const);
  return Object.fromEntries(rows.filter(([, days]) => Object.keys(days).length > 0));
}

/** A path may end inside a JSON column, or at a column as a whole. */
function withoutPath(fields: Fields | undefined, [key = '', ...rest]: readonly string[]): Fields | undefined {
  if (fields === undefined) return undefined;
  const { [key]: found, ...others } = fields;
  if (rest.length === 0 || typeof found !== 'object' || found === null) return others;
  const inner = withoutPath(found as Fields, rest);
  return inner === undefined || Object.keys(inner).length === 0 ? others : { ...others, [key]: inner };
}

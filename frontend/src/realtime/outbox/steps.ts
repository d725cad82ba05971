/** Undo and redo among what waits: each is meant for one change, and must not hit an earlier one where that one is refused. */

import type { ChangeRequest } from '../state/predictions';
import type { ChangeRequestType } from '../protocol';

/** The changes that undo takes back. */
export const UNDOABLE: ReadonlySet<ChangeRequestType> = new Set([
  'SHIFT_UPDATE',
  'SHIFT_BULK_UPDATE',
  'BACKUP_APPLY',
  'SCHEDULE_APPLY_GENERATED',
]);

/** They hold no text of their own. */
export const isStep = ({ type }: ChangeRequest): boolean => type === 'UNDO' || type === 'REDO';

/** The schedule that a request is about, if it is about one. */
export function scheduleOf({ payload }: ChangeRequest): string | null {
  return 'scheduleId' in payload ? payload.scheduleId : null;
}

interface Entry {
  readonly requestId: string;
  readonly request: ChangeRequest;
  readonly clientId: string;
  readonly held: object | null;
}

/** The steps among `entries`, the oldest first, that are meant for the change `requestId`: they go with it where it is not done. */
export function stepsFor<E extends Entry>(entries: readonly E[], requestId: string): E[] {
  const about = entries.find((entry) => entry.requestId === requestId);
  const meant: E[] = [];
  const done: E[] = [];
  const undone: (E | undefined)[] = [];
  for (const entry of entries) {
    const { type } = entry.request;
    const isOfSame = entry.clientId === about?.clientId && scheduleOf(entry.request) === scheduleOf(about.request) && entry.held === null;
    if (!isOfSame) {
      continue;
    }
    if (isStep(entry.request)) {
      const change = (type === 'UNDO' ? done : undone).pop();
      if (type === 'UNDO') {
        undone.push(change);
      } else if (change !== undefined) {
        done.push(change);
      }
      if (change?.requestId === requestId) {
        meant.push(entry);
      }
    } else if (UNDOABLE.has(type)) {
      done.push(entry);
    }
  }
  return meant;
}

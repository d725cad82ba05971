import type { AnswerOf } from '@/api/typed';
import type { Read } from '@/app/stores/rest';

/** One cell that somebody has changed. */
export interface Recent {
  readonly staffId: string;
  readonly dateKey: string;
  readonly shiftValue: string;
  readonly changedBy: string | null;
  readonly timestamp: string;
}

type Entry = AnswerOf<'/api/changes/'>['changes'][number];

const LOOKED_AT = 500;

/** The latest changes of a schedule since a moment, newest first, as far as the log's last page tells. */
export async function recentChanges(read: Read, scheduleId: string, since: string): Promise<Recent[]> {
  const { epoch, version } = await read('/api/changes/');
  const from = Math.max(0, version - LOOKED_AT);
  const page = await read('/api/changes/', { query: { since: `${epoch}:${from}`, limit: LOOKED_AT } });
  return page.changes
    .filter(({ timestamp }) => timestamp >= since)
    .flatMap((entry) => cellsOf(entry, scheduleId))
    .reverse();
}

function cellsOf(entry: Entry, scheduleId: string): Recent[] {
  if ((entry.type !== 'SHIFT_BROADCAST' && entry.type !== 'SHIFT_BULK_BROADCAST') || entry.payload.scheduleId !== scheduleId) {
    return [];
  }
  const cells = entry.type === 'SHIFT_BROADCAST' ? [entry.payload] : entry.payload.changes;
  const { changedBy, timestamp } = entry;
  return cells.map(({ staffId, dateKey, shiftValue }) => ({ staffId, dateKey, shiftValue, changedBy, timestamp }));
}

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
    .filter(({ payload, timestamp }) => payload['scheduleId'] === scheduleId && timestamp >= since)
    .flatMap(cellsOf)
    .reverse();
}

type Cell = Pick<Recent, 'staffId' | 'dateKey' | 'shiftValue'>;

function cellsOf({ type, payload, changedBy, timestamp }: Entry): Recent[] {
  const cells = type === 'SHIFT_BROADCAST' ? [payload as unknown as Cell] : type === 'SHIFT_BULK_BROADCAST' ? (payload['changes'] as Cell[]) : [];
  return cells.map(({ staffId, dateKey, shiftValue }) => ({ staffId, dateKey, shiftValue, changedBy, timestamp }));
}

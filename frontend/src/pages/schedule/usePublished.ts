import { useMemo } from 'react';

import { useView } from '@/app/backend';
import { useRead } from '@/app/rest';
import { useAnswer } from '@/app/useAnswer';
import { memoised } from '@/hooks/memo';
import { type GridRow, rowOf, type ScheduleState } from '@/realtime/state';

import type { Difference } from './DiffTable';
import type { Month } from './useSchedule';

/** What those who only look see. */
export interface Published {
  readonly publishedAt: string | null;
  readonly scheduleData: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The published copy, read again whenever it is published anew or withdrawn; not at all where it is not `wanted`. */
export function usePublished(scheduleId: string, wanted = true) {
  const read = useRead();
  const version = useView(({ schedules }) => {
    const schedule = schedules.get(scheduleId);
    return `${schedule?.state ?? ''} ${schedule?.publishedAt ?? ''}`;
  });
  return useAnswer(wanted ? `${scheduleId} ${version}` : null, () => read('/api/schedules/{id}/published/', { path: { id: scheduleId } }));
}

/** Where the draft says something else than the published copy. */
export function differencesOf(published: Published, schedule: ScheduleState | undefined, { people, days }: Month): Difference[] {
  return people.flatMap(({ id }) => {
    const values = schedule?.rows.get(id)?.values ?? [];
    return days.flatMap(({ dateKey }, col) => {
      const [from, to] = [published.scheduleData[id]?.[dateKey] ?? '', values[col] ?? ''];
      return from === to ? [] : [{ staffId: id, dateKey, from, to }];
    });
  });
}

/** How many cells of a published month are not published as they are now; 0 for a draft. */
export function useUnpublished(scheduleId: string, month: Month): number {
  const isPublished = useView(({ schedules }) => schedules.get(scheduleId)?.state === 'published');
  const answer = usePublished(scheduleId, isPublished);
  const published = answer.state === 'ready' ? answer.value : null;
  const count = useMemo(() => (published === null ? () => 0 : differenceCounter(published, month)), [published, month]);
  return useView(({ schedules }) => count(schedules.get(scheduleId)));
}

/** Counts as {@link differencesOf} finds; a row that has not changed is not looked at again. */
function differenceCounter(published: Published, { people, days }: Month): (schedule: ScheduleState | undefined) => number {
  const known = new Map<string, { readonly row: GridRow; readonly count: number }>();
  const inRow = (staffId: string, row: GridRow) => {
    const before = known.get(staffId);
    if (before?.row === row) return before.count;
    const theirs = published.scheduleData[staffId];
    const count = days.filter(({ dateKey }, col) => (theirs?.[dateKey] ?? '') !== (row.values[col] ?? '')).length;
    known.set(staffId, { row, count });
    return count;
  };
  const inAll = memoised((schedule: ScheduleState) => people.reduce((sum, { id }) => sum + inRow(id, rowOf(schedule, id)), 0));
  return (schedule) => (schedule === undefined ? 0 : inAll(schedule));
}

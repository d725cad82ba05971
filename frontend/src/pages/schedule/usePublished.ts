import { useMemo } from 'react';

import { useView } from '@/app/backend';
import { useRead } from '@/app/rest';
import { useAnswer } from '@/app/useAnswer';
import type { ScheduleState } from '@/realtime/state';

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
  const schedule = useView(({ schedules }) => schedules.get(scheduleId));
  const answer = usePublished(scheduleId, schedule?.state === 'published');
  const published = answer.state === 'ready' ? answer.value : null;
  return useMemo(() => (published === null ? 0 : differencesOf(published, schedule, month).length), [published, schedule, month]);
}

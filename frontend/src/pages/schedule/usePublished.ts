import { useMemo } from 'react';

import { useBackend, useView } from '@/app/stores/backend';
import { useRead } from '@/app/stores/rest';
import { useAnswer } from '@/app/ui/useAnswer';
import { memoised } from '@/hooks/memo';
import type { PublicationPreview } from '@/realtime/protocol';
import { type GridRow, rowOf, type ScheduleState } from '@/realtime/state/state';

import type { Month } from './useSchedule';

/** What those who only look see. */
export interface Published {
  readonly publishedAt: string | null;
  readonly scheduleData: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Which publication is shown, in a word. */
const usePublicationKey = (scheduleId: string) =>
  useView(({ schedules }) => {
    const schedule = schedules.get(scheduleId);
    return `${schedule?.state ?? ''} ${schedule?.publishedAt ?? ''}`;
  });

/** The published copy, read again whenever it is published or withdrawn; not at all unless `wanted`. */
function usePublished(scheduleId: string, wanted = true) {
  const read = useRead();
  const version = usePublicationKey(scheduleId);
  return useAnswer(wanted ? `${scheduleId} ${version}` : null, () => read('/api/schedules/{id}/published/', { path: { id: scheduleId } }));
}

/** What publishing now would change, and who has seen what is published. */
export function usePublicationPreview(scheduleId: string, more = '') {
  const backend = useBackend();
  const version = usePublicationKey(scheduleId);
  return useAnswer(scheduleId === '' ? null : `${scheduleId} ${version} ${more}`, () => backend.query('PUBLICATION_PREVIEW_REQUEST', { scheduleId }), true);
}

/** The sections of what has changed besides the cells, those that say something. */
export const sectionsOf = ({ people, shiftTypes, days, covers, groups }: PublicationPreview['changes']) =>
  Object.entries({ people, shiftTypes, days, covers, groups } as const).filter(([, entries]) => entries.length > 0);

/** How many things have changed besides the cells. */
export const factCount = (changes: PublicationPreview['changes']): number =>
  sectionsOf(changes).reduce((sum, [, entries]) => sum + entries.length, changes.heading.length);

/** How much of a published month is not published as it is now; 0 for a draft. `isKnown`: the comparison is complete. */
export function useUnpublished(scheduleId: string, month: Month | null): { readonly count: number; readonly isKnown: boolean } {
  const isPublished = useView(({ schedules }) => schedules.get(scheduleId)?.state === 'published');
  const answer = usePublished(scheduleId, isPublished);
  const published = answer.state === 'ready' ? answer.value : null;
  const count = useMemo(() => (published === null || month === null ? () => 0 : differenceCounter(published, month)), [published, month]);
  const facts = useChangedFacts(isPublished ? scheduleId : '');
  const cells = useView(({ schedules }) => count(schedules.get(scheduleId)));
  return { count: cells + (facts ?? 0), isKnown: !isPublished || (answer.state !== 'loading' && facts !== null) };
}

/** Asked of the server, which compares documents; again whenever staff or calendar are others. Null until it has answered. */
function useChangedFacts(scheduleId: string): number | null {
  const facts = useView(({ staff, calendar, settings }) =>
    JSON.stringify([calendar?.restaurant?.textCountsAs, calendar?.restaurant?.country, revisionOf(settings?.staffGroups), revisionOf(staff?.members.values()), revisionOf(calendar?.days.values()), revisionOf(calendar?.shiftTypes), revisionOf(calendar?.closingRules)]),
  );
  const answer = usePublicationPreview(scheduleId, facts);
  if (scheduleId === '' || answer.state === 'failed') return 0;
  return answer.state === 'ready' ? factCount(answer.value.changes) : null;
}

/** The latest change of some rows, and how many there are. */
function revisionOf(rows: Iterable<{ readonly revision?: number; readonly isActive?: boolean }> | undefined): readonly number[] {
  let [latest, count] = [0, 0];
  for (const { revision = 0, isActive } of rows ?? []) {
    latest = Math.max(latest, revision);
    count += isActive === false ? 0 : 1;
  }
  return [latest, count];
}

/** Counts cells that differ; a row that has not changed is not looked at again. */
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

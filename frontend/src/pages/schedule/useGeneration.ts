import { useEffect, useMemo, useSyncExternalStore } from 'react';

import { useBackend, useBackendStore, useCanEdit, useView } from '@/app/stores/backend';
import { isActiveJob, type Job, jobsOf } from '@/realtime/jobs/jobs';
import { type ScheduleState, valueAt } from '@/realtime/state/state';

import { settledJobs } from './settledJobs';

export interface Generation {
  /** The job that the generator is at, whoever asked for it. */
  readonly active: Job | null;
  /** A finished one whose proposal is neither applied nor dropped. */
  readonly proposal: Job | null;
}

/** What the generator does for a schedule: also after the page was opened anew. */
export function useGeneration(scheduleId: string): Generation {
  const backend = useBackend();
  const canEdit = useCanEdit();
  const jobs = useBackendStore('jobs', (all) => all);
  const settled = useSyncExternalStore(settledJobs.subscribe, settledJobs.get);
  const newest = useMemo(() => jobsOf(jobs, scheduleId)[0], [jobs, scheduleId]);
  const open = newest === undefined || isActiveJob(newest) || settled.has(newest.jobId) || isDeclined(newest) || !hasProposal(newest) ? null : newest;
  const unread = open !== null && open.result === null ? open.jobId : null;
  useEffect(() => {
    // A proposal that cannot be read is one that is not shown; it can be asked for anew.
    if (unread !== null && canEdit) backend.readJob(unread).catch(() => undefined);
  }, [backend, unread, canEdit]);
  const diff = open?.result == null ? null : (open.result.diff ?? []);
  const isOpen = useView(({ schedules }) => {
    const schedule = schedules.get(scheduleId);
    return diff !== null && schedule !== undefined && isWaiting(diff, schedule);
  });
  return { active: newest !== undefined && isActiveJob(newest) ? newest : null, proposal: isOpen ? open : null };
}

/** Somebody who may decide has declined it, on whatever device. */
const isDeclined = ({ listing, result }: Job) => (result?.declinedBy ?? listing?.declinedBy ?? null) !== null;

const hasProposal = ({ status }: Job) => status !== 'failed';

type Diff = NonNullable<NonNullable<Job['result']>['diff']>;

/** Most of what the proposal would change is still as it was: it was not applied, from here or from another window. */
export function isWaiting(diff: Diff, schedule: ScheduleState): boolean {
  const untouched = diff.filter(({ staffId, dateKey, previousValue }) => valueAt(schedule, staffId, dateKey) === previousValue);
  return untouched.length > diff.length / 2;
}

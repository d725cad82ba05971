import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useBackendStore, useCanEdit, useView } from '@/app/stores/backend';
import { isActiveJob, type Job, jobsOf } from '@/realtime/jobs/jobs';
import { type ScheduleState, valueAt } from '@/realtime/state/state';

import { settledJobsOf } from './settledJobs';

export interface Generation {
  /** The generator's running job, started by any user. */
  readonly active: Job | null;
  /** A finished one whose proposal is neither applied nor dropped. */
  readonly proposal: Job | null;
}

/** The generator's job for a schedule, found again after a reload. */
export function useGeneration(scheduleId: string): Generation {
  const backend = useBackend();
  const canEdit = useCanEdit();
  const jobs = useBackendStore('jobs', (all) => all);
  const { subscribe, getState } = settledJobsOf(backend.userId);
  const settled = useSyncExternalStore(subscribe, getState);
  const newest = useMemo(() => jobsOf(jobs, scheduleId)[0], [jobs, scheduleId]);
  const open = newest === undefined || isActiveJob(newest) || settled.has(newest.jobId) || isDeclined(newest) || !hasProposal(newest) ? null : newest;
  // The window that asked is told with the proposal; other devices, and colleagues who may decide too, have to ask for it.
  const unread = open !== null && open.result?.diff === undefined ? open.jobId : null;
  useEffect(() => {
    // A proposal that cannot be read is not shown; it can be requested again.
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

/** The cells of a proposal that were changed since it was made: those that others have edited stay as they are. */
const movedOn = (diff: Diff, schedule: ScheduleState): number =>
  diff.filter(({ staffId, dateKey, previousValue }) => valueAt(schedule, staffId, dateKey) !== previousValue).length;

/** Most of what the proposal would change is still as it was: it was not applied, from here or from another window. */
const isWaiting = (diff: Diff, schedule: ScheduleState): boolean => movedOn(diff, schedule) < diff.length / 2;

/** What has become of a proposal that one looks at. */
export function useStanding(scheduleId: string, { diff = [], declinedBy = null }: NonNullable<Job['result']>) {
  const moved = useView(({ schedules }) => {
    const schedule = schedules.get(scheduleId);
    return schedule === undefined ? 0 : movedOn(diff, schedule);
  });
  return { declinedBy, moved, isOver: declinedBy !== null || (diff.length > 0 && moved >= diff.length / 2) };
}

/** Whose a job is and from when, in words; empty where nobody is known. */
export function useAskedBy(job: Job | null | undefined): string {
  const { t, i18n } = useTranslation();
  const backend = useBackend();
  const canEdit = useCanEdit();
  const listing = job?.listing;
  const unlisted = job != null && listing == null ? job.jobId : null;
  useEffect(() => {
    // Progress messages do not say whose job it is.
    if (unlisted !== null && canEdit) backend.readJob(unlisted).catch(() => undefined);
  }, [backend, unlisted, canEdit]);
  if (listing?.requestedBy == null) return '';
  const when = new Date(listing.createdAt).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  return t('generate.askedBy', { name: listing.requestedBy, when });
}

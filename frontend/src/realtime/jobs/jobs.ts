/** The generation jobs of this restaurant: those that the server has listed, and those that it has announced since. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { GenerationProgress, GenerationResult, JobListing, JobStatus } from '../protocol';

export interface Job {
  readonly jobId: string;
  readonly scheduleId: string;
  /** The newest that is known. One that is neither queued nor running is finished. */
  readonly status: JobStatus;
  /** Who asked for it, when and with what options; null for one that the server has not listed yet. */
  readonly listing: JobListing | null;
  readonly progress: GenerationProgress | null;
  /** What came out. A finished job that was only listed has one too: it is read with {@link JobReader.read}. */
  readonly result: GenerationResult | null;
}

/** Whether the generator is still to work on it. */
export function isActiveJob({ status }: Pick<Job, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** The jobs of a schedule, the newest first; those that began since the last listing are newer than all in it. */
export function jobsOf(jobs: ReadonlyMap<string, Job>, scheduleId: string): Job[] {
  const begun = (job: Job) => job.listing?.createdAt ?? '~';
  const own = [...jobs.values()].filter((job) => job.scheduleId === scheduleId);
  return own.reverse().sort((a, b) => (begun(a) < begun(b) ? 1 : begun(a) > begun(b) ? -1 : 0));
}

export class Jobs {
  readonly store: StoreApi<ReadonlyMap<string, Job>> = createStore<ReadonlyMap<string, Job>>(() => new Map());

  /** A listing may have been written before what was told since: what is finished stays so. */
  listed(listings: readonly JobListing[]): void {
    const jobs = new Map(this.store.getState());
    for (const listing of [...listings].reverse()) {
      const { jobId, scheduleId } = listing;
      const known = jobs.get(jobId);
      const isOver = known !== undefined && !isActiveJob(known);
      const progress = known?.progress ?? listing.progress;
      const status = isOver ? known.status : listing.status;
      jobs.set(jobId, { result: null, ...known, jobId, scheduleId, listing, progress, status });
    }
    if (listings.length > 0) {
      this.store.setState(jobs, true);
    }
  }

  /** One was asked for just now. */
  queued(jobId: string, scheduleId: string): void {
    if (!this.store.getState().has(jobId)) {
      this.#put({ jobId, scheduleId, status: 'queued' });
    }
  }

  progressed(progress: GenerationProgress): void {
    const { jobId, scheduleId, phase } = progress;
    this.#put({ jobId, scheduleId, status: phase === 'queued' ? 'queued' : 'running', progress });
  }

  /** A later message about a job does not remove the outcome from an earlier one. */
  ended(result: GenerationResult): void {
    const { jobId, scheduleId, status, progress } = result;
    const known = this.store.getState().get(jobId)?.result;
    this.#put({ jobId, scheduleId, status, progress, result: { ...known, ...result } });
  }

  #put(news: Pick<Job, 'jobId' | 'scheduleId' | 'status'> & Partial<Job>): void {
    const jobs = this.store.getState();
    const job: Job = { listing: null, progress: null, result: null, ...jobs.get(news.jobId), ...news };
    this.store.setState(new Map(jobs).set(news.jobId, job), true);
  }
}
